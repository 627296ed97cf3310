#include "analysis/intervals.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "analysis/quantiles.hpp"
#include "model/replicate_id.hpp"

namespace interregnum {

Probability exact_interval(double successes, double trials) {
  if (!(trials > 0)) return {std::numeric_limits<double>::quiet_NaN(), 0.0, 1.0};
  const double failures = trials - successes;
  const double low = successes <= 0 ? 0.0 : boost::math::ibeta_inv(successes, failures + 1.0, interval_tail);
  const double high = failures <= 0 ? 1.0 : boost::math::ibeta_inv(successes + 1.0, failures, 1.0 - interval_tail);
  return {successes / trials, low, high};
}

void GroupedCount::add(std::uint64_t group, bool happened, std::uint64_t parameter_draw) {
  const auto slot = static_cast<std::size_t>(group % spread_period);
  if (slot >= open_.size()) open_.resize(slot + 1);
  OpenGroup& open = open_[slot];
  if (open.group != group || open.parameter_draw != parameter_draw) {
    close(open);
    open.group = group;
    open.parameter_draw = parameter_draw;
  }
  ++trials_;
  open.cell.trials += 1.0;
  if (!happened) return;
  ++successes_;
  open.cell.successes += 1.0;
}

void GroupedCount::close(OpenGroup& open) {
  const Cell cell = open.cell;
  if (cell.trials == 0.0) return;
  open.cell = {};
  const auto size = static_cast<std::size_t>(cell.trials);
  if (size >= sizes_.size()) sizes_.resize(size + 1);
  const auto successes = static_cast<std::uint64_t>(cell.successes);
  ++sizes_[size].groups;
  sizes_[size].successes += successes;
  sizes_[size].squared_successes += successes * successes;
  const auto number = static_cast<std::size_t>(open.parameter_draw);
  if (number >= draws_.size()) draws_.resize(number + 1);
  draws_[number].all.trials += cell.trials;
  draws_[number].all.successes += cell.successes;
  draws_[number].squared_trials += cell.trials * cell.trials;
}

GroupedCount GroupedCount::closed() const {
  GroupedCount copy = *this;
  for (OpenGroup& open : copy.open_) copy.close(open);
  return copy;
}

void GroupedCount::merge(const GroupedCount& other) {
  *this = closed();
  const GroupedCount more = other.closed();
  trials_ += more.trials_;
  successes_ += more.successes_;
  sizes_.resize(std::max(sizes_.size(), more.sizes_.size()));
  for (std::size_t size = 0; size < more.sizes_.size(); ++size) {
    sizes_[size].groups += more.sizes_[size].groups;
    sizes_[size].successes += more.sizes_[size].successes;
    sizes_[size].squared_successes += more.sizes_[size].squared_successes;
  }
  draws_.resize(std::max(draws_.size(), more.draws_.size()));
  for (std::size_t draw = 0; draw < more.draws_.size(); ++draw) {
    draws_[draw].all.trials += more.draws_[draw].all.trials;
    draws_[draw].all.successes += more.draws_[draw].all.successes;
    draws_[draw].squared_trials += more.draws_[draw].squared_trials;
  }
}

std::vector<std::uint64_t> GroupedCount::numbers() const {
  const GroupedCount all = closed();
  std::vector<std::uint64_t> list{trials_, successes_, all.sizes_.size()};
  for (const OfSize& size : all.sizes_) list.insert(list.end(), {size.groups, size.successes, size.squared_successes});
  for (const OfDraw& draw : all.draws_) {
    for (const double number : {draw.all.trials, draw.all.successes, draw.squared_trials})
      list.push_back(static_cast<std::uint64_t>(number));
  }
  return list;
}

GroupedCount GroupedCount::of_numbers(const std::vector<std::uint64_t>& numbers) {
  constexpr std::size_t head = 3;  // and as many for a size or a draw
  if (numbers.size() < head || numbers.size() % 3 != 0 || numbers[2] > numbers.size() / 3 - 1 ||
      numbers[1] > numbers[0])
    throw std::invalid_argument("these numbers are no counts of groups");
  GroupedCount count;
  count.trials_ = numbers[0];
  count.successes_ = numbers[1];
  const auto sizes = static_cast<std::size_t>(numbers[2]);
  for (std::size_t at = head; at < numbers.size(); at += 3) {
    if (count.sizes_.size() < sizes) {
      count.sizes_.push_back({numbers[at], numbers[at + 1], numbers[at + 2]});
    } else {
      count.draws_.push_back({{static_cast<double>(numbers[at]), static_cast<double>(numbers[at + 1])},
                              static_cast<double>(numbers[at + 2])});
    }
  }
  return count;
}

GroupedCount::Sums GroupedCount::over_groups() const {
  Sums sums;
  for (std::size_t size = 1; size < sizes_.size(); ++size) {
    const auto n = static_cast<double>(size);
    const auto groups = static_cast<double>(sizes_[size].groups);
    const auto successes = static_cast<double>(sizes_[size].successes);
    const auto squares = static_cast<double>(sizes_[size].squared_successes);
    sums.groups += groups;
    sums.squared_successes += squares;
    sums.squared_trials += n * n * groups;
    sums.cross += n * successes;
    sums.within += successes - squares / n;
  }
  return sums;
}

GroupedCount::Sums GroupedCount::over_draws() const {
  Sums sums;
  for (const OfDraw& draw : draws_) {
    if (draw.all.trials == 0.0) continue;
    sums.groups += 1.0;
    sums.squared_successes += draw.all.successes * draw.all.successes;
    sums.squared_trials += draw.all.trials * draw.all.trials;
    sums.cross += draw.all.successes * draw.all.trials;
    sums.within += draw.all.successes - draw.all.successes * draw.all.successes / draw.all.trials;
  }
  return sums;
}

NestedVariance GroupedCount::variance() const {
  const GroupedCount all = closed();
  const Sums of_groups = all.over_groups();
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
  const double groups = of_groups.groups;
  NestedVariance variance;
  if (groups < 2 || n <= groups) return variance;
  // Σ s²/n over groups is the number of successes less what varies within.
  const double within = of_groups.within / (n - groups);
  if (groups <= draws) {
    // Whoever shares inputs shares parameters and the other way round: the two go together (one-way analysis).
    const double between = (successes - of_groups.within - squared_mean({n, successes})) / (groups - 1.0);
    variance.total = (between - within) / ((n - of_groups.squared_trials / n) / (groups - 1.0));
    return variance;
  }
  const double between_groups = (successes - of_groups.within - of_draws) / (groups - draws);
  variance.inputs = (between_groups - within) / ((n - largest_groups) / (groups - draws));
  if (draws < 2) {
    variance.total = variance.inputs;
    return variance;
  }
  const double between_draws = (of_draws - squared_mean({n, successes})) / (draws - 1.0);
  const double inputs_in_draws = (largest_groups - of_groups.squared_trials / n) / (draws - 1.0);
  const double draw_size = (n - squared_trials / n) / (draws - 1.0);
  variance.parameters = (between_draws - within - inputs_in_draws * *variance.inputs) / draw_size;
  variance.total = *variance.inputs + *variance.parameters;
  return variance;
}

NestedVariance GroupedCount::told_variance() const {
  constexpr double fewest_pairs = 400, fewest_draws = 10;
  const GroupedCount all = closed();
  const Sums of_groups = all.over_groups();
  const Sums of_draws = all.over_draws();
  const double draws = of_draws.groups;
  const double share_both = 0.5 * (of_groups.squared_trials - static_cast<double>(trials_));
  const double share_parameters = 0.5 * (of_draws.squared_trials - of_groups.squared_trials);
  NestedVariance variance = all.variance();
  if (of_groups.groups < fewest_draws || share_both < fewest_pairs) return {};
  // With few pairs that share parameters alone the two kinds can only be told together.
  const bool apart = draws < 2 || (draws >= fewest_draws && share_parameters >= fewest_pairs);
  if (!apart) variance.inputs = variance.parameters = std::nullopt;
  for (std::optional<double>* of : {&variance.inputs, &variance.parameters, &variance.total}) {
    if (*of && **of < 0.0) *of = 0.0;
  }
  return variance;
}

double GroupedCount::independent_trials() const {
  const auto trials = static_cast<double>(trials_);
  const auto successes = static_cast<double>(successes_);
  const GroupedCount all = closed();
  const Sums draws = all.over_draws();
  const bool by_draw = draws.groups > 1;
  const Sums clusters = by_draw ? draws : all.over_groups();
  // Where nothing varied, nothing tells how alike replicates are that share draws: each cluster counts as one trial.
  if (successes_ == 0 || successes_ == trials_ || clusters.groups < 2) return std::min(trials, clusters.groups);
  const double p = successes / trials;
  // Variance of the ratio estimator over clusters: Σ (s_g - p n_g)² / n².
  const double residual = clusters.squared_successes - 2.0 * p * clusters.cross + p * p * clusters.squared_trials;
  const double variance = clusters.groups / (clusters.groups - 1.0) * residual / (trials * trials);
  const double independent = variance > 0 ? std::min(trials, p * (1.0 - p) / variance) : trials;
  // Draws of the parameters may be few, so that the variance between them is itself uncertain.
  return by_draw ? independent * std::pow(student_quantile_of_tail(trials - 1.0) /
                                              student_quantile_of_tail(clusters.groups - 1.0),
                                          2.0)
                 : independent;
}

Probability GroupedCount::estimate() const {
  if (trials_ == 0) return exact_interval(0.0, 0.0);  // a share of nothing is not a number
  const auto trials = static_cast<double>(trials_);
  const double p = static_cast<double>(successes_) / trials;
  const double independent = independent_trials();
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
  return Probability{p, boost::math::ibeta_inv(p * size, (1.0 - p) * size, interval_tail),
                     boost::math::ibeta_inv(p * size, (1.0 - p) * size, 1.0 - interval_tail)};
}

std::optional<Probability> GroupedCount::spread_over_inputs() const {
  return spread(told_variance().inputs.value_or(0.0));
}

std::optional<Probability> GroupedCount::spread_over_parameters() const {
  return spread(told_variance().parameters.value_or(0.0));
}

std::optional<Probability> GroupedCount::total_interval() const {
  const std::optional<double> between = told_variance().total;
  if (!between) return std::nullopt;
  Probability interval = estimate();
  const double of_one = interval.p * (1.0 - interval.p);
  // The variance is itself an estimate, from the pairs of replicates that share draws. Its standard error is close to
  // that of the mean of as many products; a variance below it cannot be told from it. By Satterthwaite's degrees of
  // freedom, Student's quantile takes the place of the normal one.
  const double pairs = 0.5 * (closed().over_groups().squared_trials - static_cast<double>(trials_));
  const double error = of_one / std::sqrt(pairs);
  if (!(error > 0.0)) return interval;  // nothing varied: its exact interval says all
  const double told = std::max(*between, error);
  const double degrees_of_freedom = 2.0 * std::pow(told / error, 2.0);
  const double widened = told * std::pow(student_quantile_of_tail(degrees_of_freedom) / normal_quantile_of_tail, 2.0);
  if (const auto wider = spread(widened + of_one / independent_trials())) {
    interval.low = std::min(interval.low, wider->low);
    interval.high = std::max(interval.high, wider->high);
  }
  return interval;
}

}  // namespace interregnum
