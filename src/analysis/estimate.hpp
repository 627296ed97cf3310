#pragma once

#include <limits>
#include <vector>

#include "analysis/intervals.hpp"

namespace interregnum {

/// A number that was estimated, with its 95 % interval. This file is the one place that makes such intervals of means
/// and differences; none has width zero. Where the sample cannot tell an interval, its ends are infinite.
struct Estimate {
  double value = 0.0;
  double standard_error = std::numeric_limits<double>::infinity();
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  double variance = 0.0;  ///< of the value, as the sample has it: 0 where nothing varied
  double grain = 0.0;     ///< how far one observation more that differs from the usual would move the value

  /// Whether the interval can be told.
  bool is_known() const;
  /// Whether the number can be told from 0.
  bool is_told() const { return low > 0 || high < 0; }
};

/// What an observation can be at least and at most.
struct Bounds {
  double least, most;
};

/// With the interval of a normal distribution.
Estimate normal_estimate(double value, double standard_error);

/// Mean of numbers that are independent of each other and may be anything (Student's t interval). The interval cannot
/// be told from fewer than two numbers, nor where all are the same.
Estimate mean_of(const std::vector<double>& numbers);

/// The same of numbers within bounds: the widest of three intervals. (1) Student's. (2) Where at least half of the
/// numbers are the same, exact limits of how often and how far the others lie above and below it: Clopper & Pearson's
/// if the others are all the same distance away, else those of a sum of rare events of unequal size (Fay & Feuer 1997,
/// for a binomial number of events), put together by squaring and adding (Newcombe 1998; Zou & Donner 2008). (3) What
/// was never seen in n numbers may have a probability of up to 1 - 0.025^(1/n), the "rule of three" (Hanley &
/// Lippman-Hand 1983), and lie at either bound.
Estimate mean_of(const std::vector<double>& numbers, Bounds bounds);

/// A share of `trials` independent trials less `reference`, with Clopper & Pearson's interval.
Estimate share_less(double successes, double trials, double reference);

/// Widens an interval, square and add, by what the exact interval of a share of `trials` trials leaves room for beyond
/// the normal one, which knows nothing of a share that never varied. `weight`: of the share in the estimate.
void add_exact_limits(Estimate& estimate, double successes, double trials, double weight);

/// Two-sided, that the number is 0: below 0.05 if and only if the interval leaves 0 out; at other levels as if the
/// error were normal with the width of the interval on the side of 0.
double two_sided_p_value(const Estimate& estimate);

/// The smallest effect that a two-sided test at `level` would have told from 0 with a chance of `power`. Where next to
/// nothing varied, an effect shows as one-sided differences in so many observations that their number is more than
/// chance.
double smallest_detectable(const Estimate& estimate, double level, double power);

/// The interval of a bootstrap over few clusters is too narrow; this makes it wider by what Student's distribution and
/// the missing degree of freedom say (Hesterberg 2015, section 5.2). It cannot be told of fewer than two clusters, nor
/// where no resample differs. `resampled`: the numbers of the resamples.
Estimate bootstrap_interval(double value, std::vector<double> resampled, std::size_t clusters);

}  // namespace interregnum
