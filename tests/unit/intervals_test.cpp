#include "analysis/intervals.hpp"

#include <gtest/gtest.h>

#include "model/replicate_id.hpp"

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
  EXPECT_NEAR(*count.variance().inputs, 0.25 * 100 / 99, 1e-9);
}

// By hand: groups of two with 2, 1 and 0 successes. Mean square between 1/2, within 1/6, so (1/2 - 1/6) / 2 = 1/6.
TEST(Intervals, VarianceBetweenGroupsByHand) {
  GroupedCount count;
  for (const auto& [group, happened] : {std::pair{0, true}, {0, true}, {1, true}, {1, false}, {2, false}, {2, false}}) {
    count.add(static_cast<std::uint64_t>(group), happened);
  }
  EXPECT_NEAR(*count.variance().inputs, 1.0 / 6.0, 1e-12);
}

// By hand: draws of the parameters 0 and 1, two groups of two each, with 2 and 1, and 1 and 0 successes. Sums of
// squares 1/2 between draws (1 degree of freedom), 1/2 between groups (2), 1 within (4): mean squares 1/2, 1/4 and 1/4.
TEST(Intervals, VarianceOnThreeLevelsByHand) {
  GroupedCount count;
  const bool happened[4][2] = {{true, true}, {true, false}, {true, false}, {false, false}};
  for (std::uint64_t group = 0; group < 4; ++group) {
    for (const bool of_replicate : happened[group]) count.add(group, of_replicate, group / 2);
  }
  EXPECT_NEAR(*count.variance().inputs, 0.0, 1e-12);
  EXPECT_NEAR(*count.variance().parameters, (0.5 - 0.25) / 4, 1e-12);
  EXPECT_NEAR(*count.variance().parameters, 0.0625, 1e-12);
}

// By hand, unbalanced: draw 0 has groups of 1 and 3 with 1 and 1 successes, draw 1 one group of 2 with 0. Mean squares
// 1/3 between draws, 1/3 between groups and 2/9 within; 4 - 10/4 = 3/2 times the variance of inputs between groups,
// 9/2 - 14/6 = 13/6 times it and 6 - 20/6 = 8/3 times that of parameters between draws.
TEST(Intervals, VarianceOnThreeLevelsOfUnequalGroupsByHand) {
  GroupedCount count;
  count.add(0, true, 0);
  for (const bool of_replicate : {true, false, false}) count.add(1, of_replicate, 0);
  for (int replicate = 0; replicate < 2; ++replicate) count.add(2, false, 1);
  const double inputs = (1.0 / 3 - 2.0 / 9) / 1.5;
  EXPECT_NEAR(*count.variance().inputs, inputs, 1e-12);
  EXPECT_NEAR(*count.variance().parameters, (1.0 / 3 - 2.0 / 9 - 13.0 / 6 * inputs) / (8.0 / 3), 1e-12);
}

TEST(Intervals, WithASingleDrawOfTheParametersNothingIsSaidOfThem) {
  GroupedCount count;
  for (std::uint64_t trial = 0; trial < 100; ++trial) count.add(trial / 4, trial % 3 == 0, 5);
  EXPECT_FALSE(count.variance().parameters);
  EXPECT_FALSE(count.spread_over_parameters());
}

// The order in which draws of the parameters come, and coming back to one, change nothing.
TEST(Intervals, DrawsOfTheParametersMayComeInAnyOrder) {
  GroupedCount in_order, mixed;
  const auto happened = [](std::uint64_t group, std::uint64_t replicate) {
    return (7 * group + 3 * replicate) % 5 < 2;
  };
  for (std::uint64_t group = 0; group < 40; ++group) {
    for (std::uint64_t replicate = 0; replicate < 4; ++replicate) {
      in_order.add(group, happened(group, replicate), group / 4);
      mixed.add(group, happened(group % 10 * 4 + group / 10, replicate), group % 10);
    }
  }
  EXPECT_NEAR(*in_order.variance().parameters, *mixed.variance().parameters, 1e-12);
  EXPECT_NEAR(*in_order.variance().inputs, *mixed.variance().inputs, 1e-12);
  EXPECT_NEAR(in_order.estimate().low, mixed.estimate().low, 1e-12);
}

// By hand: three groups of two with a draw of the parameters each, so that the two kinds go together. As above in
// VarianceBetweenGroupsByHand.
TEST(Intervals, InputsAndParametersThatAlwaysGoTogetherAreToldTogether) {
  GroupedCount count;
  const bool happened[3][2] = {{true, true}, {true, false}, {false, false}};
  for (const std::uint64_t member : {0U, 1U}) {  // members of a group come apart, as in the spread design
    for (std::uint64_t group = 0; group < 3; ++group) count.add(group, happened[group][member], 7 - group);
  }
  EXPECT_NEAR(count.variance().total.value(), 1.0 / 6.0, 1e-12);
  EXPECT_FALSE(count.variance().inputs);
  EXPECT_FALSE(count.variance().parameters);
}

TEST(Intervals, TooFewReplicatesThatShareDrawsTellNothing) {
  const auto counted = [](std::uint64_t replicates, Design design) {
    GroupedCount count;
    for (std::uint64_t replicate = 0; replicate < replicates; ++replicate) {
      const ReplicateId id{1, 0, replicate, design};
      count.add(id.input_draw(), (id.input_draw() * 7 + replicate) % 5 < 2, id.parameter_turn() % 2000);
    }
    return count.told_variance();
  };
  for (const std::uint64_t few : {0U, 1U, 16U, 1000U, 1399U}) {
    EXPECT_FALSE(counted(few, Design::spread).total) << few;
    EXPECT_FALSE(counted(few, Design::spread).inputs) << few;
  }
  EXPECT_TRUE(counted(1400, Design::spread).total);
  EXPECT_FALSE(counted(4000, Design::spread).parameters);
  EXPECT_TRUE(counted(10000, Design::spread).parameters);
  EXPECT_FALSE(counted(144, Design::nested).total);
  EXPECT_TRUE(counted(400, Design::nested).parameters);
}

TEST(Intervals, NothingAndEverything) {
  GroupedCount none;
  EXPECT_EQ(none.estimate().high, 1.0);
  for (std::uint64_t trial = 0; trial < 100; ++trial) none.add(trial / 4, false);
  EXPECT_EQ(none.estimate().p, 0.0);
  // Nothing tells how alike the four of a group are: they count as one.
  EXPECT_NEAR(none.estimate().high, 0.1371852, 1e-7);  // 1 - 0.025^(1/25)
  EXPECT_FALSE(none.spread_over_inputs());
  // Also of thousands of replicates that share draws in pairs the total interval is that of a finite number.
  GroupedCount never;
  for (std::uint64_t trial = 0; trial < 4000; ++trial) {
    const std::uint64_t draw = trial % 1000 + 1000 * (trial / 2000);
    never.add(draw, false, draw);
  }
  ASSERT_TRUE(never.total_interval());
  EXPECT_EQ(never.total_interval()->high, never.estimate().high);
  EXPECT_GT(never.estimate().high, 0.0);
}

}  // namespace
}  // namespace interregnum
