#include "analysis/verdict.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace interregnum {
namespace {

ClaimTest test_of(double value, double standard_error) {
  ClaimTest test;
  test.effect = Estimate{value, standard_error};
  return test;
}

ClaimVerdict verdict_of(ClaimTest test, Expectation expected, double margin = 0.1) {
  adjust_for_many({&test});
  return judge(test, expected, margin);
}

TEST(Verdict, FollowsTheSign) {
  EXPECT_EQ(verdict_of(test_of(0.2, 0.02), Expectation::more), ClaimVerdict::supported);
  EXPECT_EQ(verdict_of(test_of(0.2, 0.02), Expectation::less), ClaimVerdict::contradicted);
  EXPECT_EQ(verdict_of(test_of(-0.2, 0.02), Expectation::less), ClaimVerdict::supported);
}

TEST(Verdict, SaysWhenAnEffectWouldHaveEscaped) {
  // 1.96 + 0.84 standard errors could be seen.
  EXPECT_EQ(verdict_of(test_of(0.01, 0.02), Expectation::more), ClaimVerdict::no_detectable_effect);
  EXPECT_EQ(verdict_of(test_of(0.01, 0.05), Expectation::more), ClaimVerdict::cannot_tell);
  EXPECT_EQ(verdict_of({}, Expectation::more), ClaimVerdict::cannot_be_tested);
}

TEST(Verdict, NoEffectIsSupportedOnlyByTheWholeInterval) {
  EXPECT_EQ(verdict_of(test_of(0.02, 0.01), Expectation::nothing), ClaimVerdict::supported);
  EXPECT_EQ(verdict_of(test_of(0.09, 0.02), Expectation::nothing), ClaimVerdict::cannot_tell);
  EXPECT_EQ(verdict_of(test_of(0.3, 0.02), Expectation::nothing), ClaimVerdict::contradicted);
}

TEST(Verdict, ManyTestsAreAdjustedAsHolmSays) {
  // p = 0.01, 0.02, 0.04 (two-sided normal) become 3 · 0.01, 2 · 0.02, 0.04 and do not fall.
  ClaimTest first = test_of(2.5758, 1.0), second = test_of(2.3263, 1.0), third = test_of(2.0537, 1.0), absent;
  adjust_for_many({&third, &first, &absent, &second});
  EXPECT_NEAR(first.adjusted_p_value, 0.03, 1e-3);
  EXPECT_NEAR(second.adjusted_p_value, 0.04, 1e-3);
  EXPECT_NEAR(third.adjusted_p_value, 0.04, 1e-3);
  EXPECT_NEAR(third.p_value, 0.04, 1e-4);
  EXPECT_NEAR(first.detectable, 2.394 + 0.8416, 1e-3);  // quantiles of 1 - 0.05/6 and of 0.8
  EXPECT_EQ(absent.adjusted_p_value, 1.0);
}

TEST(Verdict, WithoutChanceThereIsNoDoubt) {
  EXPECT_EQ(verdict_of(test_of(0.0, 0.0), Expectation::more), ClaimVerdict::no_detectable_effect);
  EXPECT_EQ(verdict_of(test_of(0.5, 0.0), Expectation::more), ClaimVerdict::supported);
}

TEST(Estimates, OfFewNumbersHaveStudentsInterval) {
  const Estimate estimate = mean_of({1.0, 2.0, 3.0});
  EXPECT_DOUBLE_EQ(estimate.value, 2.0);
  EXPECT_NEAR(estimate.standard_error, 1.0 / std::sqrt(3.0), 1e-12);
  EXPECT_NEAR(estimate.multiple, 4.3027, 1e-3);
}

}  // namespace
}  // namespace interregnum
