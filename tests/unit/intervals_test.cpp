#include "analysis/intervals.hpp"

#include <gtest/gtest.h>

namespace interregnum {
namespace {

// Published values of Clopper & Pearson's interval (R: binom.test).
TEST(Intervals, ExactIntervalAgreesWithPublishedValues) {
  EXPECT_NEAR(exact_interval(0, 10).high, 0.3084971, 1e-7);
  EXPECT_EQ(exact_interval(0, 10).low, 0.0);
  EXPECT_NEAR(exact_interval(5, 10).low, 0.1870861, 1e-7);
  EXPECT_NEAR(exact_interval(5, 10).high, 0.8129139, 1e-7);
  EXPECT_NEAR(exact_interval(10, 10).low, 0.6915029, 1e-7);
}

TEST(Intervals, GroupsThatAreAllAlikeCountAsOneTrialEach) {
  GroupedCount count;
  for (std::uint64_t group = 0; group < 100; ++group) {
    for (int member = 0; member < 4; ++member) count.add(group, group % 2 == 0);
  }
  const Probability by_group = exact_interval(50.0 * 99 / 100, 99.0);  // 100 groups, less the one degree of freedom
  EXPECT_NEAR(count.estimate().low, by_group.low, 1e-9);
  EXPECT_NEAR(count.estimate().high, by_group.high, 1e-9);
  EXPECT_NEAR(count.variance_between_inputs(), 0.25 * 100 / 99, 1e-9);
}

// By hand: groups of two with 2, 1 and 0 successes. Mean square between 1/2, within 1/6, so (1/2 - 1/6) / 2 = 1/6.
TEST(Intervals, VarianceBetweenGroupsByHand) {
  GroupedCount count;
  for (const auto& [group, happened] : {std::pair{0, true}, {0, true}, {1, true}, {1, false}, {2, false}, {2, false}}) {
    count.add(static_cast<std::uint64_t>(group), happened);
  }
  EXPECT_NEAR(count.variance_between_inputs(), 1.0 / 6.0, 1e-12);
}

TEST(Intervals, NothingAndEverything) {
  GroupedCount none;
  EXPECT_EQ(none.estimate().high, 1.0);
  for (std::uint64_t trial = 0; trial < 100; ++trial) none.add(trial / 4, false);
  EXPECT_EQ(none.estimate().p, 0.0);
  EXPECT_NEAR(none.estimate().high, 0.0362167, 1e-7);  // 1 - 0.025^(1/100)
  EXPECT_FALSE(none.spread_over_inputs());
}

}  // namespace
}  // namespace interregnum
