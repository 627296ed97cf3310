#pragma once

#include <utility>
#include <vector>

#include "fit/likelihoods.hpp"
#include "fit/settings.hpp"

namespace interregnum {

/// What the model says of every attempt under any parameters, learnt from futures drawn from the priors. It knows no
/// outcome of the record, so that folds and made-up records share it.
class Learnt {
 public:
  /// Plays the futures, or takes them from the pieces of an earlier run: of the seizure, and unless `until` is the
  /// seizure, of what follows.
  Learnt(const std::vector<AttemptWorld>& worlds, const FitSettings& settings, const Pieces& pieces,
         Until until = Until::horizon);
  Learnt(const Learnt&) = delete;  // the likelihoods refer to it
  Learnt& operator=(const Learnt&) = delete;

  SeizureLikelihood seizure_likelihood(const Data& data, const YearWalk& walk) const {
    return {seizure_surrogates_, seizure.size(), seizure_shift(seizure, years_), walk, data};
  }
  /// `others`: the parameters of the onset, then those of the seizure; then the levels of the years of both.
  AfterLikelihood after_likelihood(Data data, Eigen::VectorXd others, const Eigen::VectorXd& onset_levels,
                                   const Eigen::VectorXd& seizure_levels) const;
  /// Those of the parameters after the seizure on which any answer depends.
  const std::vector<Eigen::Index>& visible() const { return visible_; }

  const FreeParameters onset = onset_parameters_free(), seizure = seizure_parameters_free(),
                       after = after_parameters_free(), all = all_parameters_free();

 private:
  std::vector<int> years_;  ///< of the attempts
  Surrogates seizure_surrogates_, after_surrogates_;
  std::vector<Eigen::Index> visible_;
};

/// Steps that the chains of each part take.
ChainSettings chains_of_onset();
ChainSettings chains_of_seizure();
ChainSettings chains_of_after();

}  // namespace interregnum
