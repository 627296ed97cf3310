#include "scoring/forward.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/parallel.hpp"
#include "fit/forward_fit.hpp"
#include "scoring/forecasts_of_year.hpp"
#include "scoring/onset_regression.hpp"
#include "scoring/onset_scores.hpp"
#include "scoring/simple_forecasts.hpp"
#include "scoring/stacking.hpp"

namespace interregnum {

namespace {

/// The regression that is stacked with the mechanism, of the names that `walked_forecasts` gives.
constexpr const char* stacked_regression = "logistic_initiators_walk";

struct Period {
  int first, last;
};
constexpr std::array<Period, 2> periods{{{1970, 1989}, {1990, 2011}}};

/// Months of the panel, their forecasts in the order of the models.
struct MonthForecast {
  std::size_t month;
  std::vector<double> p;
};

struct Case {
  int country_code;
  double mechanism;
  Forecast forecast;
};

ForwardScore score_of(const std::string& model, const std::vector<Case>& cases, double cut, std::uint64_t seed) {
  ForwardScore score;
  score.model = model;
  score.n = cases.size();
  ByCountry brier, logarithmic;
  std::vector<Forecast> forecasts;
  for (const Case& one : cases) {
    const auto& [p, happened] = one.forecast;
    const double truth = happened ? 1.0 : 0.0;
    score.expected += p;
    score.seen += happened ? 1 : 0;
    score.log_loss += log_loss_of(one.forecast, cut) / static_cast<double>(cases.size());
    brier.add(one.country_code, std::pow(one.mechanism - truth, 2) - std::pow(p - truth, 2));
    logarithmic.add(one.country_code, log_loss_of({one.mechanism, happened}, cut) - log_loss_of(one.forecast, cut));
    forecasts.push_back(one.forecast);
  }
  score.brier = brier_score(forecasts);
  score.roc = roc_area(forecasts);
  score.average_precision = average_precision(forecasts);
  score.brier_difference = brier.mean(seed);
  score.log_loss_difference = logarithmic.mean(seed);
  return score;
}

class ForwardScoring {
 public:
  ForwardScoring(const Record& record, const ForwardSettings& settings, const FitStore& store,
                 const ForwardCallbacks& callbacks)
      : record_(record),
        settings_(settings),
        callbacks_(callbacks),
        fit_(record, settings.fit, settings.fit.kept, store, callbacks.fit),
        months_(onset_months(record, first_year_with_facts)),
        time_since_(months_, OnsetKnowledge::time_since),
        coupcats_(months_, OnsetKnowledge::coupcats),
        no_knowledge_(months_, OnsetKnowledge::nothing) {}

  ForwardScores run() {
    const int last = year_of(record_.until);
    scores_.onset_models = {"mechanism",      "regression", "stacked",         "base_rate",
                            "base_rate_walk", "time_since", "time_since_walk", "coupcats"};
    for (int year = settings_.first_year; year <= last; ++year) {
      forecast_year(year);
      if (callbacks_.progress)
        callbacks_.progress(static_cast<std::uint64_t>(year - settings_.first_year + 1),
                            static_cast<std::uint64_t>(last - settings_.first_year + 1));
    }
    scores_.weight_success = success_stacking_.weight();
    scores_.weight_onset = onset_stacking_.weight();
    scores_.chains = fit_.chains();
    for (const Period& period : periods) {
      if (period.first < settings_.first_year) continue;
      add_period(period);
    }
    return scores_;
  }

 private:
  void forecast_year(int year) {
    const Posterior posterior = fit_.posterior_to(year - 1);
    ForwardYear entry;
    entry.year = year;
    entry.weight_success = success_stacking_.weight();
    entry.weight_onset = onset_stacking_.weight();
    forecast_attempts(entry, posterior);
    forecast_months(entry, posterior);
    scores_.years.push_back(entry);
  }

  void forecast_attempts(ForwardYear& entry, const Posterior& posterior) {
    std::vector<std::size_t> wanted;
    std::vector<bool> train;
    const std::vector<Attempt>& attempts = record_.attempts;
    for (std::size_t index = 0; index < attempts.size(); ++index) {
      train.push_back(year_of(attempts[index].date) < entry.year);
      if (year_of(attempts[index].date) == entry.year) wanted.push_back(index);
    }
    const SuccessesOfYear mechanism(fit_.worlds(), wanted, posterior, settings_.forecasts);
    entry.attempts = wanted.size();
    entry.expected_successes = mechanism.expected();
    const bool checked =
        std::find(settings_.cold_years.begin(), settings_.cold_years.end(), entry.year) != settings_.cold_years.end();
    if (checked) check_cold(entry, wanted, mechanism, posterior);
    if (wanted.empty()) return;
    std::vector<Forecasts> simple = simple_forecasts(attempts, train);
    for (Forecasts& walked : walked_forecasts(attempts, train)) simple.push_back(std::move(walked));
    const auto regression =
        std::find_if(simple.begin(), simple.end(), [](const Forecasts& of) { return of.name == stacked_regression; });
    if (scores_.success_models.empty()) {
      scores_.success_models = {"mechanism", "regression", "stacked"};
      for (const Forecasts& of : simple) scores_.success_models.push_back(of.name);
    }
    for (std::size_t number = 0; number < wanted.size(); ++number) {
      const Attempt& attempt = attempts[wanted[number]];
      const double by_mechanism = mechanism.chances()[number], by_regression = regression->p[wanted[number]];
      ForwardForecast forecast{attempt.id, attempt.country_code, entry.year, attempt.succeeded, {}};
      forecast.p = {by_mechanism, by_regression, success_stacking_.stacked(by_mechanism, by_regression)};
      for (const Forecasts& of : simple) forecast.p.push_back(of.p[wanted[number]]);
      entry.successes += attempt.succeeded ? 1 : 0;
      scores_.each.push_back(std::move(forecast));
    }
    // The outcomes of a year are known when the year has ended.
    for (auto forecast = scores_.each.end() - static_cast<std::ptrdiff_t>(wanted.size());
         forecast != scores_.each.end(); ++forecast)
      success_stacking_.learn(forecast->p[0], forecast->p[1], forecast->succeeded);
  }

  void check_cold(const ForwardYear& entry, const std::vector<std::size_t>& wanted, const SuccessesOfYear& mechanism,
                  const Posterior& posterior) {
    const Posterior cold = fit_.posterior_to_cold(entry.year - 1);
    const SuccessesOfYear again(fit_.worlds(), wanted, cold, settings_.forecasts);
    ColdCheck check;
    check.year = entry.year;
    for (std::size_t number = 0; number < wanted.size(); ++number) {
      const double difference = mechanism.chances()[number] - again.chances()[number];
      check.largest_difference = std::max(check.largest_difference, std::abs(difference));
      check.mean_difference += difference / static_cast<double>(wanted.size());
    }
    check.expected_months = MonthsOfYear(months_, entry.year, posterior, settings_.forecasts).expected().p;
    check.expected_months_cold = MonthsOfYear(months_, entry.year, cold, settings_.forecasts).expected().p;
    scores_.checks.push_back(check);
  }

  void forecast_months(ForwardYear& entry, const Posterior& posterior) {
    const MonthsOfYear mechanism(months_, entry.year, posterior, settings_.forecasts);
    entry.expected_attempt_months = mechanism.expected();
    std::vector<bool> train;
    for (const OnsetMonth& month : months_) train.push_back(static_cast<int>(month.month.year()) < entry.year);
    std::array<std::vector<double>, 6> simple;  // in the order of the names
    // Of each: a level that stays, then one that walks.
    const std::array<const OnsetRegression*, 3> regressions{&no_knowledge_, &time_since_, &coupcats_};
    run_parallel(simple.size(), settings_.forecasts.threads, [&](std::size_t which) {
      const OnsetRegression& regression = *regressions[which / 2];
      simple[which] = which % 2 == 0 ? regression.chances(train) : regression.walked_chances(train, entry.year);
    });
    const std::size_t first = month_forecasts_.size();
    std::size_t number = 0;
    for (std::size_t index = 0; index < months_.size(); ++index) {
      if (static_cast<int>(months_[index].month.year()) != entry.year) continue;
      const double by_mechanism = mechanism.chances()[number++], by_regression = simple[5][index];
      MonthForecast forecast{index,
                             {by_mechanism, by_regression, onset_stacking_.stacked(by_mechanism, by_regression)}};
      for (std::size_t which = 0; which < 5; ++which) forecast.p.push_back(simple[which][index]);
      entry.attempt_months += months_[index].attempted > 0 ? 1 : 0;
      month_forecasts_.push_back(std::move(forecast));
    }
    for (std::size_t forecast = first; forecast < month_forecasts_.size(); ++forecast) {
      const MonthForecast& of = month_forecasts_[forecast];
      onset_stacking_.learn(of.p[0], of.p[1], months_[of.month].attempted > 0);
    }
  }

  void add_period(const Period& of) {
    ForwardPeriod period;
    period.first = of.first;
    period.last = std::min(of.last, year_of(record_.until));
    for (std::size_t model = 0; model < scores_.success_models.size(); ++model) {
      std::vector<Case> cases;
      for (const ForwardForecast& forecast : scores_.each) {
        if (forecast.year >= of.first && forecast.year <= of.last)
          cases.push_back({forecast.country_code, forecast.p[0], {forecast.p[model], forecast.succeeded}});
      }
      if (cases.empty()) continue;
      period.success.push_back(score_of(scores_.success_models[model], cases, log_loss_cut, settings_.forecasts.seed));
      if (model == 0) period.calibration = calibration_of(cases);
    }
    for (std::size_t model = 0; model < scores_.onset_models.size(); ++model) {
      std::vector<Case> cases;
      for (const MonthForecast& forecast : month_forecasts_) {
        const OnsetMonth& month = months_[forecast.month];
        const int year = static_cast<int>(month.month.year());
        if (year >= of.first && year <= of.last)
          cases.push_back({month.country_code, forecast.p[0], {forecast.p[model], month.attempted > 0}});
      }
      if (cases.empty()) continue;
      period.onset.push_back(
          score_of(scores_.onset_models[model], cases, onset_log_loss_cut, settings_.forecasts.seed));
    }
    scores_.periods.push_back(std::move(period));
  }

  static std::vector<CalibrationBin> calibration_of(const std::vector<Case>& cases) {
    std::vector<Forecast> forecasts;
    for (const Case& one : cases) forecasts.push_back(one.forecast);
    return calibration_by_fifths(forecasts);
  }

  const Record& record_;
  const ForwardSettings& settings_;
  const ForwardCallbacks& callbacks_;
  ForwardFit fit_;
  std::vector<OnsetMonth> months_;
  OnsetRegression time_since_, coupcats_, no_knowledge_;
  Stacking success_stacking_{log_loss_cut}, onset_stacking_{onset_log_loss_cut};
  std::vector<MonthForecast> month_forecasts_;
  ForwardScores scores_;
};

}  // namespace

ForwardScores score_forward(const Record& record, const ForwardSettings& settings, const FitStore& store,
                            const ForwardCallbacks& callbacks) {
  try {
    return ForwardScoring(record, settings, store, callbacks).run();
  } catch (const Interrupted&) {  // while it played futures or between two fits: the finished pieces are kept
    ForwardScores nothing;
    nothing.complete = false;
    return nothing;
  }
}

}  // namespace interregnum
