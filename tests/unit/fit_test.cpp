#include "fit/fit.hpp"

#include <gtest/gtest.h>

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>
#include <set>

#include "analysis/thin_country.hpp"
#include "base/dates.hpp"
#include "base/distribution.hpp"
#include "fit/convergence.hpp"
#include "fit/likelihoods.hpp"
#include "fit/logistic.hpp"
#include "fit/onset_likelihood.hpp"

namespace interregnum {
namespace {

std::chrono::sys_days day(const std::string& text) { return parse_date(text).value(); }

// A quadratic in nine places, with two rows that have no trials. References: statsmodels 0.14, GLM with family
// Binomial (offset as below); with a prior, Newton's method in numpy until nothing changed.
struct Regression {
  Eigen::MatrixXd design = Eigen::MatrixXd::Ones(11, 3);
  Eigen::VectorXd successes{{1, 2, 2, 5, 4, 8, 9, 8, 7, 0, 0}};
  Eigen::VectorXd trials{{10, 9, 8, 12, 9, 11, 10, 9, 7, 0, 0}};
  Eigen::VectorXd offset{{.1, -.2, .3, 0, .2, -.1, .4, -.3, .05, 9, -9}};

  Regression() {
    const Eigen::VectorXd x{{-2, -1.5, -1, -.5, 0, .5, 1, 1.5, 2, 40, -40}};
    design.col(1) = x;
    design.col(2) = (x.array().square() - 3.0) / 2.0;
  }
};

void expect_fit(const LogisticFit& fit, const Eigen::Vector3d& coefficients, const Eigen::Vector3d& errors) {
  for (Eigen::Index k = 0; k < 3; ++k) {
    // The search ends where the objective stands still to eight digits, the coefficients to about five.
    EXPECT_NEAR(fit.coefficients(k), coefficients(k), 2e-5) << k;
    EXPECT_NEAR(fit.standard_errors(k), errors(k), 2e-3 * errors(k)) << k;
  }
}

TEST(Logistic, IsThatOfStatsmodelsWhateverRowsWithoutTrialsSay) {
  const Regression data;
  const Eigen::VectorXd flat = Eigen::VectorXd::Zero(3);
  expect_fit(fit_logistic({data.design, data.successes, data.trials}, flat, flat),
             {0.7247293671349206, 1.4126380658779443, 0.3750645557539126},
             {0.6165083802655704, 0.31972720104843805, 0.5079326880701576});
  expect_fit(fit_logistic({data.design, data.successes, data.trials, &data.offset}, flat, flat),
             {0.7260493154935551, 1.4336742297992908, 0.43421684587885306},
             {0.6084579421286228, 0.3186857019895923, 0.5000699362913038});
}

TEST(Logistic, DrawsCoefficientsTowardsTheCentreOfTheirPriors) {
  const Regression data;
  const Eigen::VectorXd centre{{.2, -.1, .5}}, precision{{0, 4, 25}};
  expect_fit(fit_logistic({data.design, data.successes, data.trials, &data.offset}, centre, precision),
             {0.6469527031155332, 1.1061467859462546, 0.4460632972656545},
             {0.3142097435737217, 0.2208178107119473, 0.18011227118514872});
  const LogisticFit held =
      fit_logistic({data.design, data.successes, data.trials}, centre, Eigen::VectorXd::Constant(3, 1e12));
  EXPECT_LT((held.coefficients - centre).cwiseAbs().maxCoeff(), 1e-6);
}

TEST(Logistic, StaysFiniteWhereAllSucceedUnderAPrior) {
  const Regression data;
  const LogisticFit fit = fit_logistic({data.design, data.trials, data.trials}, Eigen::VectorXd::Zero(3),
                                       Eigen::VectorXd::Constant(3, 0.25));
  EXPECT_TRUE(fit.coefficients.allFinite());
  EXPECT_GT(fit.coefficients(0), 0.5);
  EXPECT_NEAR(log1p_exp(800.0), 800.0, 1e-9);
  EXPECT_NEAR(log1p_exp(-800.0), 0.0, 1e-300);
}

/// Chains whose steps are the numbers of a linear congruential generator less a half: `v = rho v + u`, each chain
/// moved by `shift`. Written so that the same are made in Python.
Eigen::MatrixXd chains_like(Eigen::Index rows, Eigen::Index columns, double rho, double shift, std::uint64_t seed) {
  Eigen::MatrixXd draws(rows, columns);
  for (Eigen::Index column = 0; column < columns; ++column) {
    double value = 0;
    for (Eigen::Index row = 0; row < rows; ++row) {
      seed = (1103515245ULL * seed + 12345ULL) % (1ULL << 31U);
      value = rho * value + static_cast<double>(seed) / static_cast<double>(1ULL << 31U) - 0.5;
      draws(row, column) = value + shift * static_cast<double>(column);
    }
  }
  return draws;
}

// References: ArviZ 0.x, arviz.rhat(draws.T, method="rank") and arviz.ess(draws.T, method="bulk").
TEST(Convergence, IsThatOfArviZ) {
  struct Reference {
    Eigen::MatrixXd draws;
    double r_hat, sample_size;
  };
  const std::vector<Reference> references{
      {chains_like(50, 4, 0.0, 0.0, 1), 1.0022231885033823, 173.78312486643634},
      {chains_like(200, 4, 0.9, 0.0, 2), 1.0861654799263307, 56.38411277137082},
      {chains_like(101, 3, 0.3, 0.2, 3), 1.2224709301732284, 10.857283812956926},  // an odd number, and apart
      {chains_like(120, 2, -0.7, 0.0, 4), 1.0006928545645823, 571.2506980107854},  // each undoes the last
      {(4.0 * chains_like(60, 4, 0.5, 0.0, 5)).array().floor(), 1.018263598422757, 105.56201702296434}};  // ties
  for (const Reference& reference : references) {
    EXPECT_NEAR(r_hat(reference.draws), reference.r_hat, 1e-6);
    EXPECT_NEAR(effective_sample_size(reference.draws), reference.sample_size, 1e-6 * reference.sample_size);
  }
}

TEST(Convergence, HasNothingToSayOfWhatDoesNotVary) {
  EXPECT_TRUE(std::isnan(r_hat(Eigen::MatrixXd::Ones(50, 4))));
  EXPECT_TRUE(std::isnan(effective_sample_size(Eigen::MatrixXd::Ones(50, 4))));
}

TEST(FreeParameters, LevelIsTheInverseOfQuantileForEveryParameter) {
  for (const ParameterEntry& entry : parameter_list()) {
    for (const double level : {0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.999}) {
      const double value = prior_quantile(entry, level);
      EXPECT_LE(entry.low, value) << entry.key;
      EXPECT_GE(entry.high, value) << entry.key;
      // Where a bound is reached, many levels share a value.
      if (value > entry.low && value < entry.high) {
        EXPECT_NEAR(prior_level(entry, value), level, 1e-9) << entry.key;
      }
    }
  }
}

TEST(FreeParameters, GoIntoThetaAndNothingElseDoes) {
  const FreeParameters free = seizure_parameters_free();
  const Eigen::VectorXd z = free.draw_prior(7, 3);
  EXPECT_EQ(z, free.draw_prior(7, 3));
  EXPECT_NE(z, free.draw_prior(7, 4));
  Theta theta = default_theta();
  free.set(theta, z);
  Theta base = default_theta();
  for (const ParameterEntry& entry : parameter_list()) {
    const Eigen::Index position = free.find(entry.key);
    const double value = entry.value(theta);
    EXPECT_EQ(value, position < 0 ? entry.value(base) : free.value(position, z(position))) << entry.key;
    if (position >= 0) {
      EXPECT_NEAR(normal_quantile(prior_level(entry, value)), z(position), 1e-6) << entry.key;
    }
  }
  EXPECT_EQ(free.find("theta.none"), -1);
  EXPECT_TRUE(std::isfinite(free.value(0, 1e9)));
}

TEST(FreeParameters, NoneIsInTwoParts) {
  const FreeParameters all = all_parameters_free();
  std::set<std::string> keys;
  for (Eigen::Index position = 0; position < all.size(); ++position) keys.insert(all.entry(position).key);
  EXPECT_EQ(static_cast<Eigen::Index>(keys.size()), all.size());
  EXPECT_EQ(all.size(),
            after_parameters_free().size() + onset_parameters_free().size() + seizure_parameters_free().size());
  // A key that is misspelt would be left out without a word.
  EXPECT_EQ(seizure_parameters_free().size(), 15);
  EXPECT_EQ(onset_parameters_free().size(), 11);
}

Attempt attempt_on(const std::string& date, bool succeeded) {
  Attempt attempt;
  attempt.country_code = 432;
  attempt.date = day(date);
  attempt.id = "432-" + date;
  attempt.succeeded = succeeded;
  return attempt;
}

Record record_of(std::vector<Attempt> attempts) {
  Record record;
  record.until = day("2011-12-31");
  record.attempts = std::move(attempts);
  add_intervals(record.attempts);
  return record;
}

std::string text_of(const Answers& answers, Question first, std::size_t count = interval_ends.size()) {
  std::string text;
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t question = static_cast<std::size_t>(first) + k;
    text += !answers.asked.test(question) ? '.' : (answers.yes.test(question) ? 'y' : 'n');
  }
  return text;
}

std::string seizure(const Answers& answers) { return text_of(answers, Question::succeeded, seizure_questions); }
std::string further(const Answers& answers) { return text_of(answers, Question::further_30_days); }
std::string leader(const Answers& answers) { return text_of(answers, Question::leader_left_30_days); }

Attempt with_leader(Attempt attempt, const std::string& name, double days, bool open = false) {
  attempt.leader_before = "the old one";
  attempt.leader_after = name;
  attempt.leader_after_days = days;
  attempt.leader_after_censored = open ? 1.0 : 0.0;
  return attempt;
}

TEST(Answers, OfAnAttemptThatFailedAreAboutItselfOnly) {
  Record record = record_of({attempt_on("1970-01-01", false)});
  EXPECT_EQ(seizure(answers_of(record, record.attempts[0])), "n.....");
  record.attempts[0].csp_deaths = many_deaths + 1;
  EXPECT_EQ(seizure(answers_of(record, record.attempts[0])), "n.n.y.");
  record.attempts[0].csp_deaths = many_deaths;
  EXPECT_EQ(seizure(answers_of(record, record.attempts[0])), "n.n.n.");
  record.attempts[0].csp_deaths = 12;
  EXPECT_EQ(seizure(answers_of(record, record.attempts[0])), "n.n.n.");
  EXPECT_EQ(further(answers_of(record, record.attempts[0])), ".....");
  record.attempts[0].cdp_realized = 0;
  EXPECT_EQ(seizure(answers_of(record, record.attempts[0])), "n.n.nn");
  record.attempts[0].cdp_realized = 1;
  EXPECT_EQ(seizure(answers_of(record, record.attempts[0])), "n.n.ny");
  record.attempts[0].succeeded = true;
  record.attempts[0].csp_deaths = 0;
  EXPECT_EQ(seizure(answers_of(record, record.attempts[0])), "yy....");
}

TEST(Answers, ALeaderWhoLeftAndNoFurtherCoup) {
  const Record record = record_of({with_leader(attempt_on("1970-01-01", true), "he", 100)});
  const Answers answers = answers_of(record, record.attempts[0]);
  EXPECT_EQ(further(answers), "nnnnn");
  EXPECT_EQ(leader(answers), "nny..");
}

TEST(Answers, ALeaderOverthrownByACoupDidNotLeaveOtherwise) {
  // 200 days later; sources date the end of the spell a few days earlier.
  for (const double days : {200.0, 194.0}) {
    const Record record =
        record_of({with_leader(attempt_on("1970-01-01", true), "he", days), attempt_on("1970-07-20", true)});
    const Answers answers = answers_of(record, record.attempts[0]);
    EXPECT_EQ(further(answers), "nnny.");
    EXPECT_EQ(leader(answers), "nnn..");
  }
  // Eight days earlier he had left.
  const Record record =
      record_of({with_leader(attempt_on("1970-01-01", true), "he", 190), attempt_on("1970-07-20", true)});
  EXPECT_EQ(leader(answers_of(record, record.attempts[0])), "nnny.");
}

TEST(Answers, StopWhereTheRecordDoes) {
  // 200 days before its end: the interval to 365 days is not followed to its end, whatever happened in it.
  Record record = record_of({with_leader(attempt_on("2011-06-14", true), "he", 200, true)});
  EXPECT_EQ(further(answers_of(record, record.attempts[0])), "nnn..");
  EXPECT_EQ(leader(answers_of(record, record.attempts[0])), "nnn..");
  record = record_of({with_leader(attempt_on("2011-06-14", true), "he", 190), attempt_on("2011-12-25", true)});
  EXPECT_EQ(further(answers_of(record, record.attempts[0])), "nnn..");
  EXPECT_EQ(leader(answers_of(record, record.attempts[0])), "nnn..");
  // A spell that was lost sight of after 100 days.
  record = record_of({with_leader(attempt_on("1970-01-01", true), "he", 100, true)});
  EXPECT_EQ(leader(answers_of(record, record.attempts[0])), "nn...");
}

TEST(Answers, NoSpellThatDidNotBeginWithTheCoupOrEndedAtOnce) {
  Record record = record_of({with_leader(attempt_on("1970-01-01", true), "he", 7)});
  EXPECT_EQ(leader(answers_of(record, record.attempts[0])), ".....");
  EXPECT_TRUE(
      questions_known(record, record.attempts[0]).test(static_cast<std::size_t>(Question::leader_left_30_days)));
  // He ruled before.
  record = record_of({with_leader(attempt_on("1970-01-01", true), "the old one", 500)});
  EXPECT_EQ(leader(answers_of(record, record.attempts[0])), ".....");
  // He came with an earlier coup and is still there; had he left in between, it would be a new spell.
  for (const auto& [days, expected] : {std::pair{500.0, "....."}, std::pair{60.0, "nnny."}}) {
    record = record_of({with_leader(attempt_on("1970-01-01", true), "he", days),
                        with_leader(attempt_on("1970-04-01", true), "he", 300)});
    EXPECT_EQ(leader(answers_of(record, record.attempts[1])), expected);
  }
  EXPECT_FALSE(questions_known(record, attempt_on("1970-01-01", true))
                   .test(static_cast<std::size_t>(Question::leader_left_30_days)));
}

TEST(Answers, OfFuturesAreTheSame) {
  RunRecord run;
  run.outcome = Outcome::failed;
  run.deaths = 3;
  EXPECT_EQ(seizure(answers_of(run)), "n.n.nn");
  run.outcome = Outcome::reversed;
  EXPECT_EQ(seizure(answers_of(run)), "n.n.ny");
  run.outcome = Outcome::in_power;
  run.deaths = 0;
  run.taken_hour = 10;
  run.horizon_hour = 10 + 730 * 24;
  EXPECT_EQ(seizure(answers_of(run)), "yy....");
  EXPECT_EQ(further(answers_of(run)), "nnnnn");
  EXPECT_EQ(leader(answers_of(run)), "nnnnn");
  run.another_seizure_hour = 10 + 200 * 24;
  run.leader_exit_hour = run.another_seizure_hour;
  EXPECT_EQ(further(answers_of(run)), "nnny.");
  EXPECT_EQ(leader(answers_of(run)), "nnn..");
  run.leader_exit_hour = 10 + 31 * 24;
  EXPECT_EQ(leader(answers_of(run)), "ny...");
  run.leader_exit_hour = 10 + 6 * 24;
  EXPECT_EQ(leader(answers_of(run)), ".....");
  EXPECT_EQ(further(answers_of(run, 190)), "nnn..");
}

/// One country whose facts are known in December 1960 and 1961, with a success, and a failure that is followed by
/// another in the same month.
Record onset_record() {
  Record record =
      record_of({attempt_on("1961-05-10", true), attempt_on("1962-03-01", false), attempt_on("1962-03-20", false)});
  record.until = day("1962-12-31");
  for (const int year : {1960, 1961}) {
    CountryMonth facts;
    facts.country_code = 432;
    facts.month = std::chrono::year(year) / 12;
    facts.polyarchy = year == 1960 ? 0.6 : 0.3;
    facts.military_regime = 0.0;
    facts.leader_months = 24;
    facts.log_gdp_per_head = std::log(5.4);
    record.months[432].push_back(facts);
    facts.month = std::chrono::year(year + 1) / 6;  // known too late
    facts.polyarchy = 0.99;
    record.months[432].push_back(facts);
  }
  return record;
}

TEST(Onset, MonthsKnowTheYearBeforeAndWhatAttemptsChanged) {
  const Record record = onset_record();
  const std::vector<OnsetMonth> months = onset_months(record, 1951);
  ASSERT_EQ(months.size(), 24U);
  EXPECT_EQ(onset_months(record, 1962).size(), 12U);
  int attempts = 0;
  for (const OnsetMonth& month : months) attempts += month.attempted;
  EXPECT_EQ(attempts, 3);
  EXPECT_EQ(months[4].attempted, 1);
  EXPECT_EQ(months[14].attempted, 2);
  // The month of the success itself and those before know of nothing.
  for (std::size_t index = 0; index < 5; ++index) {
    EXPECT_EQ(months[index].conditions.polyarchy, 0.6);
    EXPECT_EQ(months[index].conditions.military_regime, 0.0);
    EXPECT_EQ(months[index].conditions.years_since_attempt, 100.0);
    EXPECT_NEAR(months[index].conditions.years_in_office, (25.0 + static_cast<double>(index)) / 12.0, 1e-12);
    EXPECT_NEAR(months[index].conditions.log_income, std::log(2.0), 1e-12);
  }
  // Then soldiers rule, since 22 days on the first of June.
  EXPECT_EQ(months[5].conditions.military_regime, 1.0);
  EXPECT_EQ(months[5].conditions.polyarchy, usual_polyarchy[0]);
  EXPECT_NEAR(months[5].conditions.years_in_office, 22.0 / 365.2425, 1e-9);
  EXPECT_TRUE(months[5].conditions.last_succeeded);
  // The next year's facts know of the success; a failure changes only the time since the last attempt.
  EXPECT_EQ(months[12].conditions.polyarchy, 0.3);
  EXPECT_EQ(months[15].conditions.polyarchy, 0.3);
  EXPECT_FALSE(months[15].conditions.last_succeeded);
  EXPECT_NEAR(months[15].conditions.years_since_attempt, 12.0 / 365.2425, 1e-9);
}

TEST(Onset, ACountrysEffectIsThatOfItsPastWithTheSameMeanAndVariance) {
  const Record record = onset_record();
  double expected = 0.0;
  for (const OnsetMonth& month : onset_months(record, 1951)) {
    if (month.month.year() == std::chrono::year(1961))
      expected += monthly_hazard(default_theta().onset, month.conditions);
  }
  // The months of 1962 end later, its attempts are not known.
  const CountryEffect effect = country_effect(record, 432, day("1962-01-01"), false);
  EXPECT_EQ(effect.attempts, 1);
  EXPECT_NEAR(effect.expected, expected, 1e-12);
  const auto mean = [](const CountryEffect& of) { return std::exp(of.log_mean + 0.5 * of.log_sd * of.log_sd); };
  const double inverse = 1.0 / 0.6;  // of the variance of effects
  EXPECT_NEAR(mean(effect), (inverse + 1.0) / (inverse + expected), 1e-12);
  EXPECT_NEAR(mean(effect) * mean(effect) * std::expm1(effect.log_sd * effect.log_sd),
              (inverse + 1.0) / std::pow(inverse + expected, 2), 1e-12);
  // That there is an attempt now says something too.
  EXPECT_EQ(country_effect(record, 432, day("1962-03-20"), true).attempts, 3);
  // Of a country without a past nothing is known but the distribution of effects.
  EXPECT_NEAR(mean(country_effect(record, 999, day("1962-01-01"), false)), 1.0, 1e-12);
}

TEST(Onset, LikelihoodIsThatOfTheCountryEffectIntegratedOut) {
  Record record = onset_record();
  record.attempts[0].cam_rank = "elite";
  // A second country, without attempts.
  for (CountryMonth facts : record.months[432]) {
    facts.country_code = 437;
    facts.log_gdp_per_head = std::log(1.0);
    record.months[437].push_back(facts);
  }
  const std::vector<OnsetMonth> months = onset_months(record, 1951);
  ASSERT_EQ(months.size(), 48U);
  const std::array<double, 3> evidence{0.25, 0.5, 3.0};
  const std::vector<std::array<double, 3>> ranks(3, evidence);
  OnsetTheta theta = default_theta().onset;
  theta.junior = -2.0;
  const std::array<double, 3> base{std::exp(theta.junior), std::exp(theta.middle), std::exp(theta.senior)};
  const double rank =
      (base[0] * evidence[0] + base[1] * evidence[1] + base[2] * evidence[2]) / (base[0] + base[1] + base[2]);
  for (const double variance : {0.2, 1.5}) {
    double expected = 3.0 * std::log(rank);
    for (const int country : {432, 437}) {
      // Over its logarithm: its density has no bound at zero.
      const auto at_effect = [&](double log_effect) {
        const double effect = std::exp(log_effect);
        double log_likelihood = 0.0;
        for (const OnsetMonth& month : months) {
          if (month.country_code != country) continue;
          const double hazard = effect * monthly_hazard(theta, month.conditions);
          log_likelihood += month.attempted * std::log(hazard) - hazard;
        }
        const double shape = 1.0 / variance;
        return std::exp(log_likelihood + shape * log_effect - effect * shape + shape * std::log(shape) -
                        std::lgamma(shape));
      };
      const double integral =
          boost::math::quadrature::gauss_kronrod<double, 61>::integrate(at_effect, -60.0, 6.0, 15, 1e-12);
      expected += std::log(integral);
    }
    const OnsetLikelihood likelihood(months, std::vector<bool>(months.size(), true), ranks);
    EXPECT_NEAR(likelihood.log_likelihood(theta, variance), expected, 1e-6);
  }
  // Ranks of the record itself: an elite officer led the one, of two nothing is known.
  const std::vector<bool> used(months.size(), true);
  const auto unknown = rank_evidence(record.attempts[1]);
  EXPECT_NE(rank_evidence(record.attempts[0]), unknown);
  const OnsetLikelihood itself(months, used, record);
  const OnsetLikelihood by_hand(months, used, {rank_evidence(record.attempts[0]), unknown, unknown});
  const OnsetLikelihood without(months, used, {unknown, unknown, unknown});
  EXPECT_EQ(itself.log_likelihood(theta, 0.5), by_hand.log_likelihood(theta, 0.5));
  EXPECT_NE(itself.log_likelihood(theta, 0.5), without.log_likelihood(theta, 0.5));
  // Months that do not count, and the ranks of those who led in them.
  std::vector<bool> none(months.size(), false);
  const OnsetLikelihood nothing(months, none, record);
  EXPECT_EQ(nothing.log_likelihood(theta, 0.5), 0.0);
}

TEST(Folds, HoldWholeCountriesAndTheRecordIsCutAtADay) {
  Record record = record_of({with_leader(attempt_on("1989-01-01", true), "he", 2000), attempt_on("1990-01-01", true)});
  record.attempts.push_back(record.attempts[0]);
  record.attempts.back().country_code = 500;
  const std::vector<std::vector<int>> folds = folds_of(record);
  ASSERT_EQ(folds.size(), 10U);
  EXPECT_EQ(folds[0], std::vector<int>{record.attempts[0].country_code});
  EXPECT_EQ(folds[1], std::vector<int>{500});
  EXPECT_TRUE(folds[2].empty());
  const Record early = record_until(record, day("1989-12-31"));
  ASSERT_EQ(early.attempts.size(), 2U);
  EXPECT_EQ(early.attempts[0].leader_after_days, 364.0);
  EXPECT_EQ(early.attempts[0].leader_after_censored, 1.0);
  EXPECT_FALSE(early.attempts[0].days_to_next_success.has_value());
}

}  // namespace
}  // namespace interregnum
