#pragma once

#include <string>
#include <vector>

#include "analysis/paired_runs.hpp"
#include "model/theta_draws.hpp"
#include "scenario/mixing.hpp"

namespace interregnum {

/// What one factor is worth in the difference between two countries.
struct FactorShare {
  std::string name, label;
  Estimate value;  ///< Shapley value: mean change when the factor joins, over all orders in which factors can join
  Estimate alone_forward;   ///< change when it alone is taken from the second file into the first
  Estimate alone_backward;  ///< change when it is what the first file last takes from the second
};

struct Comparison {
  std::string outcome;
  Probability a, b;
  Estimate difference;
  std::vector<FactorShare> factors;  ///< in the order of the format; their values add up to the difference
  std::vector<std::string> notes;    ///< what could not be mixed
  std::uint64_t futures = 0;
  std::uint64_t orders = 0;  ///< sampled orders of the factors; 0: all coalitions were played
  bool complete = true;      ///< false: interrupted
};

/// Up to that many factors all coalitions are played, beyond it orders of the factors are sampled.
inline constexpr std::size_t most_factors_in_full = 10;

/// Divides the difference in an outcome between two countries among the factors in which they differ (Shapley 1953, as
/// used for attribution by Castro, Gomez & Tejada 2009), from futures that all mixtures of the two share. Throws
/// InputError for a conditional outcome with more than `most_factors_in_full` factors. Where the two do not differ, the
/// difference is 0 and has no interval: nothing is estimated.
Comparison compare(const Mixer& mixer, const ThetaDraws& thetas, const Measure& measure,
                   const PairedRunSettings& settings);

}  // namespace interregnum
