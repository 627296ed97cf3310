// What forecasts forward in time are made of and set beside.
#include "scoring/forward.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/dates.hpp"
#include "base/distribution.hpp"
#include "base/draws.hpp"
#include "base/math.hpp"
#include "fit/logistic.hpp"
#include "scoring/by_country.hpp"
#include "scoring/simple_forecasts.hpp"
#include "scoring/stacking.hpp"
#include "scoring/walked_logistic.hpp"

namespace interregnum {
namespace {

TEST(Stacking, BeginsHalfAndHalfAndLearnsWhichKnowsMore) {
  Stacking stacking(0.001);
  EXPECT_NEAR(stacking.weight(), 0.5, 1e-12);
  EXPECT_NEAR(stacking.stacked(0.9, 0.1), 0.5, 1e-12);
  EXPECT_NEAR(stacking.stacked(0.3, 0.3), 0.3, 1e-12);
  // Of two forecasts that say the same nothing can be learnt.
  stacking.learn(0.7, 0.7, true);
  EXPECT_NEAR(stacking.weight(), 0.5, 1e-12);
  for (int number = 0; number < 40; ++number) stacking.learn(number % 2 == 0 ? 0.8 : 0.2, 0.5, number % 2 == 0);
  EXPECT_GT(stacking.weight(), 0.6);
  Stacking other(0.001);
  for (int number = 0; number < 40; ++number) other.learn(0.5, number % 2 == 0 ? 0.8 : 0.2, number % 2 == 0);
  EXPECT_NEAR(other.weight(), 1.0 - stacking.weight(), 1e-9);
  // A chance of 0 is no certainty.
  EXPECT_TRUE(std::isfinite(stacking.stacked(0.0, 1.0)));
}

TEST(WalkedLogistic, OfOneYearIsALogisticRegressionWithAConstant) {
  const Eigen::MatrixXd design{{1, -1.0}, {1, 0.0}, {1, 0.5}, {1, 2.0}};
  const Eigen::VectorXd yes{{30, 45, 60, 85}}, trials{{100, 100, 100, 100}};
  const WalkedLogistic walked(design, yes, trials, {0, 0, 0, 0}, 0.01);
  const LogisticFit plain =
      fit_logistic({design, yes, trials}, Eigen::VectorXd::Zero(2), Eigen::VectorXd::Constant(2, 0.01));
  for (Eigen::Index row = 0; row < 4; ++row)
    EXPECT_NEAR(walked.chance_in(design.row(row), 0), logistic(design.row(row).dot(plain.coefficients)), 0.01);
  // Later the same is less sure: nearer to a half.
  EXPECT_LT(walked.chance(design.row(3), 30), walked.chance(design.row(3), 1));
  EXPECT_GT(walked.chance(design.row(0), 30), walked.chance(design.row(0), 1));
}

// The rate falls from .6 to .2 over thirty years; the last years count more than the first.
TEST(WalkedLogistic, FollowsARateThatFalls) {
  constexpr int years = 30, trials = 20;
  Eigen::MatrixXd design = Eigen::MatrixXd::Ones(years, 1);
  Eigen::VectorXd yes(years);
  std::vector<int> of_rows;
  for (int year = 0; year < years; ++year) {
    yes(year) = std::round(trials * (0.6 - 0.4 * year / (years - 1.0)));
    of_rows.push_back(year);
  }
  const WalkedLogistic walked(design, yes, Eigen::VectorXd::Constant(years, trials), of_rows, 0.01);
  EXPECT_NEAR(walked.chance(design.row(0), 1), 0.21, 0.04);
  EXPECT_NEAR(walked.chance_in(design.row(0), 0), 0.57, 0.06);
  // Rows without trials say nothing, whatever their year.
  Eigen::VectorXd none = Eigen::VectorXd::Constant(years, trials);
  none.tail(5).setZero();
  const WalkedLogistic shorter(design, yes, none, of_rows, 0.01);
  EXPECT_GT(shorter.chance(design.row(0), 1), walked.chance(design.row(0), 1));
}

Attempt attempt_in(int year, int number, bool succeeded) {
  Attempt attempt;
  attempt.country_code = 400 + number;
  attempt.date = std::chrono::sys_days(std::chrono::year(year) / 6 / 1);
  attempt.cam_rank = number % 3 == 0 ? "" : (number % 2 == 0 ? "elite" : "combat");
  attempt.succeeded = succeeded;
  return attempt;
}

TEST(WalkedForecasts, KnowTheLevelOfTheYearsBeforeAndNothingLater) {
  std::vector<Attempt> attempts;
  for (int year = 1960; year < 1990; ++year) {
    for (int number = 0; number < 6; ++number)
      attempts.push_back(attempt_in(year, number, year < 1975 ? number < 5 : number < 1));
  }
  std::vector<bool> train;
  for (const Attempt& attempt : attempts) train.push_back(year_of(attempt.date) < 1989);
  const std::vector<Forecasts> plain = simple_forecasts(attempts, train);
  std::vector<Forecasts> walked = walked_forecasts(attempts, train);
  ASSERT_EQ(walked.size(), 4U);
  for (const Forecasts& of : walked) {
    EXPECT_TRUE(std::isnan(of.p.front())) << of.name;
    EXPECT_LT(of.p.back(), 0.35) << of.name;
  }
  EXPECT_GT(plain.front().p.back(), 0.45);
  // Outcomes of the year that is forecast change nothing.
  for (Attempt& attempt : attempts) attempt.succeeded = attempt.succeeded != (year_of(attempt.date) == 1989);
  const std::vector<Forecasts> again = walked_forecasts(attempts, train);
  for (std::size_t way = 0; way < walked.size(); ++way) EXPECT_EQ(again[way].p.back(), walked[way].p.back());
}

TEST(ByCountry, DrawsWholeCountries) {
  ByCountry alike, apart;
  for (int number = 0; number < 60; ++number) {
    const double value = number % 2 == 0 ? 1.0 : -1.0;
    alike.add(number % 2, value);  // two countries of thirty, each with one value
    apart.add(number, value);
  }
  EXPECT_NEAR(alike.mean(1).value, 0.0, 1e-12);
  EXPECT_GT(alike.mean(1).high - alike.mean(1).low, 2.0 * (apart.mean(1).high - apart.mean(1).low));
  ByCountry unknown;
  unknown.add(1, std::nan(""));
  EXPECT_TRUE(std::isnan(unknown.mean(1).value));
}

// Three countries with an attempt every other year from 1972 on, which succeed in turns.
Record three_countries(int turned_year = 0) {
  Record record;
  record.until = std::chrono::sys_days(std::chrono::year(1980) / 12 / 31);
  std::vector<SovereignState> states;
  for (const int code : {432, 437, 452}) {
    SovereignState state;
    state.code = code;
    StatePeriod& period = state.periods.emplace_back();
    period.from = std::chrono::sys_days(std::chrono::year(1946) / 1 / 1);
    period.to = still_exists;
    period.gw_code = code;
    period.name = "Country " + std::to_string(code);
    states.push_back(state);
    for (int year = 1969; year <= 1980; ++year) {
      CountryMonth facts;
      facts.country_code = code;
      facts.month = std::chrono::year(year) / 12;
      facts.polyarchy = 0.3;
      facts.military_regime = 0.0;
      facts.leader_months = 24;
      facts.log_gdp_per_head = 0.5;
      record.months[code].push_back(facts);
      if (year < 1972 || (year + code) % 2 != 0) continue;
      Attempt attempt;
      static_cast<Facts&>(attempt) = facts;
      attempt.country_code = code;
      attempt.date = std::chrono::sys_days(std::chrono::year(year) / 5 / 10);
      attempt.id = std::to_string(code) + "-" + to_text(attempt.date);
      attempt.cam_rank = year % 4 < 2 ? "elite" : "combat";
      attempt.succeeded = (year % 4 < 2) != (year == turned_year);
      record.attempts.push_back(attempt);
    }
  }
  record.states = States(std::move(states));
  add_intervals(record.attempts);
  return record;
}

ForwardScores forward_of(const Record& record, int threads = 0) {
  ForwardSettings settings;
  settings.fit.seizure_draws = 64;
  settings.fit.kept = 10;
  settings.fit.threads = settings.forecasts.threads = threads;
  settings.forecasts.replicates = 32;
  settings.first_year = 1978;
  settings.cold_years = {1979};
  return score_forward(record, settings, {}, {});
}

TEST(Forward, AYearKnowsNothingOfItsOwnOutcomesNorOfLaterOnes) {
  const ForwardScores scores = forward_of(three_countries());
  ASSERT_TRUE(scores.complete);
  ASSERT_EQ(scores.years.size(), 3U);
  ASSERT_EQ(scores.each.size(), 5U);  // two countries in even years, one in odd ones
  EXPECT_EQ(scores.success_models.size(), 11U);
  EXPECT_NEAR(scores.years[0].weight_success, 0.5, 1e-12);
  for (const ForwardForecast& forecast : scores.each) {
    ASSERT_EQ(forecast.p.size(), scores.success_models.size());
    for (const double p : forecast.p) {
      EXPECT_GE(p, 0.0);
      EXPECT_LE(p, 1.0);
    }
  }
  const auto expect_same = [](const ForwardForecast& one, const ForwardForecast& other) {
    EXPECT_EQ(one.attempt, other.attempt);
    EXPECT_EQ(one.p, other.p);
  };
  const ForwardScores turned = forward_of(three_countries(1980));
  std::size_t outcomes_turned = 0;
  for (std::size_t number = 0; number < scores.each.size(); ++number) {
    expect_same(scores.each[number], turned.each[number]);
    outcomes_turned += scores.each[number].succeeded != turned.each[number].succeeded ? 1 : 0;
  }
  EXPECT_GT(outcomes_turned, 0U);
  // What an earlier year brought is known.
  EXPECT_NE(forward_of(three_countries(1979)).each.back().p, scores.each.back().p);
  ASSERT_EQ(scores.checks.size(), 1U);
  EXPECT_LE(std::abs(scores.checks[0].mean_difference), scores.checks[0].largest_difference + 1e-12);
}

TEST(Forward, IsTheSameForAnyNumberOfThreads) {
  const ForwardScores one = forward_of(three_countries(), 1), four = forward_of(three_countries(), 4);
  for (std::size_t number = 0; number < one.each.size(); ++number) EXPECT_EQ(one.each[number].p, four.each[number].p);
  for (std::size_t year = 0; year < one.years.size(); ++year) {
    EXPECT_EQ(one.years[year].expected_attempt_months.p, four.years[year].expected_attempt_months.p);
    EXPECT_EQ(one.years[year].weight_onset, four.years[year].weight_onset);
  }
}

}  // namespace
}  // namespace interregnum
