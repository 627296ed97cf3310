#include "analysis/intervals.hpp"

#include <gtest/gtest.h>

#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <vector>

#include "analysis/paired_runs.hpp"
#include "base/draws.hpp"
#include "model/replicate_id.hpp"

// Coverage of the intervals on data made for the purpose: groups of four whose probability is beta distributed.
namespace interregnum {
namespace {

constexpr double shape_a = 1.2;
constexpr double shape_b = 0.8;
constexpr double truth = shape_a / (shape_a + shape_b);

GroupedCount beta_binomial(std::uint64_t data_set, std::uint64_t groups) {
  GroupedCount count;
  for (std::uint64_t group = 0; group < groups; ++group) {
    const Draws draws(11, data_set, group);
    const double p = boost::math::ibeta_inv(shape_a, shape_b, draws.uniform(DrawPurpose::scenario_input, 1));
    for (const double u : draws.block(DrawPurpose::fight, 1)) count.add(group, u < p);
  }
  return count;
}

// 2,000 data sets of 300 groups. The interval is meant to cover in at least 95 %; over-coverage of the exact method is
// welcome. Standard error of a coverage of .95 is .0049: below .93 is a false alarm with probability 2e-5. Above .985
// the interval would be needlessly wide.
TEST(Coverage, OfTheIntervalForTheProbability) {
  int covered = 0;
  constexpr int data_sets = 2000;
  for (std::uint64_t data_set = 0; data_set < data_sets; ++data_set) {
    const Probability estimate = beta_binomial(data_set, 300).estimate();
    covered += estimate.low <= truth && truth <= estimate.high ? 1 : 0;
  }
  EXPECT_GT(covered, 0.93 * data_sets);
  EXPECT_LT(covered, 0.985 * data_sets);
}

// The spread over inputs against the quantiles of the distribution that the groups' probabilities were drawn from;
// 20,000 groups, standard error of the quantiles some .005 (measured over ten data sets), so .03 is a false alarm in
// far fewer than one in a million.
TEST(Coverage, TheSpreadOverInputsIsThatOfTheGroups) {
  const Probability spread = beta_binomial(5, 20000).spread_over_inputs().value();
  EXPECT_NEAR(spread.low, boost::math::ibeta_inv(shape_a, shape_b, 0.025), 0.03);
  EXPECT_NEAR(spread.high, boost::math::ibeta_inv(shape_a, shape_b, 0.975), 0.03);
}

/// Replicates within draws of the inputs within draws of the parameters: uniform effects of both, added to a mean of
/// one half, so that the variances are known and no probability passes 0 or 1. Groups and draws differ in size if
/// `unequal`.
constexpr double sd_of_inputs = 0.12;
constexpr double sd_of_parameters = 0.1;

double uniform_effect(double sd, double u) { return sd * std::sqrt(12.0) * (u - 0.5); }

GroupedCount nested(std::uint64_t data_set, std::uint64_t draws, bool unequal) {
  GroupedCount count;
  std::uint64_t group = 0;
  for (std::uint64_t draw = 0; draw < draws; ++draw) {
    const Draws of_draw(12, data_set, draw);
    const double of_parameters = uniform_effect(sd_of_parameters, of_draw.uniform(DrawPurpose::parameter, 0));
    const std::uint64_t groups = unequal ? 1 + draw % 6 : 4;
    for (std::uint64_t input = 0; input < groups; ++input, ++group) {
      const double p =
          0.5 + of_parameters + uniform_effect(sd_of_inputs, of_draw.uniform(DrawPurpose::scenario_input, input));
      const std::uint64_t replicates = unequal ? 1 + (draw + input) % 4 : 4;
      const auto u = of_draw.block(DrawPurpose::fight, input);
      for (std::uint64_t replicate = 0; replicate < replicates; ++replicate) count.add(group, u[replicate] < p, draw);
    }
  }
  return count;
}

// 400 data sets of 200 draws each. The estimators are unbiased for any sizes of groups, so that their mean over data
// sets is the true variance within its own standard error, which the spread between data sets gives: less than 5 % of
// the truth, or the test could see nothing. 5 of them are a false alarm in two million; four means are looked at.
TEST(NestedVariance, IsThatOfTheData) {
  for (const bool unequal : {false, true}) {
    std::vector<double> inputs, parameters;
    for (std::uint64_t data_set = 0; data_set < 400; ++data_set) {
      const NestedVariance variance = nested(data_set, 200, unequal).variance();
      inputs.push_back(*variance.inputs);
      parameters.push_back(*variance.parameters);
    }
    const Estimate of_inputs = mean_of(inputs), of_parameters = mean_of(parameters);
    EXPECT_NEAR(of_inputs.value, sd_of_inputs * sd_of_inputs, 5 * of_inputs.standard_error);
    EXPECT_NEAR(of_parameters.value, sd_of_parameters * sd_of_parameters, 5 * of_parameters.standard_error);
    EXPECT_LT(of_inputs.standard_error, 0.05 * sd_of_inputs * sd_of_inputs);
    EXPECT_LT(of_parameters.standard_error, 0.05 * sd_of_parameters * sd_of_parameters);
  }
}

// The interval for the probability, as above, where draws of the parameters are the clusters: many (625, as in a run of
// 10,000 futures) and few (25, as in 400 futures of an attempt). 2,000 data sets each, so that below .93 is a false
// alarm with probability 2e-5.
TEST(Coverage, OfTheIntervalWhereParametersAreDrawn) {
  for (const std::uint64_t draws : {25U, 625U}) {
    int covered = 0;
    constexpr int data_sets = 2000;
    for (std::uint64_t data_set = 0; data_set < data_sets; ++data_set) {
      const Probability estimate = nested(data_set, draws, false).estimate();
      covered += estimate.low <= 0.5 && 0.5 <= estimate.high ? 1 : 0;
    }
    EXPECT_GT(covered, 0.93 * data_sets) << draws;
    EXPECT_LT(covered, 0.985 * data_sets) << draws;
  }
}

/// Replicates as a run draws them: the parameters one of `draws`, walked through in turn, the inputs anew for each or,
/// in the second half of every 2,000, as a thousand before.
GroupedCount spread(std::uint64_t data_set, std::uint64_t draws, std::uint64_t replicates, Design design) {
  GroupedCount count;
  for (std::uint64_t replicate = 0; replicate < replicates; ++replicate) {
    const ReplicateId id{1, 0, replicate, design};
    const std::uint64_t parameter_draw = id.parameter_turn() % draws;
    const double p =
        0.5 + uniform_effect(sd_of_parameters, Draws(13, data_set, parameter_draw).uniform(DrawPurpose::parameter, 0)) +
        uniform_effect(sd_of_inputs, Draws(14, data_set, id.input_draw()).uniform(DrawPurpose::scenario_input, 0));
    count.add(id.input_draw(), Draws(15, data_set, replicate).uniform(DrawPurpose::fight, 0) < p, parameter_draw);
  }
  return count;
}

// The interval for the probability in both designs and where replicates share nothing (16, 400), share both (1,500),
// and share parameters that have come round (2,500 with 300 draws). As above: 2,000 data sets (1,000 of the longest,
// whose standard error is .0069, so that below .92 is a false alarm with probability 1e-5). The exact method covers
// more where there are few replicates.
TEST(Coverage, OfTheIntervalInBothDesigns) {
  struct Case {
    std::uint64_t replicates, draws;
    Design design;
    double least, most;
    int data_sets;
  };
  for (const Case& of : {Case{16, 2000, Design::spread, 0.93, 1.0, 2000},
                         {400, 2000, Design::spread, 0.93, 0.985, 2000},
                         {1500, 2000, Design::spread, 0.92, 0.985, 1000},
                         {2500, 300, Design::spread, 0.92, 0.985, 1000},
                         {400, 2000, Design::nested, 0.93, 0.985, 2000}}) {
    int covered = 0;
    for (std::uint64_t data_set = 0; data_set < static_cast<std::uint64_t>(of.data_sets); ++data_set) {
      const Probability estimate = spread(data_set, of.draws, of.replicates, of.design).estimate();
      covered += estimate.low <= 0.5 && 0.5 <= estimate.high ? 1 : 0;
    }
    EXPECT_GT(covered, of.least * of.data_sets) << of.replicates;
    EXPECT_LE(covered, of.most * of.data_sets) << of.replicates;
  }
}

// 300 data sets of 5,000 replicates with 700 draws: the mean of the estimates against the truth, with 5 standard errors
// (a false alarm in two million; three are looked at), which are less than 6 % of it, or the test could see nothing.
TEST(NestedVariance, OfASpreadRunIsThatOfTheData) {
  std::vector<double> inputs, parameters, total;
  for (std::uint64_t data_set = 0; data_set < 300; ++data_set) {
    const NestedVariance variance = spread(data_set, 700, 5000, Design::spread).variance();
    inputs.push_back(*variance.inputs);
    parameters.push_back(*variance.parameters);
    total.push_back(*variance.total);
  }
  const double of_inputs = sd_of_inputs * sd_of_inputs, of_parameters = sd_of_parameters * sd_of_parameters;
  const auto expect_near = [](const std::vector<double>& estimates, double expected) {
    const Estimate mean = mean_of(estimates);
    EXPECT_NEAR(mean.value, expected, 5 * mean.standard_error);
    EXPECT_LT(mean.standard_error, 0.06 * expected);
  };
  expect_near(inputs, of_inputs);
  expect_near(parameters, of_parameters);
  expect_near(total, of_inputs + of_parameters);
}

// Where few replicates share parameters alone, both kinds are still told together: 300 data sets of 2,000 replicates,
// as above.
TEST(NestedVariance, OfAShortSpreadRunIsTheTotal) {
  std::vector<double> total;
  for (std::uint64_t data_set = 0; data_set < 300; ++data_set) {
    const NestedVariance variance = spread(data_set, 2000, 2000, Design::spread).told_variance();
    EXPECT_FALSE(variance.inputs);
    EXPECT_FALSE(variance.parameters);
    total.push_back(*variance.total);
  }
  const Estimate mean = mean_of(total);
  EXPECT_NEAR(mean.value, sd_of_inputs * sd_of_inputs + sd_of_parameters * sd_of_parameters, 5 * mean.standard_error);
  EXPECT_LT(mean.standard_error, 0.06 * mean.value);
}

// The same replicates cost less precision spread than nested: the spread of 400 estimates of 800 replicates each. With
// these variances the ratio of variances is .57; the ratio of two variances of 400 estimates has a relative standard
// error of .10, so that it is above .9 with a probability of 1e-5.
TEST(NestedVariance, SpreadingCostsLessPrecision) {
  std::vector<double> of_spread, of_nested;
  for (std::uint64_t data_set = 0; data_set < 400; ++data_set) {
    of_spread.push_back(spread(data_set, 2000, 800, Design::spread).estimate().p);
    of_nested.push_back(spread(data_set, 2000, 800, Design::nested).estimate().p);
  }
  EXPECT_LT(std::pow(mean_of(of_spread).standard_error / mean_of(of_nested).standard_error, 2.0), 0.9);
}

// The total interval holds the probability under a fresh draw of the inputs and the parameters in 95 % of cases: 1,000
// data sets, each against one fresh draw (standard error .0069; below .92 or above .98 is a false alarm with
// probability 2e-5). 4,000 replicates have 2,000 pairs that share draws. With 1,500 replicates the variance is told by
// 500 pairs only: then the interval is wider than it would have to be, up to half as wide again, and never too narrow.
TEST(Coverage, OfTheTotalInterval) {
  constexpr int data_sets = 1000;
  struct Intervals {
    double coverage, mean_width;
  };
  const auto intervals = [](std::uint64_t replicates) {
    int covered = 0;
    double width = 0;
    for (std::uint64_t data_set = 0; data_set < data_sets; ++data_set) {
      const Probability total = spread(data_set, 2000, replicates, Design::spread).total_interval().value();
      const Draws fresh(16, data_set, 0);
      const double p = 0.5 + uniform_effect(sd_of_parameters, fresh.uniform(DrawPurpose::parameter, 0)) +
                       uniform_effect(sd_of_inputs, fresh.uniform(DrawPurpose::scenario_input, 0));
      covered += total.low <= p && p <= total.high ? 1 : 0;
      width += total.high - total.low;
    }
    return Intervals{covered / static_cast<double>(data_sets), width / data_sets};
  };
  const Intervals many = intervals(4000), few = intervals(1500);
  EXPECT_GT(many.coverage, 0.92);
  EXPECT_LT(many.coverage, 0.98);
  EXPECT_GT(few.coverage, 0.92);
  EXPECT_LT(few.mean_width, 1.5 * many.mean_width);
}

// 20,000 draws: the variances have relative standard errors of 3.0 % (inputs) and 2.9 % (parameters), by the
// chi-squared distributions of the mean squares; the ends of the intervals are some .23 and .19 from the middle, and
// thus known to .0036 and .0029. 5 of these are a false alarm in two million.
TEST(Coverage, TheSpreadsAreThoseOfEachLevelAlone) {
  const auto high_end = [](double sd) {
    const double half_size = 0.5 * (0.25 / (sd * sd) - 1.0);
    return boost::math::ibeta_inv(half_size, half_size, 0.975);
  };
  const GroupedCount count = nested(3, 20000, false);
  EXPECT_NEAR(count.spread_over_inputs().value().high, high_end(sd_of_inputs), 0.018);
  EXPECT_NEAR(count.spread_over_parameters().value().high, high_end(sd_of_parameters), 0.015);
}

}  // namespace
}  // namespace interregnum
