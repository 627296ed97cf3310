#include "analysis/outcomes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <stdexcept>
#include <tuple>
#include <utility>

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

void add_bins(std::vector<std::uint64_t>& into, const std::vector<std::uint64_t>& from) {
  into.resize(std::max(into.size(), from.size()));
  for (std::size_t bin = 0; bin < from.size(); ++bin) into[bin] += from[bin];
}

}  // namespace

void TimeCounts::merge(const TimeCounts& other) {
  add_bins(bins_, other.bins_);
  total_ += other.total_;
}

void TimeCounts::set_numbers(std::vector<std::uint64_t> numbers) {
  bins_ = std::move(numbers);
  total_ = std::accumulate(bins_.begin(), bins_.end(), std::uint64_t{0});
}

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

template <class Visit, class... Summaries>
void OutcomeSummary::for_each_part(const Visit& visit, Summaries&... of) {
  const auto each = [&](std::string_view name, auto&... list) {
    for (std::size_t index = 0; index < std::get<0>(std::tie(list...)).size(); ++index)
      visit(fmt::format("{}.{}", name, index), list[index]...);
  };
  each("outcome", of.outcomes_...);
  each("ended", of.ended_...);
  each("survival", of.survival_...);
  each("handover", of.handovers_...);
  each("event", of.kinds_...);
  visit("another_attempt", of.another_attempt_...);
  visit("another_seizure", of.another_seizure_...);
  visit("cohesion", of.cohesion_...);
  visit("peak_lost", of.peak_lost_...);
  visit("seized", of.seized_...);
  visit("without_deaths", of.without_deaths_...);
  visit("undecided", of.undecided_...);
  visit("within_48_hours", of.within_48_hours_...);
  visit("without_deaths_if_seized", of.without_deaths_if_seized_...);
  visit("without_deaths_if_not", of.without_deaths_if_not_...);
  visit("seized_time", of.seized_time_...);
  visit("deaths", of.deaths_...);
  visit("steps", of.steps_...);
}

namespace {

void merge_part(auto& into, const auto& from) { into.merge(from); }
void merge_part(std::uint64_t& into, const std::uint64_t& from) { into += from; }
void merge_part(std::vector<std::uint64_t>& into, const std::vector<std::uint64_t>& from) { add_bins(into, from); }

using Numbers = std::vector<std::uint64_t>;

Numbers numbers_of(const auto& part) { return part.numbers(); }
Numbers numbers_of(const std::uint64_t& part) { return {part}; }
Numbers numbers_of(const Numbers& part) { return part; }

void take_numbers(GroupedCount& part, Numbers numbers) { part = GroupedCount::of_numbers(numbers); }
void take_numbers(TimeCounts& part, Numbers numbers) { part.set_numbers(std::move(numbers)); }
void take_numbers(std::uint64_t& part, Numbers numbers) { part = numbers.at(0); }
void take_numbers(Numbers& part, Numbers numbers) { part = std::move(numbers); }

}  // namespace

void OutcomeSummary::merge(const OutcomeSummary& other) {
  for_each_part([](std::string_view, auto& mine, const auto& theirs) { merge_part(mine, theirs); }, *this, other);
}

std::string OutcomeSummary::text() const {
  nlohmann::ordered_json parts;
  for_each_part([&](std::string_view name, const auto& part) { parts[std::string(name)] = numbers_of(part); }, *this);
  return parts.dump();
}

OutcomeSummary OutcomeSummary::of_text(const std::string& text) {
  OutcomeSummary summary;
  try {
    const auto parts = nlohmann::json::parse(text);
    for_each_part([&](std::string_view name,
                      auto& part) { take_numbers(part, parts.at(std::string(name)).template get<Numbers>()); },
                  summary);
  } catch (const nlohmann::json::exception& error) {
    throw std::invalid_argument(fmt::format("this is no summary of futures: {}", error.what()));
  } catch (const std::out_of_range&) {
    throw std::invalid_argument("this is no summary of futures: a number is missing");
  }
  return summary;
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
