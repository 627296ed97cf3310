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

/// Variance of a probability: between draws of the parameters, between draws of the inputs that share parameters, and
/// between draws of both. Estimates of the analysis of variance, which may be negative by chance; nothing where no
/// replicates share the draws that would tell.
struct NestedVariance {
  std::optional<double> parameters;
  std::optional<double> inputs;
  std::optional<double> total;
};

/// Counts of an event over replicates that come in groups, each group with its own draw of the uncertain inputs; and
/// the groups in turn with draws of the parameters.
class GroupedCount {
 public:
  /// A group has one draw of the parameters, which other groups may share. Members of a group may come apart if no
  /// group whose number differs by a multiple of `spread_period` comes between them, as in both designs of replicates.
  void add(std::uint64_t group, bool happened, std::uint64_t parameter_draw = 0);

  /// Takes in the counts of other replicates. No group may have members in both. Exact, in any order: all that is kept
  /// are whole numbers.
  void merge(const GroupedCount& other);

  std::uint64_t trials() const { return trials_; }
  std::uint64_t successes() const { return successes_; }

  /// Share of replicates, with the interval of Korn & Graubard (1998): Clopper & Pearson's at the number of independent
  /// trials that would have the same variance, since replicates that share parameters or inputs are alike. It covers
  /// the error of a finite number of replicates.
  Probability estimate() const;

  /// Three-level nested analysis of variance for groups of any size (Searle, Casella & McCulloch 1992, sections 2.4 and
  /// 3.6: sums of squares set equal to their expectations).
  NestedVariance variance() const;

  /// The same where enough replicates share draws for an estimate that says something: 400 pairs of replicates that
  /// share what is asked for and nothing else, from ten draws. Negative estimates count as 0.
  NestedVariance told_variance() const;

  /// Where the probability itself lies for 95 % of the draws of the inputs: quantiles of the beta distribution with the
  /// estimated mean and variance between draws. It covers what the analyst does not know, and does not shrink with more
  /// replicates. Nothing if no variance between draws can be told from chance.
  std::optional<Probability> spread_over_inputs() const;
  /// The same for draws of the parameters: what the field does not know.
  std::optional<Probability> spread_over_parameters() const;
  /// The same for inputs and parameters together, and with the error of a finite number of replicates. Nothing if too
  /// few replicates share draws.
  std::optional<Probability> total_interval() const;

  /// A list of whole numbers, from which `of_numbers` makes the same counts; throws std::invalid_argument for others.
  std::vector<std::uint64_t> numbers() const;
  static GroupedCount of_numbers(const std::vector<std::uint64_t>& numbers);

 private:
  struct Cell {
    double trials = 0.0, successes = 0.0;
  };
  /// Groups of one size.
  struct OfSize {
    std::uint64_t groups = 0, successes = 0;
    std::uint64_t squared_successes = 0;  ///< of successes² over groups
  };
  struct Sums {
    double groups = 0.0;
    double squared_successes = 0.0;  ///< of successes² over groups
    double squared_trials = 0.0;     ///< of trials² over groups
    double within = 0.0;             ///< of successes · failures / trials over groups
    double cross = 0.0;              ///< of successes · trials over groups
  };
  struct OfDraw {
    Cell all;
    double squared_trials = 0.0;  ///< of trials² over the draw's groups
  };
  struct OpenGroup {
    std::uint64_t group = 0, parameter_draw = 0;
    Cell cell;
  };
  void close(OpenGroup& open);
  GroupedCount closed() const;
  /// Sums over the closed groups, and over the draws of parameters.
  Sums over_groups() const;
  Sums over_draws() const;
  /// The number of independent replicates that would leave the same error in the share of successes.
  double independent_trials() const;
  std::optional<Probability> spread(double variance) const;

  std::uint64_t trials_ = 0;
  std::uint64_t successes_ = 0;
  std::vector<OpenGroup> open_;  ///< groups that may get more members, by their number modulo `spread_period`
  std::vector<OfSize> sizes_;    ///< closed groups, by number of replicates
  std::vector<OfDraw> draws_;    ///< by number of the parameters' draw
};

/// Clopper & Pearson's 95 % interval for `successes` of `trials`, which need not be whole numbers. A share of no trials
/// is not a number and can be anything.
Probability exact_interval(double successes, double trials);

}  // namespace interregnum
