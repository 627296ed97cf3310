#include "analysis/claims/judgement.hpp"

namespace interregnum {

namespace {

/// The model's verdict stands only if it does not hang on values that nobody knows: nine of ten draws of the
/// parameters must agree, on the sign or on there being no effect that matters, at the unfavourable end of the
/// interval of their share, as their number and that of their futures is finite. Where they agree because the form
/// fixes a sign, the claim was assumed.
ClaimVerdict judge_model(const ClaimResult& result, Expectation expected, double margin) {
  constexpr double agreement = 0.9;
  const ClaimVerdict verdict = judge(result.model, expected, margin);
  const std::optional<EffectOverDraws>& draws = result.judged_by();
  if (verdict == ClaimVerdict::cannot_tell || verdict == ClaimVerdict::cannot_be_tested) return verdict;
  // With hardly any draw the question arises: then nobody knows what they would say.
  if (!draws) return ClaimVerdict::cannot_tell;
  if (verdict == ClaimVerdict::no_detectable_effect)
    return draws->within_margin.low < agreement ? ClaimVerdict::cannot_tell : verdict;
  double agreeing = result.model.effect->value > 0 ? draws->positive.low : 1.0 - draws->positive.high;
  if (expected == Expectation::nothing)
    agreeing = verdict == ClaimVerdict::supported ? draws->within_margin.low : 1.0 - draws->within_margin.high;
  if (agreeing < agreement) return ClaimVerdict::cannot_tell;
  const bool sign_is_fixed = expected != Expectation::nothing && !result.signs_assumed.empty();
  return verdict == ClaimVerdict::supported && sign_is_fixed ? ClaimVerdict::assumed : verdict;
}

}  // namespace

void judge_claims(std::vector<ClaimResult>& claims) {
  std::vector<ClaimTest*> model, record;
  for (ClaimResult& result : claims) {
    model.push_back(&result.model);
    record.push_back(&result.record);
  }
  adjust_for_many(model);
  adjust_for_many(record);
  for (ClaimResult& result : claims) {
    const Claim& claim = *result.claim;
    const auto expected =
        claim.expected.empty() ? Expectation::more : static_cast<Expectation>(claim.expected[0].index);
    const double margin = claim.margin.distribution.mean();
    result.model.verdict = judge_model(result, expected, margin);
    result.record.verdict = judge(result.record, expected, margin);
  }
}

}  // namespace interregnum
