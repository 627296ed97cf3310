#include "report/run_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/quantity.hpp"
#include "base/version.hpp"
#include "model/event_table.hpp"
#include "report/format.hpp"

namespace interregnum {

namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(std::optional<double> number) { return number ? Json(*number) : Json(nullptr); }

Json spread_json(const std::optional<Probability>& spread, std::optional<double> variance) {
  return {{"low", spread ? Json(spread->low) : Json(nullptr)},
          {"high", spread ? Json(spread->high) : Json(nullptr)},
          {"variance", number_or_null(variance)}};
}

/// A probability, where it lies over draws of the inputs, over draws of the parameters and over both, and the variance
/// that each makes.
Json to_json(const GroupedCount& count) {
  Json object = to_json(count.estimate());
  const NestedVariance variance = count.told_variance();
  object["inputs"] = spread_json(count.spread_over_inputs(), variance.inputs);
  object["parameters"] = spread_json(count.spread_over_parameters(), variance.parameters);
  object["total"] = spread_json(count.total_interval(), variance.total);
  return object;
}

/// The table of `run`: the column over parameters is there if they are drawn.
class Table {
 public:
  explicit Table(bool parameters_vary) : parameters_vary_(parameters_vary) {}

  std::string row(const std::string& name, const std::string& probability, const std::string& interval,
                  const std::string& inputs, const std::string& parameters, const std::string& time,
                  std::string_view meaning) const {
    std::string line = "  " + padded(name, 19) + padded(probability, 9, true) + "   " + padded(interval, 17) + "  " +
                       padded(inputs, 17) + "  ";
    if (parameters_vary_) line += padded(parameters, 17) + "  ";
    line += padded(time, 9, true) + "   " + std::string(meaning);
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line + "\n";
  }

  std::string row(const std::string& name, const GroupedCount& count, const TimeCounts& times,
                  std::string_view meaning) const {
    const Probability estimate = count.estimate();
    const auto median = times.quantile(0.5);
    return row(name, percent(estimate.p), percent(estimate.low) + " - " + percent(estimate.high),
               spread_text(count.spread_over_inputs()),
               parameters_vary_ ? spread_text(count.spread_over_parameters()) : "",
               median ? duration_text(*median) : "", meaning);
  }

  std::string row(const std::string& name, const GroupedCount& count, std::string_view meaning) const {
    return row(name, count, TimeCounts(), meaning);
  }

 private:
  static std::string spread_text(const std::optional<Probability>& spread) {
    return spread ? percent(spread->low) + " - " + percent(spread->high) : "cannot be told";
  }

  bool parameters_vary_;
};

constexpr const char* note_on_what_follows =
    "Only the seizure was simulated: one that held for seven days counts as in_power.";

/// Whether this kind of end is played out.
bool is_simulated(const RunDescription& description, Outcome outcome) {
  if (outcome == Outcome::no_attempt) return description.begins_with_watch;
  const bool later = outcome >= Outcome::counter_coup && outcome <= Outcome::handover;
  return !(description.until_seizure && later);
}

}  // namespace

std::string run_sentence(const RunDescription& description, const OutcomeSummary& summary) {
  const std::string seized = percent(summary.seized().estimate().p);
  if (description.until_seizure) return fmt::format("The coup seizes power in {} of futures.", seized);
  return fmt::format(
      "{} {} of futures, and the junta is in power {} later in {}.",
      description.begins_with_watch ? "A coup is attempted and seizes power in" : "The coup seizes power in", seized,
      duration_in_words(description.horizon_hours), percent(summary.outcome(Outcome::in_power).estimate().p));
}

namespace {

/// Of the months that are counted, those that a person is told.
constexpr std::array<double, 6> told_months{1.0, 6.0, 12.0, 24.0, 60.0, 120.0};

std::string what_follows(const Table& table, const OutcomeSummary& summary) {
  std::string text = "\n";
  for (std::size_t at = 0; at < survival_months.size(); ++at) {
    const double months = survival_months[at];
    if (summary.in_power_after(at).trials() == 0) continue;  // the horizon is nearer
    if (std::find(told_months.begin(), told_months.end(), months) == told_months.end()) continue;
    text += table.row(fmt::format("rules at {:.0f} mo.", months), summary.in_power_after(at),
                      "of juntas followed for so long");
  }
  text += table.row("handover: bargain", summary.handover(HandoverKind::bargain), "of all futures");
  text += table.row("handover: election", summary.handover(HandoverKind::election), "of all futures");
  text += table.row("another_attempt", summary.another_attempt(), "a further attempt before the horizon");
  text += table.row("another_seizure", summary.another_seizure(), "a further one that seizes power");
  if (const auto cohesion = summary.median_cohesion()) {
    text += fmt::format(
        "\n  Of juntas that seized power: median cohesion of the army {:.2f}, of the people in lost towns at worst "
        "{}.\n",
        *cohesion, percent(*summary.median_peak_lost()));
  }
  return text;
}

}  // namespace

std::string duration_text(double hours) {
  if (hours < 1.0) return fmt::format("{:.0f} min", hours * 60.0);
  if (hours < 10.0) return fmt::format("{:.1f} h", hours);
  if (hours < 72.0) return fmt::format("{:.0f} h", hours);
  if (hours < 100 * hours_per_day) return fmt::format("{:.1f} days", hours / hours_per_day);
  if (hours < 36 * hours_per_month) return fmt::format("{:.1f} mo.", hours / hours_per_month);
  return fmt::format("{:.1f} years", hours / hours_per_year);
}

namespace {

std::string deadliest_text(const Quantile& lives) {
  if (!lives.high) return "what the deadliest tenth cost cannot be told from so few futures";
  if (*lives.high == 0.0) return "at least nine in ten cost no life";
  return fmt::format("the deadliest tenth cost {:.0f} lives or more ({:.0f} - {:.0f})", lives.value, lives.low,
                     *lives.high);
}

/// How bloody and how long the first attempts are, of the futures in which there is one.
std::string course_of_attempts(const RunDescription& description, const OutcomeSummary& summary) {
  if (summary.attempts() == 0) return "No attempt in any of the futures.\n";
  const Probability bloodless = summary.without_deaths().estimate();
  return fmt::format(
      "Nobody is killed in {} of {} ({} - {}); {}.\n"
      "Decided within 48 hours: {}; still open on day seven: {}.\n",
      percent(bloodless.p), description.begins_with_watch ? "first attempts" : "futures", percent(bloodless.low),
      percent(bloodless.high), deadliest_text(*summary.deaths_quantile(0.9)),
      percent(summary.decided_within_48_hours().estimate().p), percent(summary.undecided().estimate().p));
}

std::string parameters_text(const RunDescription& description) {
  if (description.theta == "default") return "parameters: default\n";
  if (description.theta == "prior")
    return fmt::format("parameters: {} draws from their priors\n", description.parameter_draws);
  return fmt::format("parameters: {} draws given the record, {}\n", description.parameter_draws, description.theta);
}

}  // namespace

namespace {

/// The two probabilities that are asked for most, with all that is uncertain; or what would tell.
std::string total_text(const RunDescription& description, const OutcomeSummary& summary) {
  const auto seized = summary.seized().total_interval();
  const auto in_power = summary.outcome(Outcome::in_power).total_interval();
  std::string text = "\n";
  if (seized && in_power) {
    text += fmt::format("  All of this together: seized {}", percent(*seized));
    if (!description.until_seizure) text += fmt::format(", in_power {}", percent(*in_power));
    text += ".\n";
  }
  const NestedVariance told = summary.seized().told_variance();
  if (!told.inputs && !description.nested)
    text += "  Inputs, parameters and chance cannot be told apart in so few futures: more of them do, or --nested.\n";
  return text == "\n" ? "" : text;
}

}  // namespace

std::string run_text(const RunDescription& description, const OutcomeSummary& summary, TextStyle style) {
  std::string text = emphasised(description.scenario_name, style) + "\n";
  text += fmt::format("{} futures from {}, seed {}, interregnum {}\n", summary.replicates(), description.start,
                      description.seed, version);
  text += parameters_text(description);
  for (const auto& [key, value] : description.overrides) text += fmt::format("with {} = {}\n", key, value);
  for (const std::string& warning : description.warnings) text += fmt::format("Warning: {}\n", warning);
  if (summary.replicates() < description.wanted) {
    text += fmt::format("Interrupted: {} of {} replicates were done; the figures are of those.\n", summary.replicates(),
                        description.wanted);
  }
  text += "\n" + emphasised(run_sentence(description, summary), style) + "\n\n";
  const bool parameters_vary = description.parameter_draws > 1;
  const Table table(parameters_vary);
  text += table.row("outcome", "probability", "95 % interval", "over inputs", "over parameters", "median", "");
  text +=
      table.row("seized", summary.seized(), summary.seized_time(), "held power for 7 days: all from counter_coup down");
  for (std::size_t index = 0; index < outcome_count; ++index) {
    const auto outcome = static_cast<Outcome>(index);
    if (is_simulated(description, outcome)) {
      // Everybody who still rules does so for as long as was asked.
      static const TimeCounts no_times;
      text +=
          table.row(std::string(outcome_names[index]), summary.outcome(outcome),
                    outcome == Outcome::in_power ? no_times : summary.ended(outcome), description_of(outcome).meaning);
    } else {
      text += table.row(std::string(outcome_names[index]), percent(0.0), "not simulated", "", "", "",
                        description_of(outcome).meaning);
    }
  }
  if (!description.until_seizure) text += what_follows(table, summary);
  text += total_text(description, summary);
  text += "\n  95 % interval: error of a finite number of replicates; more of them narrow it.\n";
  text +=
      "  over inputs:   where the probability lies for 95 % of what the country file leaves open; only better "
      "knowledge narrows it.\n";
  if (parameters_vary)
    text +=
        "  over parameters: the same for what the field leaves open, the model's parameters; only more cases, or "
        "better "
        "measured ones, narrow it.\n";
  text +=
      "  median:        of seized, failed, reversed: time since the attempt began; of a junta's end: time since the "
      "seizure.\n";
  text += "\nOn the way, most often:\n";
  for (const Milestone& milestone : summary.milestones(3)) {
    text += fmt::format("  {:>8}  {}\n", percent(milestone.probability.p), description_of(milestone.kind).sentence);
  }
  text += "\n" + course_of_attempts(description, summary);
  if (description.until_seizure) text += std::string(note_on_what_follows) + "\n";
  return text;
}

Json run_json(const RunDescription& description, const OutcomeSummary& summary) {
  Json json;
  json["scenario"] = description.scenario_name;
  json["file"] = description.scenario_file;
  json["version"] = version;
  json["start"] = description.start;
  json["seed"] = description.seed;
  json["replicates"] = summary.replicates();
  json["replicates_wanted"] = description.wanted;
  json["interrupted"] = summary.replicates() < description.wanted;
  json["until"] = description.until_seizure ? "seizure" : "horizon";
  json["theta"] = description.theta;
  json["parameter_draws"] = description.parameter_draws;
  json["nested"] = description.nested;
  json["set"] = Json::object();
  for (const auto& [key, value] : description.overrides) json["set"][key] = value;
  json["warnings"] = description.warnings;
  Json& outcomes = json["outcomes"] = Json::object();
  for (std::size_t index = 0; index < outcome_count; ++index) {
    const auto outcome = static_cast<Outcome>(index);
    Json entry = to_json(summary.outcome(outcome));
    entry["median_hours"] = number_or_null(summary.ended(outcome).quantile(0.5));
    entry["simulated"] = is_simulated(description, outcome);
    outcomes[std::string(outcome_names[index])] = std::move(entry);
  }
  json["seized"] = to_json(summary.seized());
  json["seized"]["median_hours"] = number_or_null(summary.seized_time().quantile(0.5));
  json["interval"] = {
      {"level", 0.95},
      {"low_high", "error of a finite number of replicates (Korn & Graubard 1998)"},
      {"inputs", "where the probability lies for 95 % of draws of the country file's uncertain values"},
      {"parameters", "where the probability lies for 95 % of draws of the model's parameters"},
      {"total", "all three together: inputs, parameters and the error of a finite number of replicates"}};
  json["horizon_hours"] = description.horizon_hours;
  if (!description.until_seizure) {
    Json& after = json["after"] = Json::object();
    after["in_power_if_seized"] = Json::array();
    for (std::size_t at = 0; at < survival_months.size(); ++at) {
      if (summary.in_power_after(at).trials() == 0) continue;
      Json entry = to_json(summary.in_power_after(at));
      entry["months"] = survival_months[at];
      after["in_power_if_seized"].push_back(std::move(entry));
    }
    after["handover"] = {{"bargain", to_json(summary.handover(HandoverKind::bargain))},
                         {"election", to_json(summary.handover(HandoverKind::election))}};
    after["another_attempt"] = to_json(summary.another_attempt());
    after["another_seizure"] = to_json(summary.another_seizure());
    after["median_cohesion"] = number_or_null(summary.median_cohesion());
    after["median_peak_lost"] = number_or_null(summary.median_peak_lost());
  }
  const std::optional<Quantile> median = summary.deaths_quantile(0.5), high = summary.deaths_quantile(0.9);
  json["deaths"] = {{"none", to_json(summary.without_deaths())},
                    {"none_if_seized", to_json(summary.without_deaths_if_seized())},
                    {"none_if_not_seized", to_json(summary.without_deaths_if_not())},
                    {"median", median ? Json(median->value) : Json()},
                    {"median_low", median ? Json(median->low) : Json()},
                    {"median_high", median ? number_or_null(median->high) : Json()},
                    {"quantile_90", high ? Json(high->value) : Json()},
                    {"quantile_90_low", high ? Json(high->low) : Json()},
                    {"quantile_90_high", high ? number_or_null(high->high) : Json()}};
  json["decided_within_48_hours"] = to_json(summary.decided_within_48_hours());
  json["undecided_at_day_seven"] = to_json(summary.undecided());
  json["on_the_way"] = Json::array();
  for (const Milestone& milestone : summary.milestones(event_kind_count)) {
    const EventDescription& event = description_of(milestone.kind);
    if (!event.on_the_way) continue;
    json["on_the_way"].push_back({{"event", event.name},
                                  {"sentence", event.sentence},
                                  {"p", milestone.probability.p},
                                  {"low", milestone.probability.low},
                                  {"high", milestone.probability.high}});
  }
  json["steps_per_replicate"] = summary.mean_steps();
  json["notes"] = Json::array();
  if (description.until_seizure) json["notes"].push_back(note_on_what_follows);
  json["seconds"] = description.seconds;
  json["threads"] = description.threads;
  json["started"] = description.started;
  json["command"] = description.command;
  return json;
}

}  // namespace interregnum
