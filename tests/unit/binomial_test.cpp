#include "base/binomial.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <vector>

#include "base/distribution.hpp"

namespace interregnum {
namespace {

using Binomial = boost::math::binomial_distribution<double>;

/// Shares u from one end of (0, 1) to the other, denser toward both ends: `count` of them, of irrational spacing, so
/// that none falls on a step of a distribution.
std::vector<double> shares(int count) {
  std::vector<double> list;
  for (int index = 0; index < count; ++index) {
    const double logit = 18.0 * ((index + 0.5) / count * 2.0 - 1.0) + 1e-3 * std::sqrt(2.0);
    list.push_back(1.0 / (1.0 + std::exp(-logit)));
  }
  return list;
}

TEST(NormalQuantileFast, AgreesWithTheSlowOneToSixDigits) {
  double largest = 0.0;
  for (int step = 0; step <= 200000; ++step) {
    // From 1e-9 to 1 - 1e-9, evenly in the logit.
    const double logit = std::log(1e-9) * (1.0 - step / 100000.0);
    const double p = 1.0 / (1.0 + std::exp(-logit));
    largest = std::max(largest, std::abs(normal_quantile_fast(p) - normal_quantile(p)));
  }
  RecordProperty("largest_error_in_billionths", std::to_string(1e9 * largest));
  EXPECT_LT(largest, 1e-6);
}

TEST(NormalQuantileFast, IsMirroredAboutOneHalfAndRises) {
  EXPECT_EQ(normal_quantile_fast(0.5), 0.0);
  double before = -10.0;
  for (int step = 1; step < 100000; ++step) {
    const double p = step / 100000.0;
    const double q = normal_quantile_fast(p);
    // Seven digits: where two of its three formulas meet it may step back, or differ from its mirror image (1 - p is
    // rounded to the one side or the other), by no more than that.
    ASSERT_GT(q, before - 1e-6);
    ASSERT_NEAR(normal_quantile_fast(1.0 - p), -q, 1e-6);
    before = q;
  }
}

// Below the mean at which it turns normal, the quantile k is the first with P(X <= k) >= u: compared with the
// distribution function of another library. Rounding of the running sum (some 1e-15 for each of at most a few dozen
// terms) may decide otherwise only where the two sides agree to within 1e-12.
TEST(BinomialQuantile, IsExactBelowAMeanOfTwelve) {
  int compared = 0;
  for (const double n : {1.0, 2.0, 3.0, 7.0, 20.0, 24.0, 100.0, 1000.0, 12345.0, 1e6, 1e8}) {
    for (const double mean : {1e-7, 1e-3, 0.1, 0.5, 1.0, 3.3, 7.0, 11.9}) {
      for (const bool rare : {true, false}) {
        const double chance = std::min(0.5, mean / n);
        if (n * chance >= binomial_exact_below) continue;
        const double p = rare ? chance : 1.0 - chance;
        const Binomial binomial(n, p);
        for (const double u : shares(199)) {
          const double k = binomial_quantile(n, p, u);
          ASSERT_EQ(k, std::floor(k));
          ASSERT_GE(k, 0.0);
          ASSERT_LE(k, n);
          // 1 - p is known to 1e-16 only, which moves the distribution function by up to n times as much.
          const double slack = 1e-12 + (rare ? 0.0 : 4e-16 * n);
          ASSERT_GE(boost::math::cdf(binomial, k), u - slack) << n << ' ' << p << ' ' << u;
          if (k > 0) {
            ASSERT_LT(boost::math::cdf(binomial, k - 1.0), u + slack) << n << ' ' << p << ' ' << u;
          }
          ++compared;
        }
      }
    }
  }
  EXPECT_GT(compared, 30000);
}

/// Largest difference between the distribution function of `binomial_quantile` under a uniform u and the binomial's
/// own, over all k within six standard deviations (at most 400 of them). The share of u that gives at most k is found
/// by halving.
double largest_error(double n, double p) {
  const Binomial binomial(n, p);
  const double mean = n * p;
  const double sd = std::sqrt(mean * (1.0 - p));
  const double low = std::max(0.0, std::floor(mean - 6.0 * sd));
  const double high = std::min(n - 1.0, std::ceil(mean + 6.0 * sd));
  const double stride = std::max(1.0, std::floor((high - low) / 400.0));
  double largest = 0.0;
  for (double k = low; k <= high; k += stride) {
    double below = 0.0;
    double above = 1.0;
    for (int halving = 0; halving < 40; ++halving) {
      const double middle = 0.5 * (below + above);
      (binomial_quantile(n, p, middle) <= k ? below : above) = middle;
    }
    largest = std::max(largest, std::abs(0.5 * (below + above) - boost::math::cdf(binomial, k)));
  }
  return largest;
}

// What the header promises of its normal quantile, at the means where it is worst and beyond.
TEST(BinomialQuantile, IsNowhereOffByMoreThanTwoInAThousandAboveTheMeanOfTwelve) {
  double largest = 0.0;
  for (const double n : {24.0, 25.0, 30.0, 40.0, 60.0, 100.0, 300.0, 1e3, 1e4, 1e6, 1e8}) {
    for (const double p :
         {1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.9, 0.99, 0.999}) {
      if (std::min(n * p, n * (1.0 - p)) < binomial_exact_below) continue;
      largest = std::max(largest, largest_error(n, p));
    }
    for (const double mean : {12.0, 12.5, 13.0, 15.0, 20.0, 50.0}) {
      if (mean / n <= 0.5) largest = std::max(largest, largest_error(n, std::max(mean / n, 12.0000001 / n)));
    }
  }
  RecordProperty("largest_error", std::to_string(largest));
  EXPECT_LT(largest, 0.002);
}

TEST(BinomialQuantile, RisesWithTheShare) {
  for (const double n : {5.0, 30.0, 1000.0, 1e6}) {
    for (const double p : {0.001, 0.01, 0.3, 0.5, 0.8, 0.999}) {
      double before = 0.0;
      for (const double u : shares(4001)) {
        const double k = binomial_quantile(n, p, u);
        ASSERT_GE(k, before) << n << ' ' << p << ' ' << u;
        before = k;
      }
    }
  }
}

// Two worlds that differ a little in p draw numbers that differ a little, and in the right direction. Where the exact
// sum gives way to the normal quantile, and where failures rather than successes are counted, the two formulas may
// disagree by the error that the header allows: one person, in rare cases.
TEST(BinomialQuantile, RisesWithTheChanceUpToOnePersonWhereItsFormulasMeet) {
  for (const double n : {20.0, 50.0, 1000.0, 1e5}) {
    for (const double u : {1e-4, 0.01, 0.2, 0.5, 0.77, 0.99, 0.9999}) {
      double before = 0.0;
      bool was_exact = true;
      for (int step = 1; step < 20000; ++step) {
        const double p = step / 20000.0;
        const bool is_exact = n * std::min(p, 1.0 - p) < binomial_exact_below;
        const double k = binomial_quantile(n, p, u);
        ASSERT_GE(k, before - (is_exact == was_exact ? 0.0 : 1.0)) << n << ' ' << p << ' ' << u;
        before = k;
        was_exact = is_exact;
      }
      EXPECT_GT(before, 0.9 * n);
    }
  }
}

TEST(BinomialQuantile, KnowsNobodyNeverAndAlways) {
  for (const double u : {1e-9, 0.5, 1.0 - 1e-9}) {
    EXPECT_EQ(binomial_quantile(0.0, 0.5, u), 0.0);
    EXPECT_EQ(binomial_quantile(0.0, 1.0, u), 0.0);
    EXPECT_EQ(binomial_quantile(100.0, 0.0, u), 0.0);
    EXPECT_EQ(binomial_quantile(100.0, 1.0, u), 100.0);
    EXPECT_EQ(binomial_quantile(1e8, 0.0, u), 0.0);
    EXPECT_EQ(binomial_quantile(1e8, 1.0, u), 1e8);
    EXPECT_EQ(binomial_quantile(1.0, 0.25, u), u > 0.75 ? 1.0 : 0.0);
  }
}

TEST(UniformOf, NeverGivesZeroOrOne) {
  EXPECT_GT(uniform_of(0), 0.0);
  EXPECT_LT(uniform_of(0xffffffffU), 1.0);
  EXPECT_TRUE(std::isfinite(normal_quantile_fast(uniform_of(0))));
  EXPECT_TRUE(std::isfinite(normal_quantile_fast(uniform_of(0xffffffffU))));
}

}  // namespace
}  // namespace interregnum
