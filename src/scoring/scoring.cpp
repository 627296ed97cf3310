#include "scoring/scoring.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/thin_country.hpp"
#include "base/identifiers.hpp"
#include "engine/parallel.hpp"
#include "fit/likelihoods.hpp"
#include "scoring/stacking.hpp"

namespace interregnum {

namespace {

constexpr std::chrono::sys_days end_of_training(std::chrono::year(1989) / 12 / 31);

const Posterior& posterior_named(const std::map<std::string, Posterior>& posteriors, const std::string& name) {
  const auto found = posteriors.find(name);
  if (found == posteriors.end())
    throw InputError(fmt::format("the draws of '{}' are missing (`interregnum fit --folds` makes them)", name));
  return found->second;
}

/// Whose draws had not seen each attempt: those that left its country out. Of a country that no fit has seen, any.
std::vector<std::size_t> unseeing_folds(const std::vector<Attempt>& attempts,
                                        const std::vector<const Posterior*>& folds) {
  std::vector<std::size_t> of_attempts;
  for (const Attempt& attempt : attempts) {
    const auto fold = std::find_if(folds.begin(), folds.end(), [&](const Posterior* posterior) {
      const std::vector<int>& codes = posterior->left_out;
      return std::find(codes.begin(), codes.end(), attempt.country_code) != codes.end();
    });
    of_attempts.push_back(fold == folds.end() ? 0 : static_cast<std::size_t>(fold - folds.begin()));
  }
  return of_attempts;
}

/// The chance that the record says that an attempt succeeded, which is what is scored: it is wrong now and then, by
/// the fit's own account.
Probability as_recorded(Probability chance, const Posterior& posterior) {
  const std::size_t position = posterior.find(std::string(misclassified_name));
  if (position == posterior.names.size()) return chance;
  const double wrong = posterior.of(position).mean();
  for (double* value : {&chance.p, &chance.low, &chance.high}) *value = wrong + (1.0 - 2.0 * wrong) * *value;
  return chance;
}

/// Forecasts attempts one by one, over threads.
class Forecasting {
 public:
  Forecasting(const ScoringSettings& settings, const ScoringCallbacks& callbacks, std::uint64_t total)
      : settings_(settings), callbacks_(callbacks), total_(total) {}

  /// Calls `forecast(index)` for each; false if stopped. In batches, so that Ctrl-C is heard and progress shown.
  template <class Work>
  bool each(const std::vector<std::size_t>& indices, const Work& forecast) {
    constexpr std::size_t batch = 16;
    for (std::size_t first = 0; first < indices.size(); first += batch) {
      if (callbacks_.stop && callbacks_.stop()) return false;
      const std::size_t count = std::min(batch, indices.size() - first);
      run_parallel(count, settings_.forecasts.threads, [&](std::size_t task) { forecast(indices[first + task]); });
      done_ += count;
      if (callbacks_.progress) callbacks_.progress(done_, total_);
    }
    return true;
  }

 private:
  const ScoringSettings& settings_;
  const ScoringCallbacks& callbacks_;
  std::uint64_t done_ = 0, total_;
};

/// Probabilities of the model, and those of simple ways from training on what `train` says.
std::vector<Forecasts> beside_simple(const std::vector<Probability>& model, const std::vector<Attempt>& attempts,
                                     const std::vector<bool>& train) {
  Forecasts of_model{"model", {}};
  for (const Probability& forecast : model) of_model.p.push_back(forecast.p);
  std::vector<Forecasts> all{std::move(of_model)};
  for (Forecasts& simple : simple_forecasts(attempts, train)) all.push_back(std::move(simple));
  return all;
}

/// The attempts that count, one by one. `forecasts`: the model's first.
std::vector<AttemptForecastOf> one_by_one(const std::vector<Attempt>& attempts, const std::vector<bool>& counts,
                                          const std::vector<Probability>& model,
                                          const std::vector<Forecasts>& forecasts) {
  std::vector<AttemptForecastOf> each;
  for (std::size_t index = 0; index < attempts.size(); ++index) {
    if (!counts[index]) continue;
    each.push_back({attempts[index].id, model[index], attempts[index].succeeded, {}});
    for (std::size_t way = 1; way < forecasts.size(); ++way)
      each.back().beside.emplace_back(forecasts[way].name, forecasts[way].p[index]);
  }
  return each;
}

/// The model's forecasts stacked with the regression that knows initiators, each fold by the weight that the other
/// folds teach.
Forecasts stacked_by_fold(const std::vector<Forecasts>& forecasts, const std::vector<Attempt>& attempts,
                          const std::vector<std::size_t>& folds) {
  const auto regression = std::find_if(forecasts.begin(), forecasts.end(),
                                       [](const Forecasts& of) { return of.name == "logistic_initiators"; });
  const std::vector<double>&model = forecasts.front().p, &other = regression->p;
  Forecasts stacked{"stacked", {}};
  std::map<std::size_t, Stacking> of_folds;
  for (const std::size_t fold : folds) of_folds.try_emplace(fold, log_loss_cut);
  for (auto& [fold, stacking] : of_folds) {
    for (std::size_t index = 0; index < attempts.size(); ++index) {
      if (folds[index] != fold) stacking.learn(model[index], other[index], attempts[index].succeeded);
    }
  }
  for (std::size_t index = 0; index < attempts.size(); ++index)
    stacked.p.push_back(of_folds.at(folds[index]).stacked(model[index], other[index]));
  return stacked;
}

OnsetScores onset_since_1990(const Record& record, const Posterior& posterior, const ScoringSettings& settings) {
  const std::vector<OnsetMonth> months = onset_months(record, first_year_with_facts);
  std::vector<bool> counts, train;
  for (const OnsetMonth& month : months) {
    train.push_back(month.month.year() < std::chrono::year(1990));
    counts.push_back(!train.back());
  }
  return score_onset(months, forecast_onset(months, posterior, settings.forecasts.seed, settings.forecasts.threads),
                     counts, train, settings.forecasts.seed);
}

}  // namespace

RecordScores score_record(const Record& record, const std::map<std::string, Posterior>& posteriors,
                          const ScoringSettings& settings, const ScoringCallbacks& callbacks) {
  RecordScores scores;
  const std::vector<Attempt>& attempts = record.attempts;
  const std::vector<AttemptWorld> worlds = attempt_worlds(record);
  std::vector<const Posterior*> of_folds;
  std::vector<std::vector<Theta>> thetas;
  for (int fold = 0; fold < number_of_folds; ++fold) {
    const std::string name = fmt::format("fold-{}", fold);
    of_folds.push_back(&posterior_named(posteriors, name));
    if (of_folds.back()->left_out.empty())
      throw InputError(fmt::format(
          "the draws of '{}' do not say which countries they left out; `interregnum fit --folds` makes them anew",
          name));
    thetas.push_back(thetas_of(*of_folds.back(), default_theta()));
  }
  const std::vector<std::size_t> folds = unseeing_folds(attempts, of_folds);
  const Posterior& early = posterior_named(posteriors, "to-1989");
  const std::vector<Theta> early_thetas = thetas_of(early, default_theta());

  std::vector<std::size_t> all, late, successes;
  for (std::size_t index = 0; index < attempts.size(); ++index) {
    all.push_back(index);
    if (attempts[index].date > end_of_training) late.push_back(index);
    if (attempts[index].succeeded) successes.push_back(index);
  }
  Forecasting forecasting(settings, callbacks, all.size() + late.size() + successes.size());
  std::vector<Probability> grouped(attempts.size()), temporal(attempts.size());
  std::vector<SpellForecast> spells(attempts.size());
  const auto of_fold = [&](std::size_t index) -> const std::vector<Theta>& { return thetas[folds[index]]; };
  scores.complete = forecasting.each(all, [&](std::size_t index) {
    grouped[index] =
        as_recorded(forecast_success(worlds[index], of_fold(index), settings.forecasts), *of_folds[folds[index]]);
  }) && forecasting.each(late, [&](std::size_t index) {
    temporal[index] = as_recorded(forecast_success(worlds[index], early_thetas, settings.forecasts), early);
  });
  ForecastSettings of_spells = settings.forecasts;
  of_spells.replicates = settings.spells;
  scores.complete = scores.complete && forecasting.each(successes, [&](std::size_t index) {
    spells[index] = forecast_spells(worlds[index], of_fold(index), of_spells);
  });
  if (!scores.complete) return scores;

  // Each tenth by what the other nine say: the simple forecasts are put together fold by fold.
  std::vector<Forecasts> forecasts;
  for (std::size_t fold = 0; fold < of_folds.size(); ++fold) {
    std::vector<bool> train;
    for (const std::size_t of_attempt : folds) train.push_back(of_attempt != fold);
    const std::vector<Forecasts> of_training = beside_simple(grouped, attempts, train);
    if (forecasts.empty()) forecasts = of_training;
    for (std::size_t way = 0; way < forecasts.size(); ++way) {
      for (std::size_t index = 0; index < attempts.size(); ++index) {
        if (folds[index] == fold) forecasts[way].p[index] = of_training[way].p[index];
      }
    }
  }
  forecasts.push_back(stacked_by_fold(forecasts, attempts, folds));
  const std::vector<bool> everyone(attempts.size(), true);
  scores.grouped = score_success(attempts, everyone, forecasts, settings.forecasts.seed);
  scores.each = one_by_one(attempts, everyone, grouped, forecasts);
  std::vector<bool> train, counts;
  for (const Attempt& attempt : attempts) {
    train.push_back(attempt.date <= end_of_training);
    counts.push_back(!train.back());
  }
  const std::vector<Forecasts> of_late = beside_simple(temporal, attempts, train);
  scores.temporal = score_success(attempts, counts, of_late, settings.forecasts.seed);
  scores.each_temporal = one_by_one(attempts, counts, temporal, of_late);
  scores.survival = score_survival(record, everyone, folds, spells);
  scores.onset = onset_since_1990(record, early, settings);
  return scores;
}

AttemptScores score_attempts(const Record& record, const std::vector<std::string>& ids, const Posterior& posterior,
                             const ScoringSettings& settings, const ScoringCallbacks& callbacks) {
  AttemptScores scores;
  const std::set<std::string> wanted(ids.begin(), ids.end());
  std::vector<bool> counts, train;
  std::vector<std::size_t> indices;
  for (std::size_t index = 0; index < record.attempts.size(); ++index) {
    counts.push_back(wanted.contains(record.attempts[index].id));
    train.push_back(!counts.back());
    if (counts.back()) indices.push_back(index);
  }
  const std::vector<Theta> thetas = thetas_of(posterior, default_theta());
  std::vector<Probability> forecasts(record.attempts.size());
  Forecasting forecasting(settings, callbacks, indices.size());
  scores.complete = forecasting.each(indices, [&](std::size_t index) {
    const Attempt& attempt = record.attempts[index];
    const AttemptWorld world{&attempt, compile_country(thin_country(record, attempt), attempt.id),
                             hash_identifier(attempt.id)};
    forecasts[index] = as_recorded(forecast_success(world, thetas, settings.forecasts), posterior);
  });
  if (!scores.complete) return scores;
  const std::vector<Forecasts> all = beside_simple(forecasts, record.attempts, train);
  scores.attempts = score_success(record.attempts, counts, all, settings.forecasts.seed);
  scores.each = one_by_one(record.attempts, counts, forecasts, all);
  return scores;
}

OnsetScores score_months(const Record& record, const std::vector<CountryMonth>& panel, std::chrono::sys_days known,
                         const Posterior& posterior, const ScoringSettings& settings) {
  std::vector<bool> counts;
  const std::chrono::year_month_day last(known);
  const std::vector<OnsetMonth> months = onset_months(record, panel, last.year() / last.month(), counts);
  if (std::find(counts.begin(), counts.end(), true) == counts.end())
    throw InputError(
        fmt::format("the panel has no months after {}, where the record ends", to_text(last.year() / last.month())));
  std::vector<bool> train;
  for (const OnsetMonth& month : months) train.push_back(month.month <= last.year() / last.month());
  return score_onset(months, forecast_onset(months, posterior, settings.forecasts.seed, settings.forecasts.threads),
                     counts, train, settings.forecasts.seed);
}

}  // namespace interregnum
