#include "report/run_report.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/version.hpp"

namespace interregnum {

namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Probability& probability) {
  return {{"p", probability.p}, {"low", probability.low}, {"high", probability.high}};
}

Json to_json(std::optional<double> number) { return number ? Json(*number) : Json(nullptr); }

/// A probability, where it lies over draws of the inputs, and the share of its variance that the inputs make.
Json to_json(const GroupedCount& count) {
  Json object = to_json(count.estimate());
  const auto spread = count.spread_over_inputs();
  object["inputs"] = {{"low", spread ? Json(spread->low) : Json(nullptr)},
                      {"high", spread ? Json(spread->high) : Json(nullptr)},
                      {"variance", count.variance_between()}};
  return object;
}

std::string percent(double share) {
  const double value = 100.0 * share;
  if (value > 0 && value < 0.995) return fmt::format("{:.2f} %", value);
  return fmt::format("{:.1f} %", value);
}

/// Display width: bytes that begin a UTF-8 character.
std::size_t width(const std::string& text) {
  std::size_t characters = 0;
  for (const char byte : text) {
    if ((static_cast<unsigned char>(byte) & 0xc0U) != 0x80U) ++characters;
  }
  return characters;
}

std::string padded(const std::string& text, std::size_t columns, bool right = false) {
  const std::string blanks(columns > width(text) ? columns - width(text) : 0, ' ');
  return right ? blanks + text : text + blanks;
}

std::string row(const std::string& name, const std::string& probability, const std::string& interval,
                const std::string& inputs, const std::string& time, std::string_view meaning) {
  std::string line = "  " + padded(name, 19) + padded(probability, 9, true) + "   " + padded(interval, 17) + "  " +
                     padded(inputs, 17) + "  " + padded(time, 9, true) + "   " + std::string(meaning);
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line + "\n";
}

std::string row(const std::string& name, const GroupedCount& count, const TimeCounts& times, std::string_view meaning) {
  const Probability estimate = count.estimate();
  const auto spread = count.spread_over_inputs();
  const auto median = times.quantile(0.5);
  return row(name, percent(estimate.p), percent(estimate.low) + " - " + percent(estimate.high),
             spread ? percent(spread->low) + " - " + percent(spread->high) : "cannot be told",
             median ? duration_text(*median) : "", meaning);
}

std::string emphasised(const std::string& text, TextStyle style) {
  return style == TextStyle::terminal ? "\x1b[1m" + text + "\x1b[0m" : text;
}

constexpr const char* note_on_what_follows =
    "What follows the first seven days is not simulated yet: a seizure that held them counts as in_power.";

}  // namespace

std::string duration_text(double hours) {
  if (hours < 1.0) return fmt::format("{:.0f} min", hours * 60.0);
  if (hours < 10.0) return fmt::format("{:.1f} h", hours);
  if (hours < 72.0) return fmt::format("{:.0f} h", hours);
  return fmt::format("{:.1f} days", hours / 24.0);
}

std::string run_text(const RunDescription& description, const OutcomeSummary& summary, TextStyle style) {
  const Probability seized = summary.seized().estimate();
  std::string text = emphasised(description.scenario_name, style) + "\n";
  text += fmt::format("{} futures from {}, seed {}, interregnum {}\n", summary.replicates(), description.start,
                      description.seed, version);
  for (const auto& [key, value] : description.overrides) text += fmt::format("with {} = {}\n", key, value);
  if (summary.replicates() < description.wanted) {
    text += fmt::format("Interrupted: {} of {} replicates were done; the figures are of those.\n", summary.replicates(),
                        description.wanted);
  }
  text += "\n" + emphasised(fmt::format("The coup seizes power in {} of futures.", percent(seized.p)), style) + "\n\n";
  text += row("outcome", "probability", "95 % interval", "over inputs", "median", "");
  text += row("seized", summary.seized(), summary.seized_time(), "held power for 7 days: all from counter_coup down");
  for (std::size_t index = 0; index < outcome_count; ++index) {
    const auto outcome = static_cast<Outcome>(index);
    if (is_simulated(outcome)) {
      text += row(std::string(outcome_names[index]), summary.outcome(outcome), summary.decided(outcome),
                  outcome_meanings[index]);
    } else {
      text +=
          row(std::string(outcome_names[index]), percent(0.0), "not simulated yet", "", "", outcome_meanings[index]);
    }
  }
  text += "\n  95 % interval: error of a finite number of replicates; more of them narrow it.\n";
  text +=
      "  over inputs:   where the probability lies for 95 % of what the country file leaves open; only better "
      "knowledge narrows it.\n";
  text += "  median:        time from the start to the taking of power, or to its failure or loss.\n";
  text += "\nOn the way, most often:\n";
  for (const Milestone& milestone : summary.milestones(3)) {
    text += fmt::format("  {:>8}  {}\n", percent(milestone.probability.p),
                        event_descriptions[static_cast<std::size_t>(milestone.kind)].sentence);
  }
  const Probability bloodless = summary.without_deaths().estimate();
  text +=
      fmt::format("\nNobody is killed in {} of futures ({} - {}); the deadliest tenth cost {:.0f} lives or more.\n",
                  percent(bloodless.p), percent(bloodless.low), percent(bloodless.high), summary.deaths_quantile(0.9));
  text +=
      fmt::format("Decided within 48 hours: {}; still open on day seven: {}.\n",
                  percent(summary.decided_within_48_hours().estimate().p), percent(summary.undecided().estimate().p));
  if (!description.until_seizure) text += std::string(note_on_what_follows) + "\n";
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
  json["set"] = Json::object();
  for (const auto& [key, value] : description.overrides) json["set"][key] = value;
  Json& outcomes = json["outcomes"] = Json::object();
  for (std::size_t index = 0; index < outcome_count; ++index) {
    const auto outcome = static_cast<Outcome>(index);
    Json entry = to_json(summary.outcome(outcome));
    entry["median_hours"] = to_json(summary.decided(outcome).quantile(0.5));
    entry["simulated"] = is_simulated(outcome);
    outcomes[std::string(outcome_names[index])] = std::move(entry);
  }
  json["seized"] = to_json(summary.seized());
  json["seized"]["median_hours"] = to_json(summary.seized_time().quantile(0.5));
  json["interval"] = {
      {"level", 0.95},
      {"low_high", "error of a finite number of replicates (Korn & Graubard 1998)"},
      {"inputs", "where the probability lies for 95 % of draws of the country file's uncertain values"}};
  json["deaths"] = {{"none", to_json(summary.without_deaths())},
                    {"none_if_seized", to_json(summary.without_deaths_if_seized())},
                    {"none_if_not_seized", to_json(summary.without_deaths_if_not())},
                    {"median", summary.deaths_quantile(0.5)},
                    {"quantile_90", summary.deaths_quantile(0.9)}};
  json["decided_within_48_hours"] = to_json(summary.decided_within_48_hours());
  json["undecided_at_day_seven"] = to_json(summary.undecided());
  json["on_the_way"] = Json::array();
  for (const Milestone& milestone : summary.milestones(event_kind_count)) {
    const EventDescription& event = event_descriptions[static_cast<std::size_t>(milestone.kind)];
    if (!event.on_the_way) continue;
    json["on_the_way"].push_back({{"event", event.name},
                                  {"sentence", event.sentence},
                                  {"p", milestone.probability.p},
                                  {"low", milestone.probability.low},
                                  {"high", milestone.probability.high}});
  }
  json["steps_per_replicate"] = summary.mean_steps();
  json["notes"] = Json::array();
  if (!description.until_seizure) json["notes"].push_back(note_on_what_follows);
  json["seconds"] = description.seconds;
  json["threads"] = description.threads;
  json["started"] = description.started;
  json["command"] = description.command;
  return json;
}

}  // namespace interregnum
