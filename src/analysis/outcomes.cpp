#include "analysis/outcomes.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>

#include "analysis/quantiles.hpp"
#include "base/quantity.hpp"
#include "model/event_table.hpp"

namespace interregnum {

namespace {

/// Index of the bin that holds the given share of a histogram.
std::size_t quantile_bin(const std::vector<std::uint64_t>& counts, std::uint64_t total, double share) {
  const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(total)));
  std::uint64_t sum = 0;
  for (std::size_t bin = 0; bin < counts.size(); ++bin) {
    sum += counts[bin];
    if (sum >= std::max<std::uint64_t>(wanted, 1)) return bin;
  }
  return counts.empty() ? 0 : counts.size() - 1;
}

void count_in_bin(std::vector<std::uint64_t>& counts, double value) {
  const auto bin = static_cast<std::size_t>(std::max(0.0, value));
  if (bin >= counts.size()) counts.resize(bin + 1, 0);
  ++counts[bin];
}

}  // namespace

void TimeCounts::add(double hours) {
  count_in_bin(bins_, std::round(hours * bins_per_hour_));
  ++total_;
}

std::optional<double> TimeCounts::quantile(double share) const {
  if (total_ == 0) return std::nullopt;
  return static_cast<double>(quantile_bin(bins_, total_, share)) / bins_per_hour_;
}

OutcomeSummary::OutcomeSummary() {
  // A junta's end is known to a day or a week: bins of an hour are fine enough, and thirty years fit.
  for (std::size_t outcome = 0; outcome < outcome_count; ++outcome)
    ended_[outcome] = TimeCounts(is_seized(static_cast<Outcome>(outcome)) ? 1.0 : 60.0);
}

void OutcomeSummary::add(std::span<const RunRecord> records) {
  for (const RunRecord& record : records) {
    const auto count = [&record](GroupedCount& into, bool happened) {
      into.add(record.input_draw, happened, record.parameter_draw);
    };
    const bool seized = is_seized(record.outcome);
    for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
      count(outcomes_[outcome], static_cast<std::size_t>(record.outcome) == outcome);
    }
    for (std::size_t kind = 0; kind < event_kind_count; ++kind) {
      if (event_descriptions[kind].on_the_way) count(kinds_[kind], record.kinds_seen.test(kind));
    }
    count(seized_, seized);
    if (record.outcome != Outcome::no_attempt) {
      count(without_deaths_, record.deaths == 0);
      count(seized ? without_deaths_if_seized_ : without_deaths_if_not_, record.deaths == 0);
      count(undecided_, record.undecided_at_day_seven);
      count(within_48_hours_, record.decided_hour - record.attempt_hour <= 48.0);
      count_in_bin(deaths_, std::min(record.deaths, 1e6));
    }
    count(another_attempt_, !std::isnan(record.another_attempt_hour));
    count(another_seizure_, !std::isnan(record.another_seizure_hour));
    for (std::size_t kind = 0; kind < handovers_.size(); ++kind)
      count(handovers_[kind], static_cast<std::size_t>(record.handover) == kind);
    TimeCounts& ended = ended_[static_cast<std::size_t>(record.outcome)];
    if (seized) {
      const double held = record.ended_hour - record.taken_hour;
      ended.add(held);
      seized_time_.add(record.taken_hour - record.attempt_hour);
      for (std::size_t at = 0; at < survival_.size(); ++at) {
        // Only of those that were followed for so long.
        const double months = survival_months[at] * hours_per_month;
        if (record.horizon_hour - record.taken_hour < months - 1e-6) continue;
        count(survival_[at], record.outcome == Outcome::in_power || held > months);
      }
      cohesion_.add(record.initial_cohesion);
      peak_lost_.add(record.peak_lost);
    } else if (record.outcome != Outcome::no_attempt) {
      ended.add(record.decided_hour - record.attempt_hour);
    }
    steps_ += record.steps;
  }
}

std::optional<double> OutcomeSummary::median_cohesion() const { return cohesion_.quantile(0.5); }

std::optional<double> OutcomeSummary::median_peak_lost() const { return peak_lost_.quantile(0.5); }

std::optional<Quantile> OutcomeSummary::deaths_quantile(double share) const {
  if (attempts() == 0) return std::nullopt;
  Quantile quantile;
  const auto n = static_cast<double>(attempts());
  quantile.value = static_cast<double>(quantile_bin(deaths_, attempts(), share));
  // How many of the attempts lie below the quantile: the order statistics at these two ranks are its limits.
  const boost::math::binomial_distribution<double> below(n, share);
  const double first = std::floor(boost::math::quantile(below, interval_tail));
  const double last = std::ceil(boost::math::quantile(below, 1.0 - interval_tail)) + 1.0;
  if (first >= 1.0) quantile.low = static_cast<double>(quantile_bin(deaths_, attempts(), first / n));
  if (last <= n) quantile.high = static_cast<double>(quantile_bin(deaths_, attempts(), last / n));
  return quantile;
}

double OutcomeSummary::mean_steps() const {
  return replicates() > 0 ? static_cast<double>(steps_) / static_cast<double>(replicates()) : 0.0;
}

std::vector<Milestone> OutcomeSummary::milestones(std::size_t count) const {
  std::vector<Milestone> list;
  for (std::size_t kind = 0; kind < event_kind_count; ++kind) {
    if (event_descriptions[kind].on_the_way) list.push_back({static_cast<EventKind>(kind), kinds_[kind].estimate()});
  }
  std::stable_sort(list.begin(), list.end(), [](const Milestone& left, const Milestone& right) {
    return left.probability.p > right.probability.p;
  });
  list.resize(std::min(count, list.size()));
  return list;
}

}  // namespace interregnum
