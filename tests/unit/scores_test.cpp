// Scores and what forecasts are set beside.

#include "scoring/scores.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "analysis/record_summary.hpp"
#include "base/extremes.hpp"
#include "record/success_shares.hpp"
#include "scoring/onset_scores.hpp"
#include "scoring/survival_scores.hpp"

namespace interregnum {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Attempt attempt_of(int country, const std::string& rank, bool succeeded) {
  Attempt attempt;
  attempt.country_code = country;
  attempt.date = std::chrono::year(1970) / 1 / 1;
  attempt.cam_rank = rank;
  attempt.succeeded = succeeded;
  attempt.log_gdp_per_head = 1.0;
  return attempt;
}

const std::vector<double>& forecasts_of(const std::vector<Forecasts>& list, const std::string& name) {
  for (const Forecasts& forecasts : list) {
    if (forecasts.name == name) return forecasts.p;
  }
  throw std::logic_error(name);
}

TEST(Extremes, HideNoValueThatIsNotANumber) {
  EXPECT_EQ(larger(1, 2), 2);
  EXPECT_EQ(smaller(1, 2), 1);
  for (const auto& [left, right] : {std::pair{nan, 1.0}, {1.0, nan}, {nan, nan}}) {
    EXPECT_TRUE(std::isnan(larger(left, right)));
    EXPECT_TRUE(std::isnan(smaller(left, right)));
  }
}

TEST(Scores, OfForecastsThatAreNotNumbersAreNotNumbers) {
  const std::vector<Forecast> forecasts{{0.2, false}, {nan, true}, {0.9, true}};
  EXPECT_TRUE(std::isnan(brier_score(forecasts)));
  EXPECT_TRUE(std::isnan(log_loss(forecasts)));
  EXPECT_TRUE(std::isnan(roc_area(forecasts)));
}

// Forecasts of one decimal, so that many are equal. By ranks the area is what counting the pairs says, to the last bit:
// both are quotients of numbers of halves.
TEST(Scores, TheAreaByRanksIsTheShareOfPairsInOrder) {
  std::vector<Forecast> forecasts;
  for (int number = 0; number < 60; ++number)
    forecasts.push_back({((number * 37) % 11) / 10.0, (number * number) % 7 < 2 + number % 3});
  double in_order = 0.0, pairs = 0.0;
  for (const Forecast& yes : forecasts) {
    for (const Forecast& no : forecasts) {
      if (!yes.happened || no.happened) continue;
      pairs += 1.0;
      in_order += yes.probability > no.probability ? 1.0 : (yes.probability == no.probability ? 0.5 : 0.0);
    }
  }
  ASSERT_GT(pairs, 100.0);
  EXPECT_EQ(roc_area(forecasts), in_order / pairs);
  EXPECT_EQ(roc_area(std::vector<Forecast>{{0.3, true}, {0.3, false}}), 0.5);
}

TEST(Scores, OfForecastsOfWhichAllOrNoneHappenedThereIsNoArea) {
  for (const bool happened : {true, false})
    EXPECT_TRUE(std::isnan(roc_area(std::vector<Forecast>{{0.2, happened}, {0.7, happened}}))) << happened;
  EXPECT_TRUE(std::isnan(average_precision(std::vector<Forecast>{{0.2, false}, {0.7, false}})));
}

// Of .9, .5, .5 and .1 the first and one of the second happened: precisions 1 of 1 and 2 of 3.
TEST(Scores, AveragePrecisionTakesEqualForecastsTogether) {
  const std::vector<Forecast> forecasts{{0.5, true}, {0.1, false}, {0.9, true}, {0.5, false}};
  EXPECT_NEAR(average_precision(forecasts), (1.0 + 2.0 / 3.0) / 2.0, 1e-15);
}

// Twelve attempts whose rank CAM knows, three in four of them of the elite; and four, all failed, whose rank it does
// not know. A category of their own would forecast 0 for such attempts.
std::vector<Attempt> with_blanks() {
  std::vector<Attempt> attempts;
  for (int number = 0; number < 9; ++number) attempts.push_back(attempt_of(number, "elite", number < 7));
  for (int number = 9; number < 12; ++number) attempts.push_back(attempt_of(number, "combat", number == 9));
  for (int number = 12; number < 16; ++number) attempts.push_back(attempt_of(number, "", false));
  return attempts;
}

TEST(SimpleForecasts, AnUnknownRankIsIntegratedOver) {
  std::vector<Attempt> attempts = with_blanks();
  for (const char* rank : {"elite", "combat", ""}) attempts.push_back(attempt_of(20, rank, false));
  std::vector<bool> train(attempts.size(), true);
  train[16] = train[17] = train[18] = false;
  const std::vector<Forecasts> list = simple_forecasts(attempts, train);
  const std::vector<double>& rank = forecasts_of(list, "rank");
  EXPECT_NEAR(rank[16], 7.0 / 9, 1e-12);
  EXPECT_NEAR(rank[17], 1.0 / 3, 1e-12);
  EXPECT_NEAR(rank[18], 0.75 * 7 / 9 + 0.25 / 3, 1e-12);
  EXPECT_NEAR(forecasts_of(list, "base_rate")[18], 8.0 / 16, 1e-12);
  for (const char* name : {"logistic", "logistic_initiators"}) {
    const std::vector<double>& p = forecasts_of(list, name);
    EXPECT_NEAR(p[18], 0.75 * p[16] + 0.25 * p[17], 1e-12) << name;
    EXPECT_GT(p[16], p[17]) << name;
    // Among the attempts that train, regressions with a constant forecast as many successes as there were.
    double sum = 0;
    for (std::size_t index = 0; index < 16; ++index) sum += p[index];
    EXPECT_GT(sum, 7.5) << name;
    EXPECT_LT(sum, 9.5) << name;
  }
}

// That a rank is unknown says nothing: with the outcomes of known ranks held fixed, those of the blanks change no share
// by rank. And Colpus says of an unknown rank what it can.
TEST(SimpleForecasts, ABlankIsNoCategory) {
  std::vector<Attempt> attempts = with_blanks();
  std::vector<bool> train(attempts.size(), true);
  train.back() = false;
  const double before = SuccessShares(attempts, train).by_rank(attempts.back());
  for (std::size_t index = 12; index < 15; ++index) attempts[index].succeeded = true;
  EXPECT_EQ(SuccessShares(attempts, train).by_rank(attempts.back()), before);
  for (const std::size_t index : {9U, 10U, 11U, 15U}) {
    attempts[index].colpus_junior = 1.0;
    attempts[index].colpus_senior = 0.0;
  }
  EXPECT_LT(SuccessShares(attempts, train).chance_of_elite(attempts.back()), 0.25);
}

TEST(SimpleForecasts, OfNoCasesAreNotNumbers) {
  const std::vector<Attempt> attempts{attempt_of(1, "elite", true), attempt_of(1, "", false)};
  const std::vector<bool> none{false, false}, both{true, true};
  std::vector<Forecasts> list = simple_forecasts(attempts, none);
  ASSERT_EQ(list.size(), 4U);
  for (const Forecasts& forecasts : list) {
    for (const double p : forecasts.p) EXPECT_TRUE(std::isnan(p)) << forecasts.name;
  }
  list.insert(list.begin(), {"model", {0.5, 0.4}});
  const SuccessScores scores = score_success(attempts, both, list, 1);
  ASSERT_EQ(scores.scores.size(), 5U);
  EXPECT_TRUE(std::isfinite(scores.scores[0].brier));
  for (std::size_t way = 1; way < 5; ++way) {
    EXPECT_TRUE(std::isnan(scores.scores[way].brier));
    EXPECT_TRUE(std::isnan(scores.scores[way].log_loss));
    EXPECT_TRUE(std::isnan(scores.scores[way].brier_difference->value));
    EXPECT_TRUE(std::isnan(scores.scores[way].brier_difference->low));
  }
}

// Four successes in two folds. Fold 0 is followed by further ones after 10 and 400 days, fold 1 by none and after 100
// days; so to fold 0 the other's curve says 1 until day 90 and 1/2 from then on, to fold 1 that of fold 0 says 1/2
// until day 390 and 0 from then on. A curve that knew its own spells would do better.
TEST(SurvivalScores, TheReferenceDoesNotKnowWhatItIsScoredOn) {
  Record record;
  record.until = std::chrono::year(2000) / 1 / 1;
  const std::vector<std::optional<double>> days{10.0, 400.0, std::nullopt, 100.0};
  const std::vector<std::size_t> folds{0, 0, 1, 1};
  for (std::size_t index = 0; index < 4; ++index) {
    record.attempts.push_back(attempt_of(static_cast<int>(index), "", true));
    record.attempts.back().days_to_next_success = days[index];
  }
  const std::vector<double> half(curve_days().size(), 0.5);
  const std::vector<SpellForecast> forecasts(4, {half, half});
  const auto reference = [&](const std::vector<std::size_t>& of) {
    return score_survival(record, std::vector<bool>(4, true), of, forecasts).further.integrated_brier_of_curve;
  };
  double expected = 0;
  for (int day = 30; day <= 720; day += 30) {
    const double to_first = day < 100 ? 1.0 : 0.5, to_second = day < 400 ? 0.5 : 0.0;
    for (std::size_t index = 0; index < 4; ++index) {
      const double lasts = !days[index] || *days[index] > day ? 1.0 : 0.0;
      const double p = folds[index] == 0 ? to_first : to_second;
      expected += (p - lasts) * (p - lasts) / 4 / 24;
    }
  }
  EXPECT_NEAR(reference(folds), expected, 1e-12);
  EXPECT_TRUE(std::isnan(reference({0, 0, 0, 0})));  // there are no others
}

// Months of 20 countries: attempts come once a decade until 1980 and every other year from then on, a year or more
// after the last. A fit to the years before 1980 does not know it; one that is refitted learns.
TEST(OnsetScores, TheTimeSinceTheLastAttemptIsRefittedEveryYear) {
  std::vector<OnsetMonth> months;
  std::vector<bool> counts, train;
  for (int country = 1; country <= 20; ++country) {
    int last = -1000;
    for (int month = 0; month < 12 * 30; ++month) {
      const int year = 1960 + month / 12;
      OnsetMonth of;
      of.country_code = country;
      of.month = std::chrono::year(year) / (month % 12 + 1);
      of.conditions.years_since_attempt = (month - last) / 12.0;
      const int every = year < 1980 ? 120 : 24;
      of.attempted = (month + 7 * country) % every == 0 ? 1 : 0;
      if (of.attempted > 0) last = month;
      months.push_back(of);
      counts.push_back(year >= 1980);
      train.push_back(year < 1980);
    }
  }
  const std::vector<double> model(months.size(), 0.01);
  const OnsetScores scores = score_onset(months, model, counts, train, 1);
  ASSERT_EQ(scores.scores.size(), 4U);
  const OnsetScore &once = scores.scores[2], &refitted = scores.scores[3];
  EXPECT_EQ(refitted.name, "time_since_refitted");
  EXPECT_EQ(refitted.n, once.n);
  EXPECT_LT(refitted.log_loss, once.log_loss - 0.001);
  const auto missed_by = [](const OnsetScore& score) {
    return std::abs(score.expected - static_cast<double>(score.observed));
  };
  EXPECT_LT(missed_by(refitted), missed_by(once));
  EXPECT_NEAR(scores.roc_difference_refitted.value, 0.5 - refitted.roc, 1e-9);
  // In the first year nothing more is known than at the start.
  std::vector<bool> first_year;
  for (const OnsetMonth& month : months) first_year.push_back(month.month.year() == std::chrono::year(1980));
  const OnsetScores first = score_onset(months, model, first_year, train, 1);
  EXPECT_EQ(first.scores[2].log_loss, first.scores[3].log_loss);
}

TEST(RecordExtent, IsThatOfTheRecord) {
  EXPECT_EQ(extent_of({}).attempts, 0U);
  Record record;
  for (const int year : {1975, 1961, 1990}) {
    record.attempts.push_back(attempt_of(1, "", true));
    record.attempts.back().date = std::chrono::year(year) / 2 / 3;
  }
  const RecordExtent extent = extent_of(record);
  EXPECT_EQ(extent.attempts, 3U);
  EXPECT_EQ(extent.first_year, 1961);
  EXPECT_EQ(extent.last_year, 1990);
}

}  // namespace
}  // namespace interregnum
