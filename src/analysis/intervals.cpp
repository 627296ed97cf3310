#include "analysis/intervals.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

namespace interregnum {

namespace {

constexpr double tail = 0.025;

}  // namespace

Probability exact_interval(double successes, double trials) {
  if (!(trials > 0)) return {0.0, 0.0, 1.0};
  const double failures = trials - successes;
  const double low = successes <= 0 ? 0.0 : boost::math::ibeta_inv(successes, failures + 1.0, tail);
  const double high = failures <= 0 ? 1.0 : boost::math::ibeta_inv(successes + 1.0, failures, 1.0 - tail);
  return {successes / trials, low, high};
}

void GroupedCount::add(std::uint64_t group, bool happened) {
  if (group != group_ && group_trials_ > 0) {
    sums_ = closed();
    group_trials_ = group_successes_ = 0;
  }
  group_ = group;
  ++trials_;
  ++group_trials_;
  if (!happened) return;
  ++successes_;
  ++group_successes_;
}

GroupedCount::Sums GroupedCount::closed() const {
  Sums sums = sums_;
  if (group_trials_ == 0) return sums;
  const auto trials = static_cast<double>(group_trials_);
  const auto successes = static_cast<double>(group_successes_);
  ++sums.groups;
  sums.squared_successes += successes * successes;
  sums.squared_trials += trials * trials;
  sums.cross += successes * trials;
  sums.within += successes * (trials - successes) / trials;
  return sums;
}

double GroupedCount::variance_between() const {
  const Sums sums = closed();
  const auto groups = static_cast<double>(sums.groups);
  const auto trials = static_cast<double>(trials_);
  if (groups < 2 || trials <= groups) return 0.0;
  const double p = static_cast<double>(successes_) / trials;
  // Σ n_g (p_g - p)² = Σ s_g²/n_g - n p², and s_g²/n_g = s_g - s_g f_g / n_g.
  const double between = static_cast<double>(successes_) - sums.within - trials * p * p;
  const double mean_square_between = between / (groups - 1.0);
  const double mean_square_within = sums.within / (trials - groups);
  const double group_size = (trials - sums.squared_trials / trials) / (groups - 1.0);
  return std::max(0.0, (mean_square_between - mean_square_within) / group_size);
}

Probability GroupedCount::estimate() const {
  const auto trials = static_cast<double>(trials_);
  const auto successes = static_cast<double>(successes_);
  const Sums sums = closed();
  const auto groups = static_cast<double>(sums.groups);
  if (trials_ == 0 || successes_ == 0 || successes_ == trials_ || groups < 2) return exact_interval(successes, trials);
  const double p = successes / trials;
  // Variance of the ratio estimator over groups: Σ (s_g - p n_g)² / n².
  const double residual = sums.squared_successes - 2.0 * p * sums.cross + p * p * sums.squared_trials;
  const double variance = groups / (groups - 1.0) * residual / (trials * trials);
  const double independent = variance > 0 ? std::min(trials, p * (1.0 - p) / variance) : trials;
  Probability result = exact_interval(p * independent, independent);
  result.p = p;
  return result;
}

std::optional<Probability> GroupedCount::spread_over_inputs() const {
  const double p = trials_ > 0 ? static_cast<double>(successes_) / static_cast<double>(trials_) : 0.0;
  const double variance = std::min(variance_between(), 0.999 * p * (1.0 - p));
  // Less than this is rounding, and a beta distribution that narrow has no quantiles to speak of.
  if (!(variance > 1e-5 * p * (1.0 - p))) return std::nullopt;
  const double size = p * (1.0 - p) / variance - 1.0;
  return Probability{p, boost::math::ibeta_inv(p * size, (1.0 - p) * size, tail),
                     boost::math::ibeta_inv(p * size, (1.0 - p) * size, 1.0 - tail)};
}

}  // namespace interregnum
