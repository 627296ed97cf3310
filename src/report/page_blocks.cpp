#include "report/page_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/measure.hpp"
#include "base/dates.hpp"
#include "base/quantity.hpp"
#include "model/outcome.hpp"
#include "report/chronicle.hpp"
#include "report/narrator.hpp"
#include "scenario/claim_file.hpp"
#include "scenario/fields.hpp"

namespace interregnum {

namespace {

std::int32_t place_of(const World& world, const Event& event) {
  if (event.place >= 0) return event.place;
  return event.site >= 0 ? world.sites[static_cast<std::size_t>(event.site)].place : none;
}

std::string id_of_place(const World& world, std::int32_t place) {
  return place >= 0 ? world.places[static_cast<std::size_t>(place)].id : "";
}

std::string id_of_group(const World& world, std::int32_t group) {
  return group >= 0 ? world.groups[static_cast<std::size_t>(group)].id : "";
}

/// Who holds a place after an event; nothing if the event changes no master.
std::optional<std::string> holder_after(const World& world, const Event& event) {
  switch (event.kind) {
    case EventKind::town_lost:
    case EventKind::town_changes_hands:
    case EventKind::capital_falls:
      return id_of_group(world, event.actor);
    case EventKind::town_retaken:
      return "";
    default:
      return std::nullopt;
  }
}

Block chronicle_of(const ToldFuture& told) {
  const auto& [shared_world, record, events, until] = told;
  const World& world = *shared_world;
  Block chronicle{{"label", fmt::format("One future, step by step (number {})", record.replicate)},
                  {"verdict", verdict_sentence(record, until)},
                  {"events", Block::array()},
                  {"holders", Block::array()}};
  Narrator narrator(world);
  for (const Event& event : events) {
    // Stepped events have a day, and no time of day.
    std::string date = date_time_after(world.start_time, event.hour);
    if (event.kind >= first_stepped_event) date.resize(10);
    const std::string place = id_of_place(world, place_of(world, event));
    chronicle["events"].push_back({{"hour", event.hour},
                                   {"date", date},
                                   {"place_id", place},
                                   {"place", event_place(world, event)},
                                   {"text", narrator.tell(event)}});
    if (const auto holder = holder_after(world, event))
      chronicle["holders"].push_back({{"hour", event.hour}, {"place_id", place}, {"holder", *holder}});
  }
  return chronicle;
}

std::string holder_at_start(const Scenario& scenario, const std::string& place) {
  for (const ArmedGroup& group : scenario.armed_groups) {
    for (const Reference& held : group.holds) {
      if (held.id == place) return group.id;
    }
  }
  return "";
}

std::string origin_of(const Provenance& provenance) {
  std::string text = fmt::format("{}", fmt::join(provenance.sources, ", "));
  if (!provenance.assumed.empty()) text += (text.empty() ? "assumed: " : "; assumed: ") + provenance.assumed;
  if (!provenance.note.empty()) text += (text.empty() ? "" : " — ") + provenance.note;
  if (provenance.unverified) text += " (recalled, not opened)";
  return text.empty() ? "not said" : text;
}

}  // namespace

Block text_block(const std::string& heading, const std::vector<std::string>& paragraphs) {
  return {{"type", "text"}, {"heading", heading}, {"paragraphs", paragraphs}};
}

Block outcomes_block(const Block& run, const std::string& heading) {
  Block rows = Block::array();
  const auto add = [&](const std::string& name, const std::string& label, const Block& share, bool summary) {
    rows.push_back({{"name", name},
                    {"label", label},
                    {"p", share["p"]},
                    {"low", share["low"]},
                    {"high", share["high"]},
                    {"inputs", {{"low", share["inputs"]["low"]}, {"high", share["inputs"]["high"]}}},
                    {"parameters", {{"low", share["parameters"]["low"]}, {"high", share["parameters"]["high"]}}},
                    {"summary", summary}});
  };
  const std::string horizon = duration_in_words(run["horizon_hours"].get<double>());
  add("seized", "power is seized and held for seven days", run["seized"], true);
  for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
    const std::string name(outcome_names[outcome]);
    if (!run.contains("after") && static_cast<Outcome>(outcome) == Outcome::in_power) continue;  // not followed so far
    if (run["outcomes"][name]["simulated"].get<bool>())
      add(name, Measure(name).words(horizon), run["outcomes"][name], false);
  }
  return {
      {"type", "outcomes"},
      {"heading", heading},
      {"intro",
       fmt::format("The country was played {} times from the same morning, each time with other luck and with other "
                   "values of what nobody knows. Each bar is the share of these futures that ended so.",
                   run["replicates"].get<std::uint64_t>())},
      {"parameters_vary", run["parameter_draws"].get<std::uint64_t>() > 1},
      {"rows", rows}};
}

Block survival_block(const std::vector<Block>& runs) {
  Block series = Block::array();
  for (const Block& run : runs) {
    Block points = Block::array({{{"days", 0}, {"p", 1.0}, {"low", 1.0}, {"high", 1.0}}});
    for (const Block& point : run["after"]["in_power_if_seized"]) {
      points.push_back({{"days", std::lround(point["months"].get<double>() * hours_per_month / hours_per_day)},
                        {"p", point["p"]},
                        {"low", point["low"]},
                        {"high", point["high"]}});
    }
    series.push_back({{"label", run["scenario"]}, {"points", points}});
  }
  return {{"type", "survival"},
          {"heading", "How long it lasts"},
          {"intro",
           "Of the coups that seized power: the share whose junta, or the civilians it put there, still ruled so long "
           "after."},
          {"series", series}};
}

Block map_block(const Scenario& scenario, const ToldFuture& told, const std::string& outline) {
  Block block{{"type", "map"},
              {"heading", "The country, and one of its futures"},
              {"intro",
               "Towns, the roads between them, and who holds them. One future was picked by rule, the first that ends "
               "in the most frequent way; step through it to see how one thing leads to another. No single future is a "
               "forecast."},
              {"country_code", scenario.country}};
  block["outline"] = outline.empty() ? Block(nullptr) : Block::parse(outline);
  block["places"] = Block::array();
  for (const Place& place : scenario.places) {
    Block sites = Block::array();
    for (const Listed& site : place.sites) sites.push_back(std::string(site_names[site.index]));
    block["places"].push_back({{"id", place.id},
                               {"name", place.name.empty() ? place.id : place.name},
                               {"lat", place.has_position ? Block(place.position[0]) : Block(nullptr)},
                               {"lon", place.has_position ? Block(place.position[1]) : Block(nullptr)},
                               {"population", place.population.distribution.mean()},
                               {"capital", place.capital},
                               {"sites", sites},
                               {"holder", holder_at_start(scenario, place.id)}});
  }
  block["roads"] = Block::array();
  for (const Road& road : scenario.roads) {
    block["roads"].push_back(
        {{"from", road.between[0].id}, {"to", road.between[1].id}, {"km", road.distance.distribution.mean()}});
  }
  block["groups"] = Block::array();
  for (const ArmedGroup& group : scenario.armed_groups)
    block["groups"].push_back({{"id", group.id}, {"name", group.name.empty() ? group.id : group.name}});
  block["chronicle"] = chronicle_of(told);
  return block;
}

Block waterfall_block(const Block& comparison) {
  Block block{
      {"type", "waterfall"},
      {"heading", "What made the difference"},
      {"intro",
       "Each step is one part of the country file taken from the second country into the first: how many percentage "
       "points it adds or takes, on average over all orders in which the parts can change. The steps add up to the "
       "difference."},
      {"outcome", comparison["outcome"]},
      {"a", comparison["a"]},
      {"b", comparison["b"]},
      {"factors", comparison["factors"]}};
  block["a"]["label"] = comparison["name_a"];
  block["b"]["label"] = comparison["name_b"];
  std::string notes;
  for (const Block& note : comparison["notes"])
    notes += (notes.empty() ? "In some mixtures " : "; ") + note.get<std::string>();
  if (!notes.empty()) block["note"] = notes + ".";
  return block;
}

Block claims_block(const Block& claims) {
  Block rows = Block::array();
  for (const Block& claim : claims["claims"]) {
    std::string question;
    if (claim["model"]["effect"].is_number()) {
      const bool swaps = claim["swaps"].get<bool>();
      auto expected = claim["expected"].get<std::string>();
      if (expected == expectation_names[static_cast<std::size_t>(Expectation::nothing)])
        expected = fmt::format("no difference of {:g} points or more", 100 * claim["margin"].get<double>());
      question = swaps ? fmt::format("Asked: how often {}, with {} instead of {}. Expected: {}.",
                                     claim["outcome_words"].get<std::string>(), claim["to"].get<std::string>(),
                                     claim["from"].get<std::string>(), expected)
                       : fmt::format("Asked: how often {}. Expected: {}.", claim["outcome_words"].get<std::string>(),
                                     expected);
    }
    const auto test = [](const Block& of) {
      return Block{{"verdict", of["verdict"]}, {"effect", of["effect"]},         {"low", of["low"]},
                   {"high", of["high"]},       {"detectable", of["detectable"]}, {"remarks", of["remarks"]}};
    };
    rows.push_back({{"id", claim["id"]},
                    {"text", claim["text"]},
                    {"source", claim["source"]},
                    {"question", question},
                    {"model", test(claim["model"])},
                    {"record", test(claim["record"])},
                    {"command", claim["command"]}});
  }
  return {
      {"type", "claims"},
      {"id", "claims"},
      {"heading", "The claims, tested"},
      {"intro",
       fmt::format("Each claim was put to the model, by changing one thing and nothing else, and to the record of "
                   "{} coup attempts from {} to {} where it speaks to it. “Cannot tell” is an answer: it means that "
                   "the test could not have seen such an effect, or that the model's answer hangs on values that "
                   "nobody has measured.",
                   claims["record"]["attempts"].get<std::size_t>(), claims["record"]["first_year"].get<int>(),
                   claims["record"]["last_year"].get<int>())},
      {"note",
       "Effects are differences in percentage points with 95 % intervals. Verdicts hold for all claims tested "
       "together (Holm's correction)."},
      {"rows", rows}};
}

Block sources_block(const Scenario& scenario) {
  Block rows = Block::array();
  for (const Source& source : scenario.sources) {
    std::string who = source.author;
    if (!source.publisher.empty()) who += (who.empty() ? "" : ", ") + source.publisher;
    rows.push_back({source.id, source.title, who, source.date, source.as_of,
                    source.unverified ? "recalled, not opened" : "", source.note});
  }
  return {{"type", "table"},
          {"heading", fmt::format("Sources of {}", scenario.name)},
          {"columns", {"key", "title", "by", "date", "facts of", "", "note"}},
          {"rows", rows},
          {"collapsed", true},
          {"summary", fmt::format("{} works", scenario.sources.size())}};
}

Block values_block(Scenario scenario) {
  Block rows = Block::array();
  for (const Field& field : fields_of(scenario).values) {
    if (const auto* number = std::get_if<UncertainNumber*>(&field.value); number != nullptr && (*number)->given)
      rows.push_back({field.key, field.text, origin_of((*number)->provenance)});
  }
  return {{"type", "table"},
          {"heading", fmt::format("Every value of {}, and where it comes from", scenario.name)},
          {"columns", {"key", "value", "source"}},
          {"rows", rows},
          {"collapsed", true},
          {"summary", fmt::format("{} values", rows.size())}};
}

Block reproduce_block(const Block& result) {
  Block details = Block::array();
  for (const char* key : {"file", "file_a", "file_b", "theta", "seed", "replicates", "futures", "points", "version"}) {
    if (!result.contains(key)) continue;
    details.push_back({key, result[key].is_string() ? result[key].get<std::string>() : result[key].dump()});
  }
  return {{"type", "reproduce"},
          {"heading", "Make it again"},
          {"intro", "The same file, parameters, seed and version give the same figures on any machine."},
          {"command", result["command"]},
          {"details", details}};
}

}  // namespace interregnum
