#include "analysis/intervals.hpp"

#include <gtest/gtest.h>

#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "base/draws.hpp"

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

}  // namespace
}  // namespace interregnum
