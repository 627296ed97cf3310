// The levels of the years: a walk whose mean is zero, carried on past the record with a spread that grows.
#include "fit/year_walk.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "fit/posterior.hpp"
#include "fit/surrogate.hpp"
#include "standard_normals.hpp"

namespace interregnum {
namespace {

TEST(YearWalk, IsMadeOfItsChangesAndHasNoMean) {
  const YearWalk walk(1953);
  ASSERT_EQ(walk.dimensions(), 4);
  EXPECT_EQ(walk.last(), 1953);
  const Eigen::VectorXd z{{0.6, 1.0, -2.0, 0.5}};
  const double step = YearWalk::step(z);
  EXPECT_NEAR(step, 0.15 * std::exp(0.3), 1e-15);
  const Eigen::VectorXd levels = walk.levels(z);
  EXPECT_NEAR(levels.sum(), 0.0, 1e-14);
  for (Eigen::Index year = 1; year < 4; ++year) EXPECT_NEAR(levels(year) - levels(year - 1), step * z(year), 1e-14);
}

TEST(YearWalk, GoesOnAfterItsLastYearWithASpreadThatGrows) {
  const Eigen::VectorXd levels{{-0.2, 0.1, 0.1}};  // 1950 to 1952
  constexpr double step = 0.3;
  constexpr int draws = 4000;
  for (const int years : {1, 4, 25}) {
    double squares = 0.0;
    double sum = 0.0;
    for (std::uint64_t draw = 0; draw < draws; ++draw) {
      const YearLevels ahead = year_levels_ahead(levels, step, seizure_part, draw);
      EXPECT_EQ(ahead.of(1940), -0.2);
      EXPECT_EQ(ahead.of(1951), 0.1);
      const double change = ahead.of(1952 + years) - 0.1;
      sum += change / draws;
      squares += change * change / draws;
    }
    const double variance = years * step * step;
    // Five standard errors each way: six comparisons, a false alarm in 290,000 runs.
    EXPECT_NEAR(sum, 0.0, 5.0 * std::sqrt(variance / draws)) << years;
    EXPECT_NEAR(squares, variance, 5.0 * variance * std::sqrt(2.0 / draws)) << years;
  }
  // The two parts walk apart, and a draw always walks the same way.
  EXPECT_NE(year_levels_ahead(levels, step, seizure_part, 1).of(1960),
            year_levels_ahead(levels, step, onset_part, 1).of(1960));
  EXPECT_EQ(year_levels_ahead(levels, step, onset_part, 7).of(2020),
            year_levels_ahead(levels, step, onset_part, 7).of(2020));
}

TEST(YearWalk, ThetasTakeThePosteriorsLevelsAndOnlyThose) {
  Posterior posterior;
  posterior.names = {year_level_name(seizure_part, 1951), year_step_name(seizure_part),
                     year_level_name(seizure_part, 1950)};
  posterior.chains = {Eigen::MatrixXd{{0.4, 0.1, -0.4}}};
  const Theta theta = thetas_of(posterior, default_theta()).front();
  EXPECT_EQ(theta.seizure.level.of(1950), -0.4);
  EXPECT_EQ(theta.seizure.level.of(1951), 0.4);
  EXPECT_NE(theta.seizure.level.of(1952), 0.4);
  EXPECT_EQ(theta.onset.level.of(1951), default_theta().onset.level.of(1951));
}

TEST(Surrogate, AShiftIsAsMuchMoreOfTheParameter) {
  constexpr Eigen::Index draws = 800, attempts = 2;
  for (const bool own_terms : {true, false}) {
    Bank bank;
    bank.z.resize(draws, 3);
    bank.answers.assign(attempts, std::vector<Answers>(draws));
    for (Eigen::Index draw = 0; draw < draws; ++draw) {
      const Draws random(11, 0, static_cast<std::uint64_t>(draw));
      bank.z.row(draw) = standard_normals(random, 3).transpose();
      for (std::size_t attempt = 0; attempt < attempts; ++attempt) {
        const double odds = bank.z(draw, 0) - bank.z(draw, 1) + 0.8 * bank.z(draw, 0) * bank.z(draw, 2) +
                            0.5 * bank.z(draw, 1) * bank.z(draw, 1) + static_cast<double>(attempt);
        bank.answers[attempt][static_cast<std::size_t>(draw)].answer(
            0, random.uniform(DrawPurpose::simulated_record, attempt) < 1.0 / (1.0 + std::exp(-odds)));
      }
    }
    const Surrogate surrogate(bank, 0, own_terms, 1);
    const Eigen::Vector3d z(0.3, -0.4, 0.9);
    const std::vector<Shift> shifts{{2, Eigen::Vector2d(0.7, 0.0)}, {0, Eigen::Vector2d(-1.1, 0.5)}};
    const Eigen::VectorXd shifted = surrogate.log_odds(z, shifts);
    EXPECT_NEAR(shifted(0), surrogate.log_odds(Eigen::Vector3d(0.3 - 1.1, -0.4, 0.9 + 0.7))(0), 1e-12) << own_terms;
    EXPECT_NEAR(shifted(1), surrogate.log_odds(Eigen::Vector3d(0.3 + 0.5, -0.4, 0.9))(1), 1e-12) << own_terms;
    EXPECT_GT(std::abs(shifted(0) - surrogate.log_odds(z)(0)), 0.2) << own_terms;
  }
}

}  // namespace
}  // namespace interregnum
