#pragma once

#include <cstdint>
#include <optional>

namespace interregnum {

/// A probability with its 95 % interval.
struct Probability {
  double p = 0.0;
  double low = 0.0;
  double high = 1.0;
};

/// Counts of an event over replicates that come in groups, each group with its own draw of the uncertain inputs.
class GroupedCount {
 public:
  /// Replicates must come in order of their group.
  void add(std::uint64_t group, bool happened);

  std::uint64_t trials() const { return trials_; }
  std::uint64_t successes() const { return successes_; }

  /// Share of replicates, with the interval of Korn & Graubard (1998): Clopper & Pearson's at the number of independent
  /// trials that would have the same variance, since replicates that share inputs are alike. It covers the error of a
  /// finite number of replicates.
  Probability estimate() const;

  /// Variance of the probability between draws of the inputs (one-way analysis of variance; Searle, Casella & McCulloch
  /// 1992); 0 if nothing speaks for any.
  double variance_between() const;

  /// Where the probability itself lies for 95 % of the draws of the inputs: quantiles of the beta distribution with the
  /// estimated mean and variance between draws. It covers what the analyst does not know, and does not shrink with more
  /// replicates. Nothing if no variance between draws can be told from chance.
  std::optional<Probability> spread_over_inputs() const;

 private:
  struct Sums {
    std::uint64_t groups = 0;
    double squared_successes = 0.0;  ///< of successes² over groups
    double squared_trials = 0.0;     ///< of trials² over groups
    double within = 0.0;             ///< of successes · failures / trials over groups
    double cross = 0.0;              ///< of successes · trials over groups
  };
  /// Sums with the group that is still open counted in.
  Sums closed() const;

  std::uint64_t trials_ = 0;
  std::uint64_t successes_ = 0;
  std::uint64_t group_ = 0;
  std::uint64_t group_trials_ = 0;
  std::uint64_t group_successes_ = 0;
  Sums sums_;
};

/// Clopper & Pearson's 95 % interval for `successes` of `trials`, which need not be whole numbers.
Probability exact_interval(double successes, double trials);

}  // namespace interregnum
