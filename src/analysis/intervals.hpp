#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace interregnum {

/// A probability with its 95 % interval.
struct Probability {
  double p = 0.0;
  double low = 0.0;
  double high = 1.0;
};

/// Variance of an event on three levels, each apart from the others: of the probability between draws of the
/// parameters, between draws of the inputs that share parameters, and of the event itself between replicates that share
/// both. Estimates of the analysis of variance, which may be negative by chance.
struct NestedVariance {
  std::optional<double> parameters;  ///< nothing: there are too few draws to tell
  std::optional<double> inputs;
};

/// Counts of an event over replicates that come in groups, each group with its own draw of the uncertain inputs; and
/// the groups in turn with draws of the parameters.
class GroupedCount {
 public:
  /// Replicates must come in order of their group; a group has one draw of the parameters, which other groups may
  /// share.
  void add(std::uint64_t group, bool happened, std::uint64_t parameter_draw = 0);

  std::uint64_t trials() const { return trials_; }
  std::uint64_t successes() const { return successes_; }

  /// Share of replicates, with the interval of Korn & Graubard (1998): Clopper & Pearson's at the number of independent
  /// trials that would have the same variance, since replicates that share parameters or inputs are alike. It covers
  /// the error of a finite number of replicates.
  Probability estimate() const;

  /// Three-level nested analysis of variance for groups of any size (Searle, Casella & McCulloch 1992, sections 2.4 and
  /// 3.6: sums of squares set equal to their expectations).
  NestedVariance variance() const;

  /// Variance of the probability between draws of the inputs, and between draws of the parameters; 0 if nothing speaks
  /// for any.
  double variance_between_inputs() const;
  double variance_between_parameters() const;

  /// Where the probability itself lies for 95 % of the draws of the inputs: quantiles of the beta distribution with the
  /// estimated mean and variance between draws. It covers what the analyst does not know, and does not shrink with more
  /// replicates. Nothing if no variance between draws can be told from chance.
  std::optional<Probability> spread_over_inputs() const;
  /// The same for draws of the parameters: what the field does not know.
  std::optional<Probability> spread_over_parameters() const;

 private:
  struct Cell {
    double trials = 0.0, successes = 0.0;
  };
  struct Sums {
    double groups = 0.0;
    double squared_successes = 0.0;  ///< of successes² over groups
    double squared_trials = 0.0;     ///< of trials² over groups
    double within = 0.0;             ///< of successes · failures / trials over groups
    double cross = 0.0;              ///< of successes · trials over groups
    void add(const Cell& cell);
  };
  struct OfDraw {
    Cell all;
    double squared_trials = 0.0;  ///< of trials² over the draw's groups
  };
  void close();
  GroupedCount closed() const;
  std::optional<Probability> spread(double variance) const;

  std::uint64_t trials_ = 0;
  std::uint64_t successes_ = 0;
  std::uint64_t group_ = 0;
  std::uint64_t parameter_draw_ = 0;
  Cell open_;  ///< the group that is being counted
  Sums groups_;
  std::vector<OfDraw> draws_;  ///< by number of the parameters' draw
};

/// Clopper & Pearson's 95 % interval for `successes` of `trials`, which need not be whole numbers. A share of no trials
/// is not a number and can be anything.
Probability exact_interval(double successes, double trials);

}  // namespace interregnum
