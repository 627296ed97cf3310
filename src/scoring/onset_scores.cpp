#include "scoring/onset_scores.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include "analysis/estimate.hpp"
#include "base/diagnostics.hpp"
#include "base/draws.hpp"
#include "engine/parallel.hpp"
#include "fit/likelihoods.hpp"
#include "model/theta_draws.hpp"
#include "scoring/onset_regression.hpp"
#include "scoring/scores.hpp"

namespace interregnum {

namespace {

constexpr std::size_t draws_used = 100;  // of the posterior's

OnsetScore score(const std::string& name, const std::vector<OnsetMonth>& months, const std::vector<double>& chances,
                 const std::vector<bool>& counts) {
  OnsetScore result;
  result.name = name;
  std::vector<Forecast> forecasts;
  for (std::size_t index = 0; index < months.size(); ++index) {
    if (!counts[index]) continue;
    const double p = std::clamp(chances[index], onset_log_loss_cut, 1.0 - onset_log_loss_cut);
    const bool happened = months[index].attempted > 0;
    forecasts.push_back({chances[index], happened});  // the cut is for logarithms, and would make ties of ranks
    result.brier += (p - (happened ? 1.0 : 0.0)) * (p - (happened ? 1.0 : 0.0));
    result.log_loss -= std::log(happened ? p : 1.0 - p);
    result.expected += p;
    result.observed += happened ? 1 : 0;
  }
  result.n = forecasts.size();
  result.brier /= static_cast<double>(result.n);
  result.log_loss /= static_cast<double>(result.n);
  result.roc = roc_area(forecasts);
  result.average_precision = average_precision(forecasts);
  return result;
}

/// Each year's chances by a fit to the months that train and to those that count and came before that year: what the
/// model, which knows each country's attempts until the month before, is fairly set beside.
std::vector<double> chances_refitted(const OnsetRegression& regression, const std::vector<OnsetMonth>& months,
                                     const std::vector<bool>& counts, std::vector<bool> train) {
  std::set<std::chrono::year> years;
  for (std::size_t index = 0; index < months.size(); ++index) {
    if (counts[index]) years.insert(months[index].month.year());
  }
  std::vector<double> refitted(months.size(), no_number);
  for (const std::chrono::year year : years) {
    for (std::size_t index = 0; index < months.size(); ++index)
      train[index] = train[index] || (counts[index] && months[index].month.year() < year);
    const std::vector<double> of_year = regression.chances(train);
    for (std::size_t index = 0; index < months.size(); ++index) {
      if (counts[index] && months[index].month.year() == year) refitted[index] = of_year[index];
    }
  }
  return refitted;
}

/// Difference of ROC areas, the first less the second, with the interval of drawing whole countries anew.
ScoreDifference roc_difference(const std::vector<OnsetMonth>& months, const std::vector<double>& first,
                               const std::vector<double>& second, const std::vector<bool>& counts, std::uint64_t seed) {
  std::map<int, std::vector<std::size_t>> by_country;
  for (std::size_t index = 0; index < months.size(); ++index) {
    if (counts[index]) by_country[months[index].country_code].push_back(index);
  }
  std::vector<const std::vector<std::size_t>*> countries;
  for (const auto& [code, rows] : by_country) countries.push_back(&rows);
  const auto difference_of = [&](const std::vector<const std::vector<std::size_t>*>& drawn) {
    std::vector<Forecast> of_first, of_second;
    for (const auto* rows : drawn) {
      for (const std::size_t index : *rows) {
        of_first.push_back({first[index], months[index].attempted > 0});
        of_second.push_back({second[index], months[index].attempted > 0});
      }
    }
    return roc_area(of_first) - roc_area(of_second);
  };
  constexpr std::uint64_t resamples = 200;
  std::vector<double> differences;  // of those with attempts and without: in others there is no ROC area
  for (std::uint64_t resample = 0; resample < resamples; ++resample) {
    const Draws draws(seed, 1, resample);
    std::vector<const std::vector<std::size_t>*> drawn;
    for (std::size_t number = 0; number < countries.size(); ++number) {
      const double u = draws.uniform(DrawPurpose::resample, number);
      drawn.push_back(countries[static_cast<std::size_t>(u * static_cast<double>(countries.size()))]);
    }
    if (const double difference = difference_of(drawn); std::isfinite(difference)) differences.push_back(difference);
  }
  // With fewer there would be no telling what the interval covers.
  if (differences.size() < resamples * 9 / 10) differences.clear();
  const Estimate difference = bootstrap_interval(difference_of(countries), std::move(differences), countries.size());
  return {difference.value, difference.low, difference.high};
}

}  // namespace

std::vector<std::vector<double>> onset_chances_by_draw(const std::vector<OnsetMonth>& months,
                                                       const Posterior& posterior, const OnsetDraws& settings,
                                                       OnsetYears years) {
  const std::vector<Theta> thetas = thetas_of(posterior, default_theta());
  const std::size_t variance = posterior.find(std::string(country_variance_name));
  const std::uint64_t first = first_turn(settings.seed, thetas.size());
  std::vector<std::vector<double>> chances(std::min(settings.most, thetas.size()));
  run_parallel(chances.size(), settings.threads, [&](std::size_t number) {
    const std::size_t draw = scattered(first + number, thetas.size());
    const double shape = 1.0 / posterior.in_turn(variance, draw);
    int country = -1;
    double expected = 0.0;
    double attempts = 0.0;
    for (const OnsetMonth& month : months) {
      const auto year = static_cast<int>(month.month.year());
      if (year > years.last) continue;
      if (month.country_code != country) expected = attempts = 0.0;
      country = month.country_code;
      const double hazard = monthly_hazard(thetas[draw].onset, month.conditions);
      // Given its past the country's effect is gamma again; over it, the chance of no attempt is a Pareto one.
      if (year >= years.first)
        chances[number].push_back(1.0 - std::pow((shape + expected) / (shape + expected + hazard), shape + attempts));
      expected += hazard;
      attempts += month.attempted;
    }
  });
  return chances;
}

std::vector<double> mean_over_draws(const std::vector<std::vector<double>>& by_draw) {
  std::vector<double> mean(by_draw.front().size(), 0.0);
  for (const std::vector<double>& of_draw : by_draw) {
    for (std::size_t index = 0; index < mean.size(); ++index)
      mean[index] += of_draw[index] / static_cast<double>(by_draw.size());
  }
  return mean;
}

std::vector<double> forecast_onset(const std::vector<OnsetMonth>& months, const Posterior& posterior,
                                   std::uint64_t seed, int threads) {
  return mean_over_draws(onset_chances_by_draw(months, posterior, {draws_used, seed, threads}, OnsetYears{}));
}

OnsetScores score_onset(const std::vector<OnsetMonth>& months, const std::vector<double>& forecasts,
                        const std::vector<bool>& counts, const std::vector<bool>& train, std::uint64_t seed) {
  double trained = 0.0;
  double attempted = 0.0;
  for (std::size_t index = 0; index < months.size(); ++index) {
    if (!train[index]) continue;
    trained += 1.0;
    attempted += months[index].attempted > 0 ? 1.0 : 0.0;
  }
  if (!(trained > 0)) throw InputError("there are no months on record before those that are to be scored");
  const std::vector<double> base(months.size(), attempted / trained);
  const OnsetRegression time_since(months, OnsetKnowledge::time_since);
  const std::vector<double> fitted_once = time_since.chances(train),
                            refitted = chances_refitted(time_since, months, counts, train);
  OnsetScores result;
  result.scores = {score("model", months, forecasts, counts), score("base_rate", months, base, counts),
                   score("time_since", months, fitted_once, counts),
                   score("time_since_refitted", months, refitted, counts)};
  result.roc_difference = roc_difference(months, forecasts, fitted_once, counts, seed);
  result.roc_difference_refitted = roc_difference(months, forecasts, refitted, counts, seed);
  return result;
}

}  // namespace interregnum
