#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "analysis/paired_runs.hpp"
#include "stage.hpp"

// The clock's steps are a means: half as long they must give the same distribution of outcomes, to a percentage point
// (docs/model.md, One clock).
namespace interregnum {
namespace {

constexpr std::uint64_t count = 12000;

Theta with_half_steps(Theta theta) {
  theta.clock.fine_step /= 2;
  theta.clock.fine_days *= 2;
  theta.clock.coarse_step /= 2;
  theta.clock.crowd_step /= 2;
  theta.clock.holding_step /= 2;
  theta.clock.town_steps /= 2;
  return theta;
}

/// An equivalence check of the share of each outcome: a true difference of one point or less raises an alarm with the
/// probability 1e-5 at most (4.27 standard errors beyond the point, one side), so all ten together in 1e-4 at most.
/// Both sides share their seeds, so that what the steps do not touch is the same in both; the standard error is that of
/// paired differences, by draw of the inputs: below 0.3 points, so that a true difference
/// of three points is found with a probability of 99.7 %.
void expect_the_same_outcomes(const std::string& text, const Theta& theta, std::uint64_t seed) {
  const World world = test::world_of(text);
  const Theta halved = with_half_steps(theta);
  const auto whole = test::records_of(world, theta, count, seed);
  const auto half = test::records_of(world, halved, count, seed);
  constexpr std::size_t measures = outcome_count + 1;
  const auto is = [](const RunRecord& record, std::size_t measure) {
    return (measure == outcome_count ? is_seized(record.outcome) : record.outcome == static_cast<Outcome>(measure))
               ? 1.0
               : 0.0;
  };
  const std::size_t groups = whole.back().input_draw + 1;
  for (std::size_t measure = 0; measure < measures; ++measure) {
    double share = 0;
    std::vector<double> differences(groups, 0.0);  // by draw of the inputs, which replicates share
    const double size = static_cast<double>(count) / static_cast<double>(groups);
    for (std::size_t index = 0; index < count; ++index) {
      share += is(whole[index], measure) / static_cast<double>(count);
      differences[whole[index].input_draw] += (is(half[index], measure) - is(whole[index], measure)) / size;
    }
    const Estimate estimate = mean_of(differences, {-1.0, 1.0});
    // Where no replicate changed, the exact interval stands for a standard error.
    const double mean = estimate.value, error = std::isfinite(estimate.standard_error)
                                                    ? estimate.standard_error
                                                    : (estimate.high - estimate.low) / (2 * 1.959964);
    const std::string name(measure == outcome_count ? "seized" : outcome_names[measure]);
    std::printf("  %-20s %6.2f %%, halved steps %+5.2f points (standard error %.2f)\n", name.c_str(), 100 * share,
                100 * mean, 100 * error);
    EXPECT_LE(std::abs(mean), 0.01 + 4.27 * error) << name;
    EXPECT_LT(error, 0.003) << "too few replicates to say";
  }
}

TEST(Steps, HalfAsLongGiveTheSameOutcomesAfterAnAttempt) {
  expect_the_same_outcomes(test::full_country(), default_theta(), 1);
}

TEST(Steps, HalfAsLongGiveTheSameOutcomesOfAWatchedCountry) {
  Theta theta = default_theta();
  theta.onset.middle = theta.onset.senior = -0.7;  // about one attempt a year: else there would be little to compare
  expect_the_same_outcomes(test::full_country() + "begins: watch\n", theta, 2);
}

}  // namespace
}  // namespace interregnum
