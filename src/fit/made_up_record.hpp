#pragma once

#include <vector>

#include "fit/bank.hpp"
#include "fit/onset_likelihood.hpp"

namespace interregnum {

// Records that the model itself makes, to see whether the fit finds the parameters again. All take `number`, the
// record's number, and give the same for the same (seed, number).

/// A standard normal of one record, for quantities that are no parameters of the model.
double made_up_normal(std::uint64_t seed, std::uint64_t number, std::uint64_t what);

/// Whether each attempt succeeded and whether anybody died, where the record knows; a share of successes and failures
/// is taken for the other.
std::vector<Answers> made_up_seizures(const Record& record, const std::vector<AttemptWorld>& worlds, const Theta& theta,
                                      double misclassified, std::uint64_t seed, std::uint64_t number);

/// What follows the attempts that succeeded on record: of each the first future in which it succeeds, as far as the
/// record follows it. An attempt that all but never succeeds under `theta` is left out.
std::vector<Answers> made_up_times_after(const Record& record, const std::vector<AttemptWorld>& worlds,
                                         const Theta& theta, std::uint64_t seed, std::uint64_t number);

/// Attempts by month, drawn from the hazard under the conditions that the months had; and of each attempt what is known
/// of its rank: every second one's is.
struct MadeUpMonths {
  std::vector<OnsetMonth> months;
  std::vector<std::array<double, 3>> ranks;
};
MadeUpMonths made_up_months(std::vector<OnsetMonth> months, const OnsetTheta& theta, double country_variance,
                            std::uint64_t seed, std::uint64_t number);

}  // namespace interregnum
