#include "base/draws.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

#include "model/seizure/beliefs.hpp"

// The seeds are fixed, so these tests give the same result each time; the false-alarm rates are what they would be for
// a seed not yet seen.
namespace interregnum {
namespace {

TEST(Draws, DependOnTheirKeyAndOnNothingElse) {
  const Draws draws(1, 2, 3);
  const double value = draws.uniform(DrawPurpose::fight, 4, 5);
  EXPECT_EQ(value, Draws(1, 2, 3).uniform(DrawPurpose::fight, 4, 5));
  EXPECT_NE(value, Draws(9, 2, 3).uniform(DrawPurpose::fight, 4, 5));
  EXPECT_NE(value, Draws(1, 9, 3).uniform(DrawPurpose::fight, 4, 5));
  EXPECT_NE(value, Draws(1, 2, 9).uniform(DrawPurpose::fight, 4, 5));
  EXPECT_NE(value, draws.uniform(DrawPurpose::rout, 4, 5));
  EXPECT_NE(value, draws.uniform(DrawPurpose::fight, 9, 5));
  EXPECT_NE(value, draws.uniform(DrawPurpose::fight, 4, 9));
}

// The generator must never change under us: all results would. Published known answer of Philox4x64-10 for a key and a
// counter of zeros (Random123's kat_vectors): 16554d9eca36314c db20fe9d672d0fdc d7e772cee186176b 7e68b68aec7ba23b.
TEST(Draws, AreThoseOfPhilox4x64) {
  const UniformBlock block = Draws(0, 0, 0).block(static_cast<DrawPurpose>(0), 0, 0);
  EXPECT_NEAR(block[0], static_cast<double>(0x16554d9eca36314cULL) * 0x1p-64, 1e-15);
  EXPECT_NEAR(block[1], static_cast<double>(0xdb20fe9d672d0fdcULL) * 0x1p-64, 1e-15);
  EXPECT_NEAR(block[2], static_cast<double>(0xd7e772cee186176bULL) * 0x1p-64, 1e-15);
  EXPECT_NEAR(block[3], static_cast<double>(0x7e68b68aec7ba23bULL) * 0x1p-64, 1e-15);
}

// Pearson's chi-squared in 100 cells over 200,000 draws along each coordinate of the key. False alarm: 1e-4 a
// coordinate.
TEST(Draws, AreUniformAlongEachCoordinateOfTheKey) {
  constexpr int cells = 100;
  constexpr int count = 200000;
  const double limit = boost::math::quantile(boost::math::complement(boost::math::chi_squared(cells - 1), 1e-4));
  for (int coordinate = 0; coordinate < 3; ++coordinate) {
    std::vector<double> found(cells, 0.0);
    for (std::uint64_t index = 0; index < count; ++index) {
      const double u = coordinate == 0   ? Draws(1, 0, index).uniform(DrawPurpose::fight, 7)
                       : coordinate == 1 ? Draws(1, 0, 0).uniform(DrawPurpose::fight, index)
                                         : Draws(1, 0, 0).uniform(DrawPurpose::fight, 7, index);
      found[static_cast<std::size_t>(u * cells)] += 1;
    }
    double statistic = 0;
    for (const double cell : found) statistic += std::pow(cell - count / cells, 2) / (count / cells);
    EXPECT_LT(statistic, limit) << "coordinate " << coordinate;
  }
}

// Differences of three Gumbel shocks: joint and marginal probabilities in closed form, F(x, y) = 1 / (1 + e^-x + e^-y).
// 200,000 draws, standard error at most .0011, limit 4.5 of them: false alarm 7e-6 a comparison.
TEST(Draws, ShockDifferencesHaveTheirJointDistribution) {
  constexpr int count = 200000;
  for (const double x : {-1.0, 0.0, 1.5}) {
    for (const double y : {-0.5, 0.7}) {
      int below = 0;
      for (std::uint64_t index = 0; index < count; ++index) {
        const UniformBlock u = Draws(3, 0, index).block(DrawPurpose::unit_shocks, 11);
        const ShockDifferences shocks = shock_differences(u[1], u[2]);
        below += shocks.join <= x && shocks.resist <= y ? 1 : 0;
      }
      const double expected = 1.0 / (1.0 + std::exp(-x) + std::exp(-y));
      EXPECT_NEAR(static_cast<double>(below) / count, expected, 4.5 * std::sqrt(expected * (1 - expected) / count));
    }
  }
}

}  // namespace
}  // namespace interregnum
