#include <gtest/gtest.h>

#include <Eigen/LU>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/distribution.hpp"
#include "base/draws.hpp"
#include "fit/calibration.hpp"
#include "fit/convergence.hpp"
#include "fit/elliptical.hpp"
#include "fit/surrogate.hpp"
#include "standard_normals.hpp"

// Sampling and surrogates against what is known. Comparisons are with five standard errors (false-alarm rate 6e-7 each)
// unless another number is given.
namespace interregnum {
namespace {

/// Twelve parameters, of which the data see three: a sum to .05, a difference to .5, one itself to 1.
constexpr Eigen::Index dimensions = 12;

struct GaussianCase {
  Eigen::MatrixXd seen = Eigen::MatrixXd::Zero(3, dimensions);
  Eigen::Vector3d measured{1.2, -0.7, 0.5}, error{0.05, 0.5, 1.0};

  GaussianCase() {
    seen(0, 0) = seen(0, 1) = 1.0;
    seen(1, 0) = 1.0;
    seen(1, 2) = -1.0;
    seen(2, 5) = 1.0;
  }
  double operator()(const Eigen::VectorXd& z) const {
    return -0.5 * ((seen * z - measured).array() / error.array()).square().sum();
  }
  Eigen::MatrixXd covariance() const {
    const Eigen::MatrixXd precision = Eigen::MatrixXd::Identity(dimensions, dimensions) +
                                      seen.transpose() * error.cwiseAbs2().cwiseInverse().asDiagonal() * seen;
    return precision.inverse();
  }
  Eigen::VectorXd mean() const {
    return covariance() * seen.transpose() * error.cwiseAbs2().cwiseInverse().asDiagonal() * measured;
  }
};

ChainSettings chains_of(int kept, int thin) {
  ChainSettings settings;
  settings.seed = 11;
  settings.warmup = 2000;
  settings.kept = kept;
  settings.thin = thin;
  return settings;
}

/// One quantity of every draw: draws by chains.
template <class Quantity>
Eigen::MatrixXd of_draws(const std::vector<Chain>& chains, const Quantity& quantity) {
  Eigen::MatrixXd values(chains.front().draws.rows(), static_cast<Eigen::Index>(chains.size()));
  for (std::size_t chain = 0; chain < chains.size(); ++chain) {
    for (Eigen::Index draw = 0; draw < values.rows(); ++draw)
      values(draw, static_cast<Eigen::Index>(chain)) = quantity(Eigen::VectorXd(chains[chain].draws.row(draw)));
  }
  return values;
}

/// Mean and variance of a quantity against those of a normal distribution; the standard errors are those of as many
/// independent draws as its effective sample size, less a fifth since that is an estimate itself.
void expect_normal(const Eigen::MatrixXd& values, double mean, double variance, const std::string& what) {
  const double size = 0.8 * effective_sample_size(values);
  const double of_squares = 0.8 * effective_sample_size((values.array() - mean).square());
  ASSERT_GT(size, 400.0) << what;
  EXPECT_NEAR(values.mean(), mean, 5.0 * std::sqrt(variance / size)) << what;
  EXPECT_NEAR((values.array() - mean).square().mean(), variance, 5.0 * variance * std::sqrt(2.0 / of_squares)) << what;
  EXPECT_LT(r_hat(values), 1.02) << what;
}

TEST(SamplePosterior, HasMeanAndCovarianceOfAGaussianOne) {
  const GaussianCase gaussian;
  const std::vector<Chain> chains = sample_posterior(gaussian, dimensions, chains_of(2000, 4), 0);
  const Eigen::VectorXd mean = gaussian.mean();
  const Eigen::MatrixXd covariance = gaussian.covariance();
  ASSERT_LT(covariance.diagonal().minCoeff(), 0.6);  // the data do say something
  for (Eigen::Index k = 0; k < dimensions; ++k) {
    expect_normal(of_draws(chains, [k](const Eigen::VectorXd& z) { return z(k); }), mean(k), covariance(k, k),
                  "parameter " + std::to_string(k));
  }
  // What is seen best, along which the posterior is twenty-eight times narrower than the prior.
  const Eigen::VectorXd sum = gaussian.seen.row(0);
  expect_normal(of_draws(chains, [&](const Eigen::VectorXd& z) { return sum.dot(z); }), sum.dot(mean),
                sum.dot(covariance * sum), "the sum");
  for (const Chain& chain : chains) {
    EXPECT_GT(chain.evaluations, 1.0);
    // The likelihood that is kept is that of the draw, whatever distribution took the prior's place.
    for (Eigen::Index draw = 0; draw < 10; ++draw)
      EXPECT_NEAR(chain.log_likelihood(draw), gaussian(chain.draws.row(draw)), 1e-6);
  }
}

// Begun from chains of a posterior that is near, as that of a year before is: with four fifths of the data, and its
// mean nearly a standard deviation away along what is seen best.
TEST(ContinuePosterior, HasMeanAndCovarianceOfItsOwnPosterior) {
  const GaussianCase gaussian;
  const Eigen::VectorXd away = Eigen::VectorXd::Constant(dimensions, 0.02);
  const LogLikelihood earlier = [&](const Eigen::VectorXd& z) { return 0.8 * gaussian(z + away); };
  ChainSettings settings = chains_of(2000, 4);
  const std::vector<Chain> begun = sample_posterior(earlier, dimensions, chains_of(200, 4), 0);
  settings.warmup = 250;
  const std::vector<Chain> chains = continue_posterior(gaussian, begun, settings, 0);
  const Eigen::VectorXd mean = gaussian.mean();
  const Eigen::MatrixXd covariance = gaussian.covariance();
  for (Eigen::Index k = 0; k < dimensions; ++k) {
    expect_normal(of_draws(chains, [k](const Eigen::VectorXd& z) { return z(k); }), mean(k), covariance(k, k),
                  "parameter " + std::to_string(k));
  }
}

TEST(SamplePosterior, HasTheSharesOfASkewedOne) {
  // Skewed, and with a step: nothing normal about it.
  const LogLikelihood skewed = [](const Eigen::VectorXd& z) {
    return -std::exp(2.0 * z(0)) + 3.0 * z(0) + (z(0) < 0.2 ? 0.0 : -1.5);
  };
  const std::vector<Chain> chains = sample_posterior(skewed, 1, chains_of(4000, 4), 0);
  constexpr double step = 1e-4;
  for (const double limit : {-0.8, -0.2, 0.2}) {
    double below = 0.0;
    double all = 0.0;
    for (double z = -8.0 + 0.5 * step; z < 8.0; z += step) {
      const double density = std::exp(skewed(Eigen::VectorXd::Constant(1, z)) - 0.5 * z * z);
      all += density;
      below += z < limit ? density : 0.0;
    }
    const double share = below / all;
    ASSERT_GT(share, 0.02);
    ASSERT_LT(share, 0.98);
    const Eigen::MatrixXd hits =
        of_draws(chains, [limit](const Eigen::VectorXd& z) { return z(0) < limit ? 1.0 : 0.0; });
    const double size = 0.8 * effective_sample_size(hits);
    EXPECT_NEAR(hits.mean(), share, 5.0 * std::sqrt(share * (1.0 - share) / size)) << limit;
  }
}

TEST(SamplePosterior, GivesTheSameBytesForAnyNumberOfThreads) {
  const GaussianCase gaussian;
  const std::vector<Chain> one = sample_posterior(gaussian, dimensions, chains_of(50, 1), 1);
  const std::vector<Chain> four = sample_posterior(gaussian, dimensions, chains_of(50, 1), 4);
  for (std::size_t chain = 0; chain < one.size(); ++chain) {
    EXPECT_EQ(one[chain].draws, four[chain].draws);
    EXPECT_EQ(one[chain].log_likelihood, four[chain].log_likelihood);
    if (chain > 0) {
      EXPECT_NE(one[chain].draws, one[0].draws);
    }
  }
}

/// A bank of made-up answers to three questions: log odds of attempt a are `a/2 + z0 + .4 (z1² - 1)/√2 + shift of the
/// draw`. The first two share their shifts, the third has its own.
constexpr Eigen::Index bank_draws = 4000;
constexpr std::size_t bank_attempts = 40;

Eigen::VectorXd true_log_odds(const Eigen::VectorXd& z) {
  const double common = z(0) + 0.4 * (z(1) * z(1) - 1.0) / std::sqrt(2.0);
  return Eigen::VectorXd::LinSpaced(bank_attempts, -1.0, 1.0).array() + common;
}

Bank made_up_bank(double shift, Eigen::Index parameters) {
  Bank bank;
  bank.z.resize(bank_draws, parameters);
  bank.answers.assign(bank_attempts, std::vector<Answers>(bank_draws));
  for (Eigen::Index draw = 0; draw < bank_draws; ++draw) {
    const Draws draws(3, 0, static_cast<std::uint64_t>(draw));
    bank.z.row(draw) = standard_normals(draws, parameters).transpose();
    const Eigen::VectorXd odds = true_log_odds(bank.z.row(draw));
    for (const std::size_t question : {0U, 1U, 2U}) {
      const double moved =
          shift * normal_quantile(draws.uniform(DrawPurpose::parameter, question == 2 ? 1001U : 1000U));
      for (std::size_t attempt = 0; attempt < bank_attempts; ++attempt) {
        const double u = draws.uniform(DrawPurpose::simulated_record, attempt, question);
        const double chance = 1.0 / (1.0 + std::exp(-odds(static_cast<Eigen::Index>(attempt)) - moved));
        bank.answers[attempt][static_cast<std::size_t>(draw)].answer(question, u < chance);
      }
    }
  }
  return bank;
}

/// Root of the mean squared difference from the true log odds, over draws that the bank does not hold.
double error_of(const Surrogate& surrogate, Eigen::Index parameters) {
  double sum = 0.0;
  constexpr std::uint64_t places = 500;
  for (std::uint64_t place = 0; place < places; ++place) {
    const Eigen::VectorXd z = standard_normals(Draws(4, 0, place), parameters);
    sum += (surrogate.log_odds(z) - true_log_odds(z)).squaredNorm() / bank_attempts;
  }
  return std::sqrt(sum / places);
}

TEST(Surrogate, FindsLogOddsAgainAndLeavesNoiseOut) {
  constexpr Eigen::Index parameters = 20;
  const Surrogates surrogates = learn(made_up_bank(0.0, parameters), 0, 1, false, 0);
  const Surrogate& surrogate = surrogates.each[0];
  // A constant of each attempt is known from 4,000 answers to about .04.
  EXPECT_LT(error_of(surrogate, parameters), 0.1);
  EXPECT_LT(surrogates.missed(0, 0), 0.1);
  EXPECT_TRUE(surrogate.depends_on(0));
  EXPECT_TRUE(surrogate.depends_on(1));
  int noise = 0;
  for (Eigen::Index k = 2; k < parameters; ++k) noise += surrogate.depends_on(k) ? 1 : 0;
  // Of 36 terms that are noise each is kept with probability .0027: more than two in 1.4e-4 of banks.
  EXPECT_LE(noise, 2);
}

TEST(Surrogate, LearnsOwnTermsThatDoNotDiffer) {
  // Forty-four own terms of each attempt would be known no better than its constant, and make .25 together, were it not
  // learnt that they do not differ.
  constexpr Eigen::Index parameters = 8;
  const Surrogates surrogates = learn(made_up_bank(0.0, parameters), 0, 1, true, 0);
  EXPECT_LT(error_of(surrogates.each[0], parameters), 0.1);
  EXPECT_LT(surrogates.missed(0, 0), 0.1);
}

TEST(Surrogate, HasNoOwnTermsWhereNothingMatters) {
  // Every other attempt is said not to depend on the second parameter: there it has the mean of what that one does.
  constexpr Eigen::Index parameters = 2;
  Bank bank = made_up_bank(0.0, parameters);
  bank.matters = Eigen::MatrixXd::Ones(bank_attempts, parameters);
  for (Eigen::Index attempt = 0; attempt < bank.matters.rows(); attempt += 2) bank.matters(attempt, 1) = 0.0;
  const Surrogate surrogate(bank, 0, true, 0);
  const Eigen::VectorXd moved =
      surrogate.log_odds(Eigen::Vector2d(0.3, 2.0)) - surrogate.log_odds(Eigen::Vector2d(0.3, 0.0));
  for (Eigen::Index attempt = 0; attempt < moved.size(); ++attempt) {
    if (attempt % 2 == 0) {
      EXPECT_NEAR(moved(attempt), 0.0, 1e-3);
    } else {
      // Twice the square's slope, (4 - 0) / √2 of it; five standard errors of .07.
      EXPECT_NEAR(moved(attempt), 0.4 * 4.0 / std::sqrt(2.0), 0.35);
    }
  }
}

TEST(Surrogate, KnowsWhatItMissesAndLeavesNoiseOutAllTheSame) {
  const Bank bank = made_up_bank(0.3, 20);
  const Surrogates surrogates = learn(bank, 0, 3, false, 0);
  // Of 4,000 draws with forty answers each, standard deviations are known to about .01; the rest is for the curve of
  // the logistic function, which moments take for a line.
  const Eigen::MatrixXd covariance = surrogates.missed * surrogates.missed.transpose();
  for (Eigen::Index question = 0; question < 3; ++question)
    EXPECT_NEAR(std::sqrt(covariance(question, question)), 0.3, 0.08);
  // All of what the first two miss is the same, nothing of what the third does; correlations are known to about .05.
  EXPECT_GT(covariance(0, 1), 0.75 * covariance(0, 0));
  EXPECT_LT(std::abs(covariance(0, 2)), 0.25 * covariance(0, 0));
  int noise = 0;
  for (Eigen::Index k = 2; k < 20; ++k) noise += surrogates.each[0].depends_on(k) ? 1 : 0;
  EXPECT_LE(noise, 2);
}

TEST(Surrogate, IsCentredOnWhatItMisses) {
  constexpr Eigen::Index parameters = 2;
  const Surrogates surrogates = learn(made_up_bank(0.8, parameters), 0, 3, false, 0);
  const Eigen::VectorXd middle = Eigen::VectorXd::Zero(parameters), none = Eigen::VectorXd::Zero(3);
  // Averages over what is missed lie nearer to even odds than the middle does: how far so, at both ends of the
  // attempts.
  const auto nearer = [&](const Eigen::VectorXd& odds) {
    const Eigen::VectorXd off = odds - true_log_odds(middle);
    return 0.5 * (off.head(10).mean() - off.tail(10).mean());
  };
  const double average = nearer(surrogates.each[0].log_odds(middle));
  const double centred = nearer(surrogates.log_odds(0, middle, {}, none));
  // By .07, with a standard error of .01; the second order leaves about a seventh of it. Fails by chance in 1e-3.
  EXPECT_GT(average, 0.04);
  EXPECT_LT(std::abs(centred), 0.6 * average);
  const Eigen::VectorXd shifts{{0.5, 0.0, 0.0}};
  EXPECT_NEAR((surrogates.log_odds(0, middle, {}, shifts) - surrogates.log_odds(0, middle, {}, none)).maxCoeff(), 0.5,
              1e-12);
}

TEST(Surrogate, QuadraticHasItsTermsInOrder) {
  Eigen::VectorXd z{{2.0, -1.0, 0.5}};
  const Eigen::VectorXd terms = quadratic_at(z);
  const double root = std::sqrt(2.0);
  const Eigen::VectorXd expected{{1, 2, -1, .5, 3 / root, 0, -.75 / root, -2, 1, -.5}};
  EXPECT_LT((terms - expected).cwiseAbs().maxCoeff(), 1e-12);
}

TEST(Surrogate, IsNoNumberWhereNoFutureWasAsked) {
  Bank bank = made_up_bank(0.0, 4);
  bank.answers[2].assign(bank_draws, Answers{});
  const Surrogate surrogate(bank, 0, false, 0);
  const Eigen::VectorXd odds = surrogate.log_odds(Eigen::VectorXd::Zero(4));
  EXPECT_TRUE(std::isnan(odds(2)));
  EXPECT_TRUE(std::isfinite(odds(1)));
}

/// Ranks as they are if the fit is right, and if its draws are too narrow by a factor.
std::vector<RankedParameter> ranked(double narrower, int parameters, std::uint64_t seed) {
  std::vector<RankedParameter> list(static_cast<std::size_t>(parameters));
  for (std::size_t k = 0; k < list.size(); ++k) {
    for (std::uint64_t record = 0; record < 128; ++record) {
      const double u = Draws(seed, k, record).uniform(DrawPurpose::simulated_record, 1);
      const double level = 0.5 * std::erfc(-normal_quantile(u) / narrower / std::sqrt(2.0));
      list[k].ranks.push_back(std::min(Calibration::draws, static_cast<int>(level * (Calibration::draws + 1))));
    }
  }
  return list;
}

TEST(Calibration, CallsEvenRanksUnevenAsOftenAsItSays) {
  constexpr int trials = 400;
  int alarms = 0;
  for (int trial = 0; trial < trials; ++trial) {
    std::vector<RankedParameter> parameters = ranked(1.0, 20, static_cast<std::uint64_t>(trial));
    test_ranks(parameters);
    EXPECT_EQ(parameters[0].counts.size(), 16U);
    alarms +=
        std::any_of(parameters.begin(), parameters.end(), [](const RankedParameter& one) { return one.rejected; });
  }
  // At most .05, but that the chi-square is an approximation with eight expected in a bin: .06 at most. Five standard
  // errors of a share of 400.
  EXPECT_LT(alarms, trials * 0.06 + 5.0 * std::sqrt(trials * 0.06 * 0.94));
}

TEST(Calibration, SeesDrawsThatAreTooNarrow) {
  std::vector<RankedParameter> parameters = ranked(0.5, 20, 1);
  test_ranks(parameters);
  // The first and last bins expect 22 each in place of 8: p is about 1e-8, and passes Holm's .0025 in all but 1e-4 of
  // trials.
  for (const RankedParameter& parameter : parameters) EXPECT_TRUE(parameter.rejected) << parameter.p_value;
}

}  // namespace
}  // namespace interregnum
