#include "analysis/paired_runs.hpp"

#include <algorithm>
#include <cmath>

namespace interregnum {

namespace {

// Before that many futures a standard error is itself too uncertain to stop on.
constexpr std::uint64_t fewest_futures = 128;
constexpr std::uint64_t batch_of_futures = 64;
constexpr std::uint64_t most_futures = 1'000'000;

}  // namespace

PairedRuns::PairedRuns(std::vector<Case> cases, Measure measure, std::uint64_t seed, int threads)
    : cases_(std::move(cases)), measure_(std::move(measure)), seed_(seed), threads_(threads), values_(cases_.size()) {}

void PairedRuns::play(std::uint64_t count) {
  for (std::vector<float>& values : values_) values.resize(static_cast<std::size_t>(futures_ + count));
  const PairedSettings settings{seed_, 0, futures_, count, threads_, measure_.until()};
  const auto offset = static_cast<std::size_t>(futures_);
  run_cases(cases_, settings, [&](std::size_t case_index, std::size_t future, const RunRecord& record) {
    values_[case_index][offset + future] = measure_.of(record);
  });
  futures_ += count;
}

PairedRuns::Counts PairedRuns::count(std::size_t case_index) const {
  Counts counts;
  for (const float value : values_[case_index]) {
    if (std::isnan(value)) continue;
    counts.happened += value;
    counts.asked += 1;
  }
  return counts;
}

std::uint64_t PairedRuns::asked(std::size_t case_index) const {
  return static_cast<std::uint64_t>(count(case_index).asked);
}

Probability PairedRuns::share(std::size_t case_index) const {
  const Counts counts = count(case_index);
  return exact_interval(counts.happened, counts.asked);
}

double PairedRuns::scale_of(const Counts& counts) const {
  if (counts.asked < 2) return counts.asked > 0 ? static_cast<double>(futures_) : 0.0;
  const auto n = static_cast<double>(futures_);
  return n / counts.asked * std::sqrt(counts.asked / (counts.asked - 1.0) * (n - 1.0) / n);
}

std::vector<double> PairedRuns::influence(std::size_t case_index) const {
  const std::vector<float>& values = values_[case_index];
  const auto [happened, asked] = count(case_index);
  const double share = asked > 0 ? happened / asked : 0.0;
  const double scale = scale_of({happened, asked});
  std::vector<double> influence(values.size(), 0.0);
  for (std::size_t future = 0; future < values.size(); ++future) {
    if (!std::isnan(values[future])) influence[future] = (values[future] - share) * scale;
  }
  return influence;
}

Estimate PairedRuns::contrast(const std::vector<double>& weights) const {
  double value = 0;
  Bounds bounds{0.0, 0.0};
  bool always_asked = true;
  std::vector<double> sum(static_cast<std::size_t>(futures_), 0.0);
  for (std::size_t case_index = 0; case_index < weights.size(); ++case_index) {
    const double weight = weights[case_index];
    if (weight == 0.0) continue;
    const Counts counts = count(case_index);
    always_asked = always_asked && counts.asked > 0;
    value += weight * share(case_index).p;
    const std::vector<double> moved = influence(case_index);
    for (std::size_t future = 0; future < sum.size(); ++future) sum[future] += weight * moved[future];
    const double scale = scale_of(counts), p = share(case_index).p;
    bounds.most += scale * (weight > 0 ? weight * (1.0 - p) : -weight * p);
    bounds.least -= scale * (weight > 0 ? weight * p : -weight * (1.0 - p));
  }
  if (!always_asked) {
    Estimate unknown;
    unknown.value = value;
    return unknown;
  }
  for (double& number : sum) number += value;
  bounds.least += value;
  bounds.most += value;
  Estimate estimate = mean_of(sum, bounds);
  estimate.value = value;
  if (measure_.is_conditional()) add_limits_of_shares(weights, sum, estimate);
  return estimate;
}

/// Futures in which the question does not arise say nothing of a share that never varied in those in which it does.
void PairedRuns::add_limits_of_shares(const std::vector<double>& weights, const std::vector<double>& sum,
                                      Estimate& estimate) const {
  Estimate of_shares = mean_of(sum);
  of_shares.value = estimate.value;
  for (std::size_t case_index = 0; case_index < weights.size(); ++case_index) {
    const Counts counts = count(case_index);
    if (weights[case_index] != 0.0) add_exact_limits(of_shares, counts.happened, counts.asked, weights[case_index]);
  }
  estimate.low = std::max(-1.0, std::min(estimate.low, of_shares.low));
  estimate.high = std::min(1.0, std::max(estimate.high, of_shares.high));
  estimate.grain = std::max(estimate.grain, of_shares.grain);
  if (!(estimate.variance > 0)) estimate.standard_error = std::max(estimate.standard_error, of_shares.standard_error);
}

bool play_until_enough(PairedRuns& runs, const PairedRunSettings& settings, const std::function<double()>& error) {
  std::uint64_t total = settings.futures > 0 ? settings.futures : fewest_futures;
  while (runs.futures() < total) {
    if (settings.stop && settings.stop()) return false;
    runs.play(std::min(batch_of_futures, total - runs.futures()));
    if (settings.futures == 0 && runs.futures() == total) {
      // The error falls with the root of the number: what is still needed can be told, and is not overshot by much.
      const double ratio = error() / settings.standard_error;
      // An error that is not a number is not small.
      if (!(ratio <= 1.0) && total < most_futures) {
        const auto done = static_cast<double>(total);
        const double needed = std::isnan(ratio) ? 4.0 * done : done * (ratio * ratio - 1.0) * 1.05;
        total += static_cast<std::uint64_t>(std::clamp(needed, 1.0, 4.0 * done));
        total = std::min(total, most_futures);
      }
    }
    if (settings.progress) settings.progress(runs.futures(), total);
  }
  return true;
}

}  // namespace interregnum
