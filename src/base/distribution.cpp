#include "base/distribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <stdexcept>

namespace interregnum {

namespace {

const boost::math::normal_distribution<double> standard_normal(0.0, 1.0);

double standard_normal_mass_below(double z) {
  if (std::isinf(z)) return z > 0 ? 1.0 : 0.0;
  return boost::math::cdf(standard_normal, z);
}

}  // namespace

double normal_quantile(double p) { return boost::math::quantile(standard_normal, p); }

double gumbel_quantile(double p) { return -std::log(-std::log(p)); }

Distribution Distribution::fixed(double value) {
  Distribution result;
  result.first_ = value;
  return result;
}

Distribution Distribution::uniform(double low, double high) {
  if (!(low <= high)) throw std::invalid_argument("uniform distribution needs low <= high");
  if (low == high) return fixed(low);
  Distribution result;
  result.kind_ = Kind::uniform;
  result.first_ = low;
  result.second_ = high;
  return result;
}

Distribution Distribution::normal(double mean, double sd, double lower, double upper) {
  if (!(sd >= 0)) throw std::invalid_argument("normal distribution needs sd >= 0");
  if (sd == 0) return fixed(std::clamp(mean, lower, upper));
  Distribution result;
  result.kind_ = Kind::normal;
  result.first_ = mean;
  result.second_ = sd;
  result.lower_ = lower;
  result.upper_ = upper;
  result.mass_below_ = standard_normal_mass_below((lower - mean) / sd);
  result.mass_within_ = standard_normal_mass_below((upper - mean) / sd) - result.mass_below_;
  if (!(result.mass_within_ > 1e-9)) throw std::invalid_argument("normal distribution lies outside its bounds");
  return result;
}

Distribution Distribution::categorical(std::vector<double> weights) {
  double sum = 0.0;
  for (const double weight : weights) sum += weight;
  if (weights.empty() || std::abs(sum - 1.0) > 1e-6) throw std::invalid_argument("weights must sum to 1");
  const auto certain = std::find(weights.begin(), weights.end(), 1.0);
  if (certain != weights.end()) return fixed(static_cast<double>(certain - weights.begin()));
  Distribution result;
  result.kind_ = Kind::categorical;
  result.weights_ = std::move(weights);
  return result;
}

double Distribution::quantile(double u) const {
  switch (kind_) {
    case Kind::fixed:
      return first_;
    case Kind::uniform:
      return first_ + u * (second_ - first_);
    case Kind::normal: {
      const double p = std::clamp(mass_below_ + u * mass_within_, 1e-15, 1.0 - 1e-15);
      return std::clamp(first_ + second_ * normal_quantile(p), lower_, upper_);
    }
    case Kind::categorical: {
      double sum = 0.0;
      for (std::size_t index = 0; index < weights_.size(); ++index) {
        sum += weights_[index];
        if (u < sum) return static_cast<double>(index);
      }
      // Rounding may leave the sum just below 1: the last category that can happen.
      std::size_t last = weights_.size() - 1;
      while (weights_[last] == 0.0) --last;
      return static_cast<double>(last);
    }
  }
  return first_;
}

double Distribution::below(double value) const {
  switch (kind_) {
    case Kind::uniform:
      return std::clamp((value - first_) / (second_ - first_), 0.0, 1.0);
    case Kind::normal:
      return std::clamp((standard_normal_mass_below((value - first_) / second_) - mass_below_) / mass_within_, 0.0,
                        1.0);
    default:
      throw std::logic_error("only uniform and normal distributions can be asked for the share below a value");
  }
}

double Distribution::mean() const {
  switch (kind_) {
    case Kind::fixed:
      return first_;
    case Kind::uniform:
      return 0.5 * (first_ + second_);
    case Kind::normal: {
      const double a = (lower_ - first_) / second_;
      const double b = (upper_ - first_) / second_;
      const double density_a = std::isinf(a) ? 0.0 : boost::math::pdf(standard_normal, a);
      const double density_b = std::isinf(b) ? 0.0 : boost::math::pdf(standard_normal, b);
      return first_ + second_ * (density_a - density_b) / mass_within_;
    }
    case Kind::categorical: {
      double sum = 0.0;
      for (std::size_t index = 0; index < weights_.size(); ++index) sum += weights_[index] * static_cast<double>(index);
      return sum;
    }
  }
  return first_;
}

std::string Distribution::to_text() const {
  switch (kind_) {
    case Kind::fixed:
      return fmt::format("{}", first_);
    case Kind::uniform:
      return fmt::format("{}..{}", first_, second_);
    case Kind::normal:
      return fmt::format("{{mean: {}, sd: {}}}", first_, second_);
    case Kind::categorical:
      return fmt::format("{{{}}}", fmt::join(weights_, ", "));
  }
  return "";
}

}  // namespace interregnum
