#include "analysis/verdict.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace interregnum {
namespace {

ClaimTest test_of(double value, double standard_error) {
  ClaimTest test;
  test.effect = normal_estimate(value, standard_error);
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

ClaimTest of_futures(std::size_t count, double each) {
  ClaimTest test;
  test.effect = mean_of(std::vector<double>(count, each), {-1.0, 1.0});
  return test;
}

TEST(Verdict, FewerFuturesWithoutVariationAreNoFirmer) {
  // Nothing differs in n pairs of futures: .168 at n = 20, .036 at 100 and .0092 at 400 (Clopper & Pearson).
  for (const Expectation expected : {Expectation::nothing, Expectation::more, Expectation::less}) {
    for (const double margin : {0.005, 0.02, 0.1, 0.2}) {
      for (const double each : {0.0, 1.0, -1.0}) {
        bool was_firm = false;
        double detectable = 100.0, width = 3.0;
        for (const std::size_t count : {2U, 3U, 5U, 6U, 10U, 20U, 50U, 100U, 200U, 400U, 2000U}) {
          ClaimTest test = of_futures(count, each);
          const ClaimVerdict verdict = verdict_of(test, expected, margin);
          adjust_for_many({&test});
          const bool is_firm = verdict != ClaimVerdict::cannot_tell;
          EXPECT_FALSE(was_firm && !is_firm) << count << " " << margin;
          was_firm = is_firm;
          EXPECT_LT(test.detectable, detectable);
          EXPECT_LT(test.effect->high - test.effect->low, width);
          EXPECT_LT(test.effect->low, test.effect->high);
          detectable = test.detectable;
          width = test.effect->high - test.effect->low;
        }
        EXPECT_TRUE(was_firm || margin < 0.01);
      }
    }
  }
  EXPECT_EQ(verdict_of(of_futures(20, 0.0), Expectation::nothing, 0.1), ClaimVerdict::cannot_tell);
  EXPECT_EQ(verdict_of(of_futures(20, 0.0), Expectation::more, 0.1), ClaimVerdict::cannot_tell);
  EXPECT_EQ(verdict_of(of_futures(100, 0.0), Expectation::nothing, 0.1), ClaimVerdict::supported);
  // Five of five are not enough (sign test: p = .06), six are (.03).
  EXPECT_EQ(verdict_of(of_futures(5, 1.0), Expectation::more, 0.1), ClaimVerdict::cannot_tell);
  EXPECT_EQ(verdict_of(of_futures(6, 1.0), Expectation::more, 0.1), ClaimVerdict::supported);
}

TEST(Estimates, WithoutVariationAreExact) {
  for (const auto& [count, high] : {std::pair{20U, 0.168433}, {100U, 0.036217}}) {  // R: binom.test(0, n)$conf.int
    const Estimate estimate = mean_of(std::vector<double>(count, 0.0), {-1.0, 1.0});
    EXPECT_NEAR(estimate.high, high, 1e-6);
    EXPECT_NEAR(estimate.low, -high, 1e-6);
    EXPECT_GT(estimate.standard_error, 0.0);
    EXPECT_EQ(two_sided_p_value(estimate), 1.0);
  }
  // One of twenty differs: up to Clopper & Pearson's .2487; a share of .1684 might differ the other way and was not
  // seen.
  std::vector<double> one(20, 0.0);
  one[3] = 1.0;
  const Estimate estimate = mean_of(one, {-1.0, 1.0});
  EXPECT_NEAR(estimate.high, 0.2487, 1e-4);
  EXPECT_NEAR(estimate.low, 0.05 - 0.168433 * (0.05 + 1.0), 1e-5);
}

TEST(Estimates, CannotTellAnIntervalFromNothing) {
  EXPECT_FALSE(mean_of({0.3, 0.3, 0.3}).is_known());  // numbers that could be anything
  EXPECT_FALSE(mean_of({0.3}).is_known());
  EXPECT_FALSE(share_less(0, 0, 0.5).is_known());
  EXPECT_FALSE(bootstrap_interval(0.1, std::vector<double>(200, 0.1), 1).is_known());
  EXPECT_FALSE(bootstrap_interval(0.1, std::vector<double>(200, 0.1), 5).is_known());
  Estimate difference = normal_estimate(0.2, 0.1);
  add_exact_limits(difference, 0, 0, 1.0);
  EXPECT_FALSE(difference.is_known());
  EXPECT_EQ(two_sided_p_value(difference), 1.0);
}

TEST(Estimates, ASideThatNeverVariesAddsItsExactLimit) {
  Estimate difference = normal_estimate(0.4, 0.1);
  add_exact_limits(difference, 0, 10, -1.0);  // up to .3085, which lowers the difference
  EXPECT_NEAR(difference.low, 0.4 - std::hypot(0.1959964, 0.3084971), 1e-6);
  EXPECT_NEAR(difference.high, 0.4 + 0.1959964, 1e-6);
}

TEST(Estimates, OfAShareHaveItsExactInterval) {
  const Estimate never = share_less(0, 20, 0.4), always = share_less(20, 20, 0.9);
  EXPECT_NEAR(never.low, -0.4, 1e-12);
  EXPECT_NEAR(never.high, 0.168433 - 0.4, 1e-6);
  EXPECT_LT(two_sided_p_value(never), 0.05);
  EXPECT_GT(two_sided_p_value(always), 0.05);  // .9^20 = .12
}

TEST(Estimates, OfFewNumbersHaveStudentsInterval) {
  const Estimate estimate = mean_of({1.0, 2.0, 3.0});
  EXPECT_DOUBLE_EQ(estimate.value, 2.0);
  EXPECT_NEAR(estimate.standard_error, 1.0 / std::sqrt(3.0), 1e-12);
  EXPECT_NEAR(estimate.high, 2.0 + 4.3027 / std::sqrt(3.0), 1e-3);
}

}  // namespace
}  // namespace interregnum
