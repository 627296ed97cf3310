#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "analysis/estimate.hpp"
#include "scenario/claim_file.hpp"

namespace interregnum {

/// What a test says of a claim.
enum class ClaimVerdict { supported, contradicted, no_detectable_effect, assumed, cannot_tell, cannot_be_tested };

inline constexpr std::array<std::string_view, 6> verdict_names{"supported", "contradicted", "no_detectable_effect",
                                                               "assumed",   "cannot_tell",  "cannot_be_tested"};

/// One test of one claim: of the model, or of the record.
struct ClaimTest {
  std::optional<Estimate> effect;  ///< nothing: there is no test
  double p_value = 1.0;            ///< two-sided, that there is no effect
  double adjusted_p_value = 1.0;   ///< for all claims tested together (Holm 1979)
  double detectable = 0.0;  ///< smallest effect that would have been seen with a chance of 80 %, adjusted likewise
  ClaimVerdict verdict = ClaimVerdict::cannot_be_tested;
};

/// Fills p-values and smallest detectable effects of tests that are made together.
void adjust_for_many(const std::vector<ClaimTest*>& tests);

/// The verdict on an adjusted test. Where no effect is expected, one that surely is smaller than `margin` supports the
/// claim. Where one is expected and none is seen, the test cannot tell if effects of the size of `margin` would have
/// escaped it.
ClaimVerdict judge(const ClaimTest& test, Expectation expected, double margin);

}  // namespace interregnum
