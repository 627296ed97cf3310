#include "report/chronicle.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/version.hpp"
#include "report/run_report.hpp"
#include "scenario/dates.hpp"

namespace interregnum {

namespace {

void capitalise(std::string& text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
}

bool is_patron_event(EventKind kind) {
  return kind == EventKind::patron_condemns || kind == EventKind::patron_welcomes;
}

std::string verdict_sentence(const RunRecord& record) {
  const std::string deaths =
      record.deaths > 0 ? fmt::format("{:.0f} killed", record.deaths) : std::string("nobody killed");
  switch (record.outcome) {
    case Outcome::failed:
      return fmt::format("The attempt fails after {}; {}.", duration_text(record.decided_hour), deaths);
    case Outcome::reversed:
      return fmt::format("Power is taken after {} and lost again after {}; {}.", duration_text(record.taken_hour),
                         duration_text(record.decided_hour), deaths);
    default:
      return fmt::format("Power is taken after {} and held for seven days; {}. What follows is not simulated yet.",
                         duration_text(record.taken_hour), deaths);
  }
}

}  // namespace

std::string event_actor(const World& world, const Event& event) {
  if (event.actor < 0) return "";
  if (is_patron_event(event.kind)) return world.patrons[event.actor].name;
  return world.actors[event.actor].name;
}

std::string event_place(const World& world, const Event& event) {
  if (event.place >= 0) return world.places[event.place].name;
  if (event.site >= 0) return world.places[world.sites[event.site].place].name;
  return "";
}

std::string event_site(const World& world, const Event& event) {
  return event.site < 0 ? "" : std::string(site_names[static_cast<std::size_t>(world.sites[event.site].kind)]);
}

std::string event_sentence(const World& world, const Event& event) {
  const std::string actor = event_actor(world, event);
  const std::string site = event_site(world, event);
  const std::string site_place = event.site < 0 ? "" : world.places[world.sites[event.site].place].name;
  const std::string& ruler = world.ruler_name;
  const auto people = static_cast<long long>(std::llround(event.amount));
  std::string text;
  switch (event.kind) {
    case EventKind::attempt_begins:
      text = fmt::format("the plot of {} begins: {} moves first", world.leader_name, actor);
      break;
    case EventKind::unit_joins:
      text = fmt::format("{} ({} soldiers) goes over to the plot", actor, people);
      break;
    case EventKind::unit_resists:
      text = fmt::format("{} ({} soldiers) declares for {}", actor, people, ruler);
      break;
    case EventKind::unit_stands_aside:
      text = fmt::format("{} stands aside", actor);
      break;
    case EventKind::plotters_give_up:
      text = fmt::format("{} ({} soldiers) gives up and returns to barracks", actor, people);
      break;
    case EventKind::command_joins:
      text = fmt::format("{} orders its units to support the plot", actor);
      break;
    case EventKind::command_resists:
      text = fmt::format("{} orders resistance", actor);
      break;
    case EventKind::command_stands_aside:
      text = fmt::format("{} falls silent", actor);
      break;
    case EventKind::column_sets_out:
      text = fmt::format("{} sets out with {} soldiers for the {} in {}", actor, people, site, site_place);
      break;
    case EventKind::column_arrives:
      text = fmt::format("{} reaches the {}", actor, site);
      break;
    case EventKind::standoff:
      text = fmt::format("stand-off at the {}: {} waits, nobody fires", site, actor);
      break;
    case EventKind::guards_submit:
      text = fmt::format("{} lays down its arms at the {}", actor, site);
      break;
    case EventKind::guards_go_over:
      text = fmt::format("{} goes over to the plot when challenged", actor);
      break;
    case EventKind::plotters_surrender:
      text = fmt::format("{} surrenders at the {}", actor, site);
      break;
    case EventKind::fighting_begins:
      text = fmt::format("fighting at the {}: {} opens fire", site, actor);
      break;
    case EventKind::plot_wins_fight:
      text = fmt::format("the plot wins the fight at the {}", site);
      break;
    case EventKind::loyalists_win_fight:
      text = fmt::format("loyal troops win the fight at the {}", site);
      break;
    case EventKind::deaths:
      text = fmt::format("{} killed at the {}", people, site);
      break;
    case EventKind::site_taken:
      text = fmt::format("the {} is in the hands of the plot", site);
      break;
    case EventKind::site_retaken:
      text = fmt::format("the {} is back in loyal hands", site);
      break;
    case EventKind::senior_officers_arrested:
      text = fmt::format("the senior officers of {} are arrested", actor);
      break;
    case EventKind::ruler_captured:
      text = site.empty() ? fmt::format("{} is found and arrested", ruler)
                          : fmt::format("{} is captured at the {}", ruler, site);
      break;
    case EventKind::ruler_escapes:
      text = fmt::format("{} slips away from the {}", ruler, site);
      break;
    case EventKind::ruler_flees:
      text = fmt::format("{} flees the capital", ruler);
      break;
    case EventKind::ruler_resigns:
      text = fmt::format("{} resigns", ruler);
      break;
    case EventKind::ruler_on_air:
      text = fmt::format("{} speaks to the nation and denounces the plot", ruler);
      break;
    case EventKind::patron_condemns:
      text = fmt::format("{} condemns the coup", actor);
      break;
    case EventKind::patron_welcomes:
      text = fmt::format("{} shows understanding for the coup", actor);
      break;
    case EventKind::leader_taken:
      text = fmt::format("{} is taken", world.leader_name);
      break;
    case EventKind::plot_dispersed:
      text = "the plot is over";
      break;
    case EventKind::power_taken:
      text = "nobody contests the capital any more: power is taken";
      break;
    case EventKind::power_lost:
      text = "power is lost again";
      break;
    case EventKind::seven_days_held:
      text = "power has been held for seven days";
      break;
    case EventKind::day_seven_decides:
      text = "day seven, and still undecided: the capital's garrison decides";
      break;
  }
  capitalise(text);
  return text;
}

std::string chronicle_text(const World& world, const RunRecord& record, const std::vector<Event>& events,
                           std::uint64_t seed) {
  std::string text = fmt::format("{}\nreplicate {} of seed {}: leaders of {} rank\n\n", world.scenario_name,
                                 record.replicate, seed, rank_names[record.tier]);
  text += fmt::format("  {:<16}  {:>8}  {:>6}  {}\n", "local time", "hour", "belief", "what happens");
  for (const Event& event : events) {
    const std::string place = event_place(world, event);
    text += fmt::format("  {}  {:>8.2f}  {:>5.0f}%  {}{}\n", date_time_after(world.start_time, event.hour), event.hour,
                        100.0 * event.belief, place.empty() ? "" : place + ": ", event_sentence(world, event));
  }
  text += "\nbelief: the army's mean belief that the plot will succeed, weighted by strength.\n" +
          verdict_sentence(record) + "\n";
  return text;
}

nlohmann::ordered_json chronicle_json(const World& world, const RunRecord& record, const std::vector<Event>& events,
                                      std::uint64_t seed) {
  using Json = nlohmann::ordered_json;
  const auto hours = [](double value) { return std::isnan(value) ? Json(nullptr) : Json(value); };
  Json json{{"scenario", world.scenario_name},
            {"version", version},
            {"seed", seed},
            {"replicate", record.replicate},
            {"tier", rank_names[record.tier]},
            {"outcome", outcome_names[static_cast<std::size_t>(record.outcome)]},
            {"taken_hour", hours(record.taken_hour)},
            {"decided_hour", record.decided_hour},
            {"deaths", record.deaths},
            {"events", Json::array()}};
  for (const Event& event : events) {
    json["events"].push_back({{"hour", event.hour},
                              {"date", date_time_after(world.start_time, event.hour)},
                              {"event", event_descriptions[static_cast<std::size_t>(event.kind)].name},
                              {"actor", event_actor(world, event)},
                              {"place", event_place(world, event)},
                              {"site", event_site(world, event)},
                              {"amount", event.amount},
                              {"belief", event.belief},
                              {"text", event_sentence(world, event)}});
  }
  return json;
}

}  // namespace interregnum
