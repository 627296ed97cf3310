#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "analysis/intervals.hpp"
#include "engine/run_record.hpp"
#include "model/events.hpp"

namespace interregnum {

/// Counts of times in bins of a minute, so that quantiles are exact to a minute and memory does not grow with the
/// replicates.
class TimeCounts {
 public:
  void add(double hours);
  std::uint64_t total() const { return total_; }
  /// Hours; nothing if no time was added.
  std::optional<double> quantile(double share) const;

 private:
  std::vector<std::uint64_t> minutes_;
  std::uint64_t total_ = 0;
};

struct Milestone {
  EventKind kind;
  Probability probability;
};

/// Everything that is said of an ensemble, gathered replicate by replicate in order.
class OutcomeSummary {
 public:
  void add(std::span<const RunRecord> records);

  std::uint64_t replicates() const { return seized_.trials(); }
  const GroupedCount& outcome(Outcome outcome) const { return outcomes_[static_cast<std::size_t>(outcome)]; }
  const GroupedCount& seized() const { return seized_; }
  const GroupedCount& without_deaths() const { return without_deaths_; }
  const GroupedCount& undecided() const { return undecided_; }
  const GroupedCount& decided_within_48_hours() const { return within_48_hours_; }
  const GroupedCount& without_deaths_if_seized() const { return without_deaths_if_seized_; }
  const GroupedCount& without_deaths_if_not() const { return without_deaths_if_not_; }
  const TimeCounts& decided(Outcome outcome) const { return decided_[static_cast<std::size_t>(outcome)]; }
  const TimeCounts& seized_time() const { return seized_time_; }

  /// Deaths below which a share of the replicates stay.
  double deaths_quantile(double share) const;
  double mean_steps() const;

  /// The things worth telling that happened most often on the way, the most frequent first.
  std::vector<Milestone> milestones(std::size_t count) const;

 private:
  std::array<GroupedCount, outcome_count> outcomes_;
  std::array<TimeCounts, outcome_count> decided_;
  std::array<GroupedCount, event_kind_count> kinds_;
  GroupedCount seized_, without_deaths_, undecided_, within_48_hours_, without_deaths_if_seized_,
      without_deaths_if_not_;
  TimeCounts seized_time_;
  std::vector<std::uint64_t> deaths_;  ///< by number, the last bin for all above
  std::uint64_t steps_ = 0;
};

}  // namespace interregnum
