#include "analysis/estimate.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "analysis/quantiles.hpp"
#include "base/distribution.hpp"

namespace interregnum {

namespace {

/// The largest probability of something that was never seen in `n` trials.
double unseen(double n) { return 1.0 - std::pow(interval_tail, 1.0 / n); }

/// The most frequent number, and how often it comes.
struct Usual {
  double number = 0.0;
  double times = 0.0;
};

Usual usual_of(std::vector<double> numbers) {
  constexpr double rounding = 1e-9;
  std::sort(numbers.begin(), numbers.end());
  Usual usual;
  for (std::size_t first = 0; first < numbers.size();) {
    std::size_t end = first;
    while (end < numbers.size() && numbers[end] - numbers[first] < rounding) ++end;
    if (static_cast<double>(end - first) > usual.times) usual = {numbers[first], static_cast<double>(end - first)};
    first = end;
  }
  return usual;
}

/// Distances of the numbers on one side of the usual one.
struct Side {
  double sum = 0.0, squares = 0.0, largest = 0.0;

  void add(double distance) {
    sum += distance;
    squares += distance * distance;
    largest = std::max(largest, distance);
  }
  double mean(double n) const { return sum / n; }
  double sd(double n) const { return std::sqrt(std::max(0.0, squares / n - mean(n) * mean(n))); }
  /// Limits of the mean distance over all `n` numbers, of which none can exceed `most`.
  double low(double n) const {
    if (!(sum > 0)) return 0.0;
    const double events = sum * sum / squares;
    return squares / sum * boost::math::ibeta_inv(events, n + 1.0 - events, interval_tail);
  }
  double high(double n, double most) const {
    if (!(sum > 0)) return most * unseen(n);
    // As if one event more had been seen, the largest.
    const double more = sum + largest, more_squares = squares + largest * largest;
    const double events = more * more / more_squares;
    const double share = events < n + 1.0 ? boost::math::ibeta_inv(events, n + 1.0 - events, 1.0 - interval_tail) : 1.0;
    return more_squares / more * share;
  }
};

/// Square and add; the two sides of one number exclude each other, which makes their difference vary more.
double reach(double toward, double other, double correlation) {
  return std::sqrt(toward * toward + other * other + 2.0 * correlation * toward * other);
}

void set_reach(Estimate& estimate, double down, double up, Bounds bounds) {
  estimate.low = std::max(bounds.least, estimate.value - down);
  estimate.high = std::min(bounds.most, estimate.value + up);
  if (!(estimate.variance > 0)) estimate.standard_error = std::max(down, up) / normal_quantile_of_tail;
}

double square(double number) { return number * number; }

}  // namespace

bool Estimate::is_known() const { return std::isfinite(value) && std::isfinite(low) && std::isfinite(high); }

Estimate normal_estimate(double value, double standard_error) {
  return {value,
          standard_error,
          value - normal_quantile_of_tail * standard_error,
          value + normal_quantile_of_tail * standard_error,
          standard_error * standard_error,
          0.0};
}

Estimate mean_of(const std::vector<double>& numbers) {
  const auto n = static_cast<double>(numbers.size());
  double sum = 0;
  for (const double number : numbers) sum += number;
  Estimate estimate;
  estimate.value = sum / n;
  double squares = 0;
  double size = 0;
  for (const double number : numbers) {
    squares += square(number - estimate.value);
    size = std::max(size, std::abs(number));
  }
  // Less is rounding.
  if (numbers.size() < 2 || !(squares > 1e-24 * n * square(size))) return estimate;
  estimate.variance = squares / (n - 1) / n;
  estimate.standard_error = std::sqrt(estimate.variance);
  const double half = student_quantile_of_tail(n - 1) * estimate.standard_error;
  estimate.low = estimate.value - half;
  estimate.high = estimate.value + half;
  return estimate;
}

Estimate mean_of(const std::vector<double>& numbers, Bounds bounds) {
  if (numbers.empty()) return {};
  const auto n = static_cast<double>(numbers.size());
  Estimate estimate = mean_of(numbers);
  double down = unseen(n) * (estimate.value - bounds.least), up = unseen(n) * (bounds.most - estimate.value);
  if (estimate.is_known()) {
    down = std::max(down, estimate.value - estimate.low);
    up = std::max(up, estimate.high - estimate.value);
  }
  const Usual usual = usual_of(numbers);
  estimate.grain = std::max(bounds.most - usual.number, usual.number - bounds.least) / n;
  if (2.0 * usual.times >= n) {
    Side above, below;
    for (const double number : numbers) (number > usual.number ? above : below).add(std::abs(number - usual.number));
    const double to_least = usual.number - bounds.least, to_most = bounds.most - usual.number;
    const double spread = above.sd(n) * below.sd(n);
    const double correlation = spread > 0 ? std::min(1.0, above.mean(n) * below.mean(n) / spread) : 0.0;
    up = std::max(up, reach(above.high(n, to_most) - above.mean(n), below.mean(n) - below.low(n), correlation));
    down = std::max(down, reach(below.high(n, to_least) - below.mean(n), above.mean(n) - above.low(n), correlation));
  }
  set_reach(estimate, down, up, bounds);
  return estimate;
}

Estimate share_less(double successes, double trials, double reference) {
  const Probability share = exact_interval(successes, trials);
  Estimate estimate;
  estimate.value = share.p - reference;
  if (!(trials > 0)) return estimate;
  if (trials > 1) estimate.variance = share.p * (1.0 - share.p) / (trials - 1.0);
  estimate.standard_error = std::sqrt(estimate.variance);
  estimate.grain = 1.0 / trials;
  set_reach(estimate, share.p - share.low, share.high - share.p, {-reference, 1.0 - reference});
  return estimate;
}

void add_exact_limits(Estimate& estimate, double successes, double trials, double weight) {
  const Probability share = exact_interval(successes, trials);
  if (!(trials > 0)) {
    estimate = {estimate.value};
    return;
  }
  const double normal = square(normal_quantile_of_tail) * share.p * (1.0 - share.p) / trials;
  const double above = square(weight) * std::max(0.0, square(share.high - share.p) - normal);
  const double below = square(weight) * std::max(0.0, square(share.p - share.low) - normal);
  // An interval that is not known because nothing varied starts from nothing.
  const double down = std::isfinite(estimate.low) ? estimate.value - estimate.low : 0.0;
  const double up = std::isfinite(estimate.high) ? estimate.high - estimate.value : 0.0;
  const double wider_down = std::sqrt(square(down) + (weight > 0 ? below : above));
  const double wider_up = std::sqrt(square(up) + (weight > 0 ? above : below));
  estimate.grain = std::max(estimate.grain, std::abs(weight) / trials);
  estimate.low = estimate.value - wider_down;
  estimate.high = estimate.value + wider_up;
  if (!(estimate.variance > 0)) estimate.standard_error = std::max(wider_down, wider_up) / normal_quantile_of_tail;
}

double two_sided_p_value(const Estimate& estimate) {
  const double toward_zero = estimate.value > 0 ? estimate.value - estimate.low : estimate.high - estimate.value;
  if (estimate.value == 0.0 || !std::isfinite(toward_zero)) return 1.0;
  return 2.0 *
         boost::math::cdf(boost::math::normal(), -normal_quantile_of_tail * std::abs(estimate.value) / toward_zero);
}

double smallest_detectable(const Estimate& estimate, double level, double power) {
  const double multiple = normal_quantile(1.0 - 0.5 * level) + normal_quantile(power);
  const double half = std::max(estimate.value - estimate.low, estimate.high - estimate.value);
  return std::max(multiple * half / normal_quantile_of_tail, square(multiple) * estimate.grain);
}

Estimate bootstrap_interval(double value, std::vector<double> resampled, std::size_t clusters) {
  Estimate estimate;
  estimate.value = value;
  if (clusters < 2 || resampled.size() < 2) return estimate;
  std::sort(resampled.begin(), resampled.end());
  const std::size_t left_out = resampled.size() / 40;
  const auto n = static_cast<double>(clusters);
  const double wider = std::sqrt(n / (n - 1.0)) * student_quantile_of_tail(n - 1.0) / normal_quantile_of_tail;
  const double down = wider * (value - resampled[left_out]);
  const double up = wider * (resampled[resampled.size() - 1 - left_out] - value);
  constexpr double rounding = 1e-12;
  if (!(down + up > rounding)) return estimate;
  estimate.low = value - down;
  estimate.high = value + up;
  estimate.standard_error = mean_of(resampled).standard_error * std::sqrt(static_cast<double>(resampled.size()));
  estimate.variance = square(estimate.standard_error);
  return estimate;
}

}  // namespace interregnum
