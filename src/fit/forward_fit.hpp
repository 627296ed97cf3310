#pragma once

#include <optional>
#include <vector>

#include "fit/fit.hpp"
#include "fit/learnt.hpp"

namespace interregnum {

/// Fits to the record as it stood at the end of a year, one year after the other: what a forecaster could have known.
/// Only the parameters of onset and seizure are fitted; others stay at their defaults.
///
/// The chains of a year begin where those of the year before ended, and take their steps from them
/// (`continue_posterior`): one more year of data moves the posterior little. The target is the full posterior of the
/// year, not an approximation to it; `cold` chains, begun from the prior, are there to check that the short ones reach
/// it.
class ForwardFit {
 public:
  /// `kept`: draws of each of the four chains.
  ForwardFit(const Record& record, const FitSettings& settings, int kept, const FitStore& store,
             const FitCallbacks& callbacks);
  ForwardFit(const ForwardFit&) = delete;  // parts refer to one another
  ForwardFit& operator=(const ForwardFit&) = delete;

  /// Given what was known at the end of `last`; to be asked year by year. Throws `Interrupted`.
  Posterior posterior_to(int last);
  /// The same by chains that know nothing of another year's.
  Posterior posterior_to_cold(int last);

  const std::vector<ChainsSummary>& chains() const { return summaries_; }
  const std::vector<AttemptWorld>& worlds() const { return worlds_; }

 private:
  struct Parts {
    int last = 0;
    std::vector<Chain> onset, seizure;
  };
  Parts sample(int last, bool cold);
  Posterior posterior_of(const Parts& parts) const;

  const Record& record_;
  FitSettings settings_;
  FitCallbacks callbacks_;
  FitStore store_;
  Pieces pieces_;
  std::vector<AttemptWorld> worlds_;
  Learnt learnt_;
  FreeParameters fitted_;  ///< of the onset, then of the seizure
  std::vector<OnsetMonth> months_;
  std::optional<Parts> earlier_;
  std::vector<ChainsSummary> summaries_;
};

}  // namespace interregnum
