#include "analysis/intervals.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <limits>

namespace interregnum {

namespace {

constexpr double tail = 0.025;

double student_quantile(double degrees_of_freedom) {
  return boost::math::quantile(boost::math::students_t_distribution<double>(degrees_of_freedom), 1.0 - tail);
}

}  // namespace

Probability exact_interval(double successes, double trials) {
  if (!(trials > 0)) return {std::numeric_limits<double>::quiet_NaN(), 0.0, 1.0};
  const double failures = trials - successes;
  const double low = successes <= 0 ? 0.0 : boost::math::ibeta_inv(successes, failures + 1.0, tail);
  const double high = failures <= 0 ? 1.0 : boost::math::ibeta_inv(successes + 1.0, failures, 1.0 - tail);
  return {successes / trials, low, high};
}

void GroupedCount::Sums::add(const Cell& cell) {
  groups += 1.0;
  squared_successes += cell.successes * cell.successes;
  squared_trials += cell.trials * cell.trials;
  cross += cell.successes * cell.trials;
  within += cell.successes * (cell.trials - cell.successes) / cell.trials;
}

void GroupedCount::add(std::uint64_t group, bool happened, std::uint64_t parameter_draw) {
  if (group != group_ || parameter_draw != parameter_draw_) close();
  group_ = group;
  parameter_draw_ = parameter_draw;
  ++trials_;
  open_.trials += 1.0;
  if (!happened) return;
  ++successes_;
  open_.successes += 1.0;
}

void GroupedCount::close() {
  if (open_.trials == 0.0) return;
  groups_.add(open_);
  const auto number = static_cast<std::size_t>(parameter_draw_);
  if (number >= draws_.size()) draws_.resize(number + 1);
  draws_[number].all.trials += open_.trials;
  draws_[number].all.successes += open_.successes;
  draws_[number].squared_trials += open_.trials * open_.trials;
  open_ = {};
}

GroupedCount GroupedCount::closed() const {
  GroupedCount copy = *this;
  copy.close();
  return copy;
}

NestedVariance GroupedCount::variance() const {
  const GroupedCount all = closed();
  const auto n = static_cast<double>(trials_);
  const auto successes = static_cast<double>(successes_);
  const auto squared_mean = [](const Cell& cell) {
    return cell.trials * (cell.successes / cell.trials) * (cell.successes / cell.trials);
  };
  double draws = 0, of_draws = 0, largest_groups = 0, squared_trials = 0;
  for (const OfDraw& draw : all.draws_) {
    if (draw.all.trials == 0.0) continue;
    draws += 1.0;
    of_draws += squared_mean(draw.all);
    largest_groups += draw.squared_trials / draw.all.trials;
    squared_trials += draw.all.trials * draw.all.trials;
  }
  const double groups = all.groups_.groups;
  NestedVariance variance;
  if (groups <= draws || n <= groups) return variance;
  // Σ s²/n over groups is the number of successes less what varies within.
  const double within = all.groups_.within / (n - groups);
  const double between_groups = (successes - all.groups_.within - of_draws) / (groups - draws);
  variance.inputs = (between_groups - within) / ((n - largest_groups) / (groups - draws));
  if (draws < 2) return variance;
  const double between_draws = (of_draws - squared_mean({n, successes})) / (draws - 1.0);
  const double inputs_in_draws = (largest_groups - all.groups_.squared_trials / n) / (draws - 1.0);
  const double draw_size = (n - squared_trials / n) / (draws - 1.0);
  variance.parameters = (between_draws - within - inputs_in_draws * *variance.inputs) / draw_size;
  return variance;
}

double GroupedCount::variance_between_inputs() const { return std::max(0.0, variance().inputs.value_or(0.0)); }

double GroupedCount::variance_between_parameters() const { return std::max(0.0, variance().parameters.value_or(0.0)); }

Probability GroupedCount::estimate() const {
  const auto trials = static_cast<double>(trials_);
  const auto successes = static_cast<double>(successes_);
  const GroupedCount all = closed();
  Sums draws;
  for (const OfDraw& draw : all.draws_) {
    if (draw.all.trials > 0.0) draws.add(draw.all);
  }
  const bool by_draw = draws.groups > 1;
  const Sums& clusters = by_draw ? draws : all.groups_;
  if (trials_ == 0 || successes_ == 0 || successes_ == trials_ || clusters.groups < 2)
    return exact_interval(successes, trials);
  const double p = successes / trials;
  // Variance of the ratio estimator over clusters: Σ (s_g - p n_g)² / n².
  const double residual = clusters.squared_successes - 2.0 * p * clusters.cross + p * p * clusters.squared_trials;
  const double variance = clusters.groups / (clusters.groups - 1.0) * residual / (trials * trials);
  double independent = variance > 0 ? std::min(trials, p * (1.0 - p) / variance) : trials;
  // Draws of the parameters may be few, so that the variance between them is itself uncertain.
  if (by_draw) independent *= std::pow(student_quantile(trials - 1.0) / student_quantile(clusters.groups - 1.0), 2.0);
  Probability result = exact_interval(p * independent, independent);
  result.p = p;
  return result;
}

std::optional<Probability> GroupedCount::spread(double variance_between) const {
  const double p = trials_ > 0 ? static_cast<double>(successes_) / static_cast<double>(trials_) : 0.0;
  const double variance = std::min(variance_between, 0.999 * p * (1.0 - p));
  // Less than this is rounding, and a beta distribution that narrow has no quantiles to speak of.
  if (!(variance > 1e-5 * p * (1.0 - p))) return std::nullopt;
  const double size = p * (1.0 - p) / variance - 1.0;
  return Probability{p, boost::math::ibeta_inv(p * size, (1.0 - p) * size, tail),
                     boost::math::ibeta_inv(p * size, (1.0 - p) * size, 1.0 - tail)};
}

std::optional<Probability> GroupedCount::spread_over_inputs() const { return spread(variance_between_inputs()); }

std::optional<Probability> GroupedCount::spread_over_parameters() const {
  return spread(variance_between_parameters());
}

}  // namespace interregnum
