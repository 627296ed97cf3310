#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "record/attempt.hpp"

namespace interregnum {

/// Shares of success among attempts that train, as the simplest forecasts of others.
///
/// That CAM leaves the leaders' rank blank says that its authors had ended, not that there was something special about
/// the attempt. So an unknown rank is integrated over, as the model does.
class SuccessShares {
 public:
  SuccessShares(const std::vector<Attempt>& attempts, const std::vector<bool>& train);

  bool is_known() const { return all_.number > 0; }
  /// Of all; not a number if none train.
  double base_rate() const { return all_.of_successes(); }
  /// Of those with the same rank of leaders in CAM: the mean over ranks where it is unknown. Not a number if none
  /// train.
  double by_rank(const Attempt& attempt) const;
  /// How likely it is that its leaders were of the elite: certain where CAM knows; else the share among the attempts
  /// that train, of those with the same rank in Colpus where it has one.
  double chance_of_elite(const Attempt& attempt) const;

 private:
  struct Successes {
    double successes = 0.0, number = 0.0;
    double of_successes() const;
  };
  struct Ranks {
    double elite = 0.0, number = 0.0;
  };
  Successes all_;
  std::array<Successes, 2> by_rank_;  ///< not of the elite, of the elite
  Ranks ranks_;
  std::map<std::string, Ranks> ranks_by_colpus_;
};

}  // namespace interregnum
