#include "model/seizure/confrontation.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support.hpp"

namespace interregnum {
namespace {

TEST(Contest, HasItsClosedForm) {
  EXPECT_DOUBLE_EQ(contest_probability(100, 100, 1.0, 1.0), 0.5);
  EXPECT_DOUBLE_EQ(contest_probability(200, 100, 1.0, 1.0), 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(contest_probability(200, 100, 2.0, 1.0), 0.8);
  EXPECT_DOUBLE_EQ(contest_probability(100, 100, 1.0, 3.0), 0.25);
  EXPECT_DOUBLE_EQ(contest_probability(100, 0, 1.5, 1.3), 1.0);
  EXPECT_DOUBLE_EQ(contest_probability(0, 100, 1.5, 1.3), 0.0);
}

TEST(Deaths, AreALognormalCutToWholePeople) {
  SeizureTheta theta = default_theta().seizure;
  theta.deaths_median = 10.5;
  theta.deaths_spread = 1.0;
  theta.deaths_size = 0.5;
  EXPECT_DOUBLE_EQ(draw_deaths(theta, 100, 0.5), 10.0);
  EXPECT_DOUBLE_EQ(draw_deaths(theta, 400, 0.5), 21.0);  // four times the soldiers, twice the deaths
  EXPECT_DOUBLE_EQ(draw_deaths(theta, 100, 0.8413447460685429), std::floor(10.5 * std::exp(1.0)));
  EXPECT_DOUBLE_EQ(draw_deaths(theta, 100, 0.001), 0.0);
  EXPECT_DOUBLE_EQ(draw_deaths(theta, 3, 0.9999), 6.0);  // no more than took part
}

}  // namespace
}  // namespace interregnum
