#include "base/binomial.hpp"

#include <algorithm>
#include <cmath>

namespace interregnum {

namespace {

/// Adds up the probabilities of 0, 1, 2, … until they pass `u`.
double invert_exactly(double n, double p, double u) {
  const double odds = p / (1.0 - p);
  double probability = std::exp(n * std::log1p(-p));
  double sum = probability;
  double successes = 0.0;
  while (u > sum && successes < n) {
    probability *= odds * (n - successes) / (successes + 1.0);
    successes += 1.0;
    sum += probability;
    if (probability < 1e-18 && successes > n * p) break;  // rounding has kept the sum below `u`
  }
  return successes;
}

}  // namespace

double normal_quantile_fast(double p) {
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * (((5.9109374720e+01 * r + 1.5929113202e+02) * r + 5.0434271938e+01) * r + 3.3871327179e+00) /
           (((6.7187563600e+01 * r + 7.8757757664e+01) * r + 1.7895169469e+01) * r + 1.0);
  }
  double r = std::sqrt(-std::log(q < 0 ? p : 1.0 - p));
  double value = 0.0;
  if (r <= 5.0) {
    r -= 1.6;
    value = (((1.7023821103e-01 * r + 1.3067284816e+00) * r + 2.7568153900e+00) * r + 1.4234372777e+00) /
            ((1.2021132975e-01 * r + 7.3700164250e-01) * r + 1.0);
  } else {
    r -= 5.0;
    value = (((1.7337203997e-02 * r + 4.2868294337e-01) * r + 3.0812263860e+00) * r + 6.6579051150e+00) /
            ((1.2258202635e-02 * r + 2.4197894225e-01) * r + 1.0);
  }
  return q < 0 ? -value : value;
}

double binomial_quantile(double n, double p, double u) {
  if (!(n > 0) || !(p > 0)) return 0.0;
  if (p >= 1.0) return n;
  if (p > 0.5) return n - binomial_quantile(n, 1.0 - p, 1.0 - u);
  const double mean = n * p;
  if (mean < binomial_exact_below) return invert_exactly(n, p, u);
  const double z = normal_quantile_fast(u);
  const double corrected = mean + std::sqrt(mean * (1.0 - p)) * z + (1.0 - 2.0 * p) * (z * z - 1.0) / 6.0;
  return std::clamp(std::floor(corrected + 0.5), 0.0, n);
}

}  // namespace interregnum
