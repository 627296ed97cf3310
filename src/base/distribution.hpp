#pragma once

#include <string>
#include <vector>

namespace interregnum {

/// What is known of one number: exact, a uniform range, a truncated normal, or weights over categories 0, 1, 2, …
/// Every draw is by inversion (`quantile`), so that two files which differ in one value share the draws of all others.
class Distribution {
 public:
  enum class Kind { fixed, uniform, normal, categorical };

  Distribution() = default;
  static Distribution fixed(double value);
  /// Requires low <= high.
  static Distribution uniform(double low, double high);
  /// Normal, cut off at [lower, upper] (either may be infinite). Requires sd >= 0 and some mass between the bounds.
  static Distribution normal(double mean, double sd, double lower, double upper);
  /// Requires weights >= 0 that sum to 1; the value is the index of the category.
  static Distribution categorical(std::vector<double> weights);

  /// The value below which a share `u` of the distribution lies; u in (0, 1).
  double quantile(double u) const;
  /// The share that lies below a value: the inverse of `quantile`, for numbers that are uniform or normal.
  double below(double value) const;
  double mean() const;
  bool is_fixed() const { return kind_ == Kind::fixed; }
  Kind kind() const { return kind_; }
  const std::vector<double>& weights() const { return weights_; }

  /// As a person would write it: `1200`, `800..1200`, `{mean: 0.4, sd: 0.5}`.
  std::string to_text() const;

 private:
  Kind kind_ = Kind::fixed;
  double first_ = 0.0;   // value, low end, or mean
  double second_ = 0.0;  // high end, or standard deviation
  double lower_ = 0.0;   // bounds of the normal
  double upper_ = 0.0;
  double mass_below_ = 0.0;  // standard normal mass below the lower bound
  double mass_within_ = 1.0;
  std::vector<double> weights_;
};

/// Standard normal quantile; p in (0, 1).
double normal_quantile(double p);

/// Standard Gumbel quantile; p in (0, 1). The highest of several utilities, each with such a shock, is a logit choice.
double gumbel_quantile(double p);

}  // namespace interregnum
