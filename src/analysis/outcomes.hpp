#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/intervals.hpp"
#include "engine/run_record.hpp"
#include "model/events.hpp"

namespace interregnum {

/// Counts of times in bins, so that quantiles are exact to a bin and memory does not grow with the replicates.
class TimeCounts {
 public:
  explicit TimeCounts(double bins_per_hour = 60.0) : bins_per_hour_(bins_per_hour) {}
  void add(double hours);
  std::uint64_t total() const { return total_; }
  /// Hours; nothing if no time was added.
  std::optional<double> quantile(double share) const;
  void merge(const TimeCounts& other);

  /// Number of times by bin, the last ones above zero; and the counts that they make.
  const std::vector<std::uint64_t>& numbers() const { return bins_; }
  void set_numbers(std::vector<std::uint64_t> numbers);

 private:
  double bins_per_hour_;
  std::vector<std::uint64_t> bins_;
  std::uint64_t total_ = 0;
};

/// When survival is looked at, in months after the seizure.
inline constexpr std::array<double, 12> survival_months{1.0,  2.0,  3.0,  6.0,  9.0,  12.0,
                                                        18.0, 24.0, 36.0, 60.0, 84.0, 120.0};

struct Milestone {
  EventKind kind;
  Probability probability;
};

/// A quantile of a whole number, with the exact 95 % interval from order statistics (Conover 1999, section 3.2), which
/// takes replicates as independent. Its ends may be the same, as the number is a whole one.
struct Quantile {
  double value = 0.0, low = 0.0;
  std::optional<double> high;  ///< nothing: too few replicates to bound it
};

/// Everything that is said of an ensemble, gathered replicate by replicate in order.
class OutcomeSummary {
 public:
  OutcomeSummary();
  void add(std::span<const RunRecord> records);
  /// Takes in other replicates of the same ensemble (EnsembleSettings::first). Exact: in any order the whole comes out.
  void merge(const OutcomeSummary& other);

  /// As JSON, in one line; `of_text` makes the same summary of it. Throws std::invalid_argument for anything else.
  std::string text() const;
  static OutcomeSummary of_text(const std::string& text);

  std::uint64_t replicates() const { return seized_.trials(); }
  const GroupedCount& outcome(Outcome outcome) const { return outcomes_[static_cast<std::size_t>(outcome)]; }
  const GroupedCount& seized() const { return seized_; }
  /// Shares of attempts: of the futures in which somebody moved, whatever the file begins with.
  std::uint64_t attempts() const { return without_deaths_.trials(); }
  const GroupedCount& without_deaths() const { return without_deaths_; }
  const GroupedCount& undecided() const { return undecided_; }
  const GroupedCount& decided_within_48_hours() const { return within_48_hours_; }
  const GroupedCount& without_deaths_if_seized() const { return without_deaths_if_seized_; }
  const GroupedCount& without_deaths_if_not() const { return without_deaths_if_not_; }
  /// Of the juntas that were followed for so long after the seizure: whether they still ruled then.
  const GroupedCount& in_power_after(std::size_t milestone) const { return survival_[milestone]; }
  const GroupedCount& another_attempt() const { return another_attempt_; }
  const GroupedCount& another_seizure() const { return another_seizure_; }
  const GroupedCount& handover(HandoverKind kind) const { return handovers_[static_cast<std::size_t>(kind)]; }
  /// When an outcome fell: of a failed or reversed attempt, from its beginning; of a junta's end, from the seizure.
  const TimeCounts& ended(Outcome outcome) const { return ended_[static_cast<std::size_t>(outcome)]; }
  /// From the beginning of the attempt to the taking of power, of those who held it seven days.
  const TimeCounts& seized_time() const { return seized_time_; }
  /// Of seizures: the army's cohesion at the start (in hundredths), and the largest share of the people in lost towns.
  std::optional<double> median_cohesion() const;
  std::optional<double> median_peak_lost() const;

  /// Deaths of the first attempt that a share of the attempts do not exceed; nothing if there was none.
  std::optional<Quantile> deaths_quantile(double share) const;
  double mean_steps() const;

  /// The things worth telling that happened most often on the way, the most frequent first.
  std::vector<Milestone> milestones(std::size_t count) const;

 private:
  /// Calls `visit(name, part of one, the same part of another, …)` for everything that is kept.
  template <class Visit, class... Summaries>
  static void for_each_part(const Visit& visit, Summaries&... of);

  std::array<GroupedCount, outcome_count> outcomes_;
  std::array<TimeCounts, outcome_count> ended_;
  std::array<GroupedCount, survival_months.size()> survival_;
  std::array<GroupedCount, handover_names.size()> handovers_;
  GroupedCount another_attempt_, another_seizure_;
  TimeCounts cohesion_{100.0}, peak_lost_{1000.0};
  std::array<GroupedCount, event_kind_count> kinds_;
  GroupedCount seized_, without_deaths_, undecided_, within_48_hours_, without_deaths_if_seized_,
      without_deaths_if_not_;
  TimeCounts seized_time_;
  std::vector<std::uint64_t> deaths_;  ///< by number, the last bin for all above
  std::uint64_t steps_ = 0;
};

}  // namespace interregnum
