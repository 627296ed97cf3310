#include "report/chronicle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/dates.hpp"
#include "base/placeholders.hpp"
#include "base/version.hpp"
#include "model/event_table.hpp"
#include "report/narrator.hpp"
#include "report/run_report.hpp"

namespace interregnum {

namespace {

nlohmann::ordered_json reasons_json(const Reasons& reasons) {
  auto list = nlohmann::ordered_json::array();
  for (const Reason& reason : reasons.top()) {
    if (reason.term == Term::nothing) continue;
    list.push_back(
        {{"term", term_descriptions[static_cast<std::size_t>(reason.term)].name}, {"amount", reason.amount}});
  }
  return list;
}

std::string people_killed(double deaths) {
  return deaths > 0 ? fmt::format("{:.0f} killed", deaths) : std::string("nobody killed");
}

constexpr std::array<std::string_view, 3> verdicts_words{"decided", "killed", "taken"};
static_assert(std::all_of(outcome_descriptions.begin(), outcome_descriptions.end(),
                          [](const auto& outcome) { return has_only_placeholders(outcome.attempt, verdicts_words); }));

/// How the junta ends, which is the subject.
std::string_view end_of_junta(const RunRecord& record) {
  return record.handover == HandoverKind::election ? "gives up power after elections"
                                                   : description_of(record.outcome).junta;
}

}  // namespace

std::string verdict_sentence(const RunRecord& record, Until until) {
  std::string text = fmt::format(fmt::runtime(description_of(record.outcome).attempt),
                                 fmt::arg("decided", duration_text(record.decided_hour - record.attempt_hour)),
                                 fmt::arg("killed", people_killed(record.deaths)),
                                 fmt::arg("taken", duration_text(record.taken_hour - record.attempt_hour)));
  if (is_seized(record.outcome) && until == Until::horizon) {
    text += fmt::format(" The junta {} ({} after the seizure).", end_of_junta(record),
                        duration_text(record.ended_hour - record.taken_hour));
  }
  if (!std::isnan(record.another_attempt_hour)) {
    text += std::isnan(record.another_seizure_hour) ? " Another attempt follows; none of those that follow succeeds."
                                                    : " Another attempt follows, and another seizure of power.";
  }
  return text;
}

std::string chronicle_text(const ToldFuture& told, std::uint64_t seed) {
  const auto& [shared_world, record, events, until] = told;
  const World& world = *shared_world;
  std::string text =
      fmt::format("{}\nreplicate {} of seed {}: {}\n\n", world.scenario_name, record.replicate, seed,
                  record.tier ? fmt::format("leaders of {} rank", rank_names[static_cast<std::size_t>(*record.tier)])
                              : "no attempt");
  text += fmt::format("  {:<16}  {:>9}  {:>6}  {}\n", "local time", "hour", "belief", "what happens");
  Narrator narrator(world);
  for (const Event& event : events) {
    const std::string place = event_place(world, event);
    const std::string belief = std::isnan(event.belief) ? "" : fmt::format("{:.0f}%", 100.0 * event.belief);
    // Stepped events have a day, and no time of day.
    std::string date = date_time_after(world.start_time, event.hour);
    if (event.kind >= first_stepped_event) date.resize(10);
    text += fmt::format("  {:<16}  {:>9.2f}  {:>6}  {}{}\n", date, event.hour, belief,
                        place.empty() ? "" : place + ": ", narrator.tell(event));
  }
  text +=
      "\nbelief: during an attempt, the army's mean belief that the plot will succeed, weighted by strength.\n"
      "because of: what pushed toward it, the most first, with the parameters that this future has: the sign of many "
      "effects is contested, and differs between futures.\n" +
      verdict_sentence(record, until) + "\n";
  return text;
}

nlohmann::ordered_json chronicle_json(const ToldFuture& told, std::uint64_t seed) {
  const RunRecord& record = told.record;
  const World& world = *told.world;
  using Json = nlohmann::ordered_json;
  const auto hours = [](double value) { return std::isnan(value) ? Json(nullptr) : Json(value); };
  Json json{{"scenario", world.scenario_name},
            {"version", version},
            {"seed", seed},
            {"replicate", record.replicate},
            {"tier", record.tier ? Json(rank_names[static_cast<std::size_t>(*record.tier)]) : Json(nullptr)},
            {"outcome", description_of(record.outcome).name},
            {"taken_hour", hours(record.taken_hour)},
            {"decided_hour", hours(record.decided_hour)},
            {"ended_hour", record.ended_hour},
            {"handover", handover_names[static_cast<std::size_t>(record.handover)]},
            {"reasons", reasons_json(record.reasons)},
            {"another_attempt_hour", hours(record.another_attempt_hour)},
            {"another_seizure_hour", hours(record.another_seizure_hour)},
            {"deaths", record.tier ? Json(record.deaths) : Json(nullptr)},
            {"deaths_in_all", record.deaths_in_all},
            {"events", Json::array()}};
  Narrator narrator(world);
  for (const Event& event : told.events) {
    json["events"].push_back({{"hour", event.hour},
                              {"date", date_time_after(world.start_time, event.hour)},
                              {"event", description_of(event.kind).name},
                              {"actor", event_actor(world, event)},
                              {"place", event_place(world, event)},
                              {"site", event_site(world, event)},
                              {"amount", event.amount},
                              {"belief", hours(event.belief)},
                              {"reasons", reasons_json(event.reasons)},
                              {"text", narrator.tell(event)}});
  }
  return json;
}

}  // namespace interregnum
