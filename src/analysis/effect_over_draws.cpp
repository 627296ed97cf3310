#include "analysis/effect_over_draws.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

#include "analysis/quantiles.hpp"
#include "base/distribution.hpp"

namespace interregnum {

namespace {

double normal_below(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

/// Middles of `count` cells of equal probability.
double level(std::size_t number, std::size_t count) {
  return (static_cast<double>(number) + 0.5) / static_cast<double>(count);
}

/// What the draws say: their mean, the variance of it given T, and T itself.
struct Posterior {
  double mean = 0.0;
  double draws = 0.0;
  double within = 0.0;        ///< v
  std::vector<double> total;  ///< values of T, all equally probable

  double error(double of_total) const { return std::sqrt(of_total / draws); }
  double between(double of_total) const { return std::sqrt(std::max(0.0, of_total - within)); }
};

/// T is (D - 1) S² / X with X chi-squared of D - 1 degrees of freedom, cut off where T would be below v.
std::vector<double> values_of_total(double between_means, double within, double draws) {
  constexpr std::size_t count = 128;
  const boost::math::chi_squared_distribution<double> chi_squared(draws - 1.0);
  const double scale = (draws - 1.0) * between_means;
  const double below = boost::math::cdf(chi_squared, scale / within);
  std::vector<double> values;
  for (std::size_t number = 0; number < count; ++number) {
    const double x = boost::math::quantile(chi_squared, level(number, count) * below);
    values.push_back(x > 0 ? std::max(within, scale / x) : within);
  }
  return values;
}

/// Where a mixture over T of normal distributions about the mean has a tail of 2.5 % on either side: how far from it.
template <class Sd>
double half_width(const Posterior& posterior, Sd sd) {
  double low = 0.0, high = 0.0;
  for (const double total : posterior.total) high = std::max(high, 40.0 * sd(total));
  for (int step = 0; step < 80; ++step) {
    const double middle = 0.5 * (low + high);
    double beyond = 0.0;
    for (const double total : posterior.total)
      beyond += normal_below(-middle / sd(total)) / static_cast<double>(posterior.total.size());
    (beyond > interval_tail ? low : high) = middle;
  }
  return high;
}

/// Mean and 95 % interval of a share that depends on the mean and on the spread between draws.
template <class Share>
Probability share_over(const Posterior& posterior, Share share) {
  constexpr std::size_t count = 48;
  std::vector<double> normals;
  for (std::size_t number = 0; number < count; ++number) normals.push_back(normal_quantile(level(number, count)));
  std::vector<double> values;
  values.reserve(count * posterior.total.size());
  double sum = 0.0;
  for (const double total : posterior.total) {
    // Never quite nothing, so that the share is a number.
    const double sd = std::max(posterior.between(total), 1e-6 * posterior.error(total));
    for (const double z : normals) {
      values.push_back(share(posterior.mean + posterior.error(total) * z, sd));
      sum += values.back();
    }
  }
  std::sort(values.begin(), values.end());
  const auto at = [&](double part) {
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size()))];
  };
  // Draws may not be normal: were all of them to agree, their number would still leave room for some that do not.
  const double all = std::pow(interval_tail, 1.0 / posterior.draws);
  return {sum / static_cast<double>(values.size()), std::min(at(interval_tail), all),
          std::max(at(1.0 - interval_tail), 1.0 - all)};
}

}  // namespace

std::optional<EffectOverDraws> effect_over_draws(const std::vector<EffectOfDraw>& draws, double margin, Bounds bounds) {
  if (draws.size() < 2) return std::nullopt;
  Posterior posterior;
  posterior.draws = static_cast<double>(draws.size());
  double futures = 0.0;
  for (const EffectOfDraw& draw : draws) {
    posterior.mean += draw.effect / posterior.draws;
    posterior.within += draw.variance / posterior.draws;
    futures += draw.futures;
  }
  double between_means = 0.0;
  for (const EffectOfDraw& draw : draws)
    between_means += (draw.effect - posterior.mean) * (draw.effect - posterior.mean) / (posterior.draws - 1.0);
  // The variance that futures of a probability have which may be that large though no such future was seen.
  const double least = (1.0 - std::pow(interval_tail, 1.0 / futures)) * posterior.draws / futures;
  posterior.within = std::max(posterior.within, least);
  posterior.total = values_of_total(std::max(between_means, least), posterior.within, posterior.draws);

  const auto error = [&](double total) { return posterior.error(total); };
  const auto predictive = [&](double total) { return std::hypot(posterior.error(total), posterior.between(total)); };
  EffectOverDraws effect;
  effect.draws = draws.size();
  effect.mean = posterior.mean;
  const double of_mean = half_width(posterior, error), of_draw = half_width(posterior, predictive);
  effect.mean_low = std::max(bounds.least, effect.mean - of_mean);
  effect.mean_high = std::min(bounds.most, effect.mean + of_mean);
  effect.low = std::max(bounds.least, effect.mean - of_draw);
  effect.high = std::min(bounds.most, effect.mean + of_draw);
  effect.positive = share_over(posterior, [](double mean, double sd) { return normal_below(mean / sd); });
  effect.within_margin = share_over(posterior, [&](double mean, double sd) {
    return normal_below((margin - mean) / sd) - normal_below((-margin - mean) / sd);
  });
  return effect;
}

}  // namespace interregnum
