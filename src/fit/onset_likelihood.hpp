#pragma once

#include <Eigen/Core>
#include <array>
#include <vector>

#include "analysis/onset_months.hpp"

namespace interregnum {

/// Likelihood of which months see an attempt, and of who led it. The hazard is the mechanism's own (`log_hazard`); each
/// country multiplies it by an effect of its own, gamma distributed with mean 1, which is integrated out (Clayton
/// 1978). Ranks are known up to what the sources say of each attempt.
class OnsetLikelihood {
 public:
  /// `used` says of each month whether it counts; of each attempt in a month that counts, its rank does.
  OnsetLikelihood(const std::vector<OnsetMonth>& months, const std::vector<bool>& used, const Record& record);
  /// `ranks`: of each attempt how likely what is known of it would be, by Rank.
  OnsetLikelihood(const std::vector<OnsetMonth>& months, const std::vector<bool>& used,
                  std::vector<std::array<double, 3>> ranks);

  double log_likelihood(const OnsetTheta& theta, double country_variance) const;

 private:
  Eigen::ArrayXd years_since_, succeeded_, income_, distance_, military_, tenure_;
  std::vector<int> years_;
  std::vector<Eigen::Index> attempted_;         ///< the month of each attempt
  std::vector<Eigen::Index> first_of_country_;  ///< with the end behind the last
  std::vector<double> attempts_of_country_;
  std::vector<std::array<double, 3>> ranks_;  ///< of each attempt: probability of the sources' word, by Rank
};

}  // namespace interregnum
