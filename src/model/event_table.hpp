#pragma once

#include <array>
#include <string_view>

#include "base/tables.hpp"
#include "model/events.hpp"

/// The events: names and sentences, declared once.
namespace interregnum {

/// In which list of the world the one who acts stands.
enum class ActorKind : std::uint8_t { army, bloc, armed_group, patron, election };

struct EventDescription {
  EventKind kind;
  std::string_view name;      ///< stable key in results
  std::string_view sentence;  ///< "… in 63 % of futures"
  bool on_the_way;            ///< one of the things worth telling about the way to the end
  ActorKind actor;
  std::string_view told;                 ///< as one future's story tells it; the words in braces are the narrator's
  std::string_view told_otherwise = {};  ///< where the course so far asks for it (Narrator::tells_otherwise)
};

inline constexpr std::array<EventDescription, event_kind_count> event_descriptions = [] {
  constexpr bool on_the_way = true, incidental = false;
  return std::array<EventDescription, event_kind_count>{{
      {EventKind::attempt_begins, "attempt_begins", "the plot moves", incidental, ActorKind::army,
       "the plot of {plot} begins: {actor} moves first, under {rank} officers"},
      {EventKind::unit_joins, "unit_joins", "a unit goes over to the plot", on_the_way, ActorKind::army,
       "{actor} ({number} soldiers) goes over to the plot"},
      {EventKind::unit_resists, "unit_resists", "a unit declares for the ruler", on_the_way, ActorKind::army,
       "{actor} ({number} soldiers) declares for {person}"},
      {EventKind::unit_stands_aside, "unit_stands_aside", "a unit that had taken a side stands aside", on_the_way,
       ActorKind::army, "{actor} stands aside"},
      {EventKind::plotters_give_up, "plotters_give_up", "plotters go back to barracks", on_the_way, ActorKind::army,
       "{actor} ({number} soldiers) gives up and returns to barracks"},
      {EventKind::command_joins, "command_joins", "a command goes over to the plot", on_the_way, ActorKind::army,
       "{actor} orders its units to support the plot"},
      {EventKind::command_resists, "command_resists", "a command orders resistance", on_the_way, ActorKind::army,
       "{actor} orders resistance"},
      {EventKind::command_stands_aside, "command_stands_aside", "a command falls silent", on_the_way, ActorKind::army,
       "{actor} falls silent"},
      {EventKind::column_sets_out, "column_sets_out", "a column sets out", incidental, ActorKind::army,
       "{actor} sets out with {number} soldiers for the {site} in {site_place}"},
      {EventKind::column_arrives, "column_arrives", "a column arrives", incidental, ActorKind::army,
       "{actor} reaches the {site}"},
      {EventKind::standoff, "standoff", "soldiers face each other and nobody fires", on_the_way, ActorKind::army,
       "stand-off at the {site}: {actor} waits, nobody fires"},
      {EventKind::guards_submit, "guards_submit", "guards lay down their arms", on_the_way, ActorKind::army,
       "{actor} lays down its arms at the {site}"},
      {EventKind::guards_go_over, "guards_go_over", "guards go over to the plot", on_the_way, ActorKind::army,
       "{actor} goes over to the plot when challenged"},
      {EventKind::plotters_surrender, "plotters_surrender", "plotters surrender", on_the_way, ActorKind::army,
       "{actor} surrenders at the {site}"},
      {EventKind::fighting_begins, "fighting_begins", "soldiers fire on soldiers", on_the_way, ActorKind::army,
       "fighting at the {site}: {actor} opens fire"},
      {EventKind::plot_wins_fight, "plot_wins_fight", "the plot wins a fight", on_the_way, ActorKind::army,
       "the plot wins the fight at the {site}"},
      {EventKind::loyalists_win_fight, "loyalists_win_fight", "loyal troops win a fight", on_the_way, ActorKind::army,
       "loyal troops win the fight at the {site}"},
      {EventKind::deaths, "deaths", "people are killed", on_the_way, ActorKind::army, "{number} killed at the {site}"},
      {EventKind::site_taken, "site_taken", "a site falls to the plot", incidental, ActorKind::army,
       "the {site} is in the hands of the plot"},
      {EventKind::site_retaken, "site_retaken", "loyal troops take a site back", on_the_way, ActorKind::army,
       "the {site} is back in loyal hands"},
      {EventKind::senior_officers_arrested, "senior_officers_arrested", "senior officers are arrested", on_the_way,
       ActorKind::army, "the senior officers of {actor} are arrested"},
      {EventKind::ruler_captured, "ruler_captured", "the ruler is captured", on_the_way, ActorKind::army,
       "{person} is captured at the {site}", "{person} is found and arrested"},
      {EventKind::ruler_escapes, "ruler_escapes", "the ruler slips away as the plot breaks in", on_the_way,
       ActorKind::army, "{person} slips away from the {site}"},
      {EventKind::ruler_flees, "ruler_flees", "the ruler flees the capital", on_the_way, ActorKind::army,
       "{person} flees the capital"},
      {EventKind::ruler_resigns, "ruler_resigns", "the ruler resigns", on_the_way, ActorKind::army, "{person} resigns"},
      {EventKind::ruler_on_air, "ruler_on_air", "the ruler speaks to the nation", on_the_way, ActorKind::army,
       "{person} speaks to the nation and denounces the plot"},
      {EventKind::patron_condemns, "patron_condemns", "a foreign patron condemns the coup", on_the_way,
       ActorKind::patron, "{actor} condemns the coup"},
      {EventKind::patron_welcomes, "patron_welcomes", "a foreign patron welcomes the coup", on_the_way,
       ActorKind::patron, "{actor} shows understanding for the coup"},
      {EventKind::leader_taken, "leader_taken", "the plot's leader is taken", on_the_way, ActorKind::army,
       "{plot} is taken"},
      {EventKind::plot_dispersed, "plot_dispersed", "the plot is dispersed", incidental, ActorKind::army,
       "the plot is over"},
      {EventKind::power_taken, "power_taken", "power is taken", incidental, ActorKind::army,
       "nobody contests the capital any more: power is taken"},
      {EventKind::power_lost, "power_lost", "power is lost again", incidental, ActorKind::army,
       "power is lost again; {ruler_before} rules again"},
      {EventKind::seven_days_held, "seven_days_held", "power has been held for seven days", incidental, ActorKind::army,
       "power has been held for seven days"},
      {EventKind::day_seven_decides, "day_seven_decides", "undecided at day seven", on_the_way, ActorKind::army,
       "day seven, and still undecided: the capital's garrison decides"},
      {EventKind::bloc_endorses, "bloc_endorses", "a bloc endorses the ruler of the day", on_the_way, ActorKind::bloc,
       "{actor} endorses {ruler}{why}"},
      {EventKind::bloc_opposes, "bloc_opposes", "a bloc opposes the ruler of the day", on_the_way, ActorKind::bloc,
       "{actor} opposes {ruler}{why}"},
      {EventKind::bloc_falls_silent, "bloc_falls_silent", "a bloc takes back its word", on_the_way, ActorKind::bloc,
       "{actor} takes back its word and stays out{why}"},
      {EventKind::crowds_gather_against, "crowds_gather_against", "large crowds gather against the ruler of the day",
       on_the_way, ActorKind::army, "some {about} people are in the streets against {ruler}"},
      {EventKind::crowds_gather_for, "crowds_gather_for", "large crowds gather for the ruler of the day", on_the_way,
       ActorKind::army, "some {about} people are in the streets for {ruler}"},
      {EventKind::crowds_disperse, "crowds_disperse", "large crowds have gone home", incidental, ActorKind::army,
       "most have gone home; some {about} stay in the streets"},
      {EventKind::protesters_killed, "protesters_killed", "soldiers fire on a crowd", on_the_way, ActorKind::army,
       "soldiers fire on a crowd; {about} killed"},
      {EventKind::town_lost, "town_lost", "a town falls to an armed group", on_the_way, ActorKind::armed_group,
       "{actor} takes the town{why}"},
      {EventKind::town_retaken, "town_retaken", "the state takes a town back", on_the_way, ActorKind::armed_group,
       "the state takes the town back from {actor}{why}"},
      {EventKind::attack_repelled, "attack_repelled", "a garrison beats off an attack", on_the_way,
       ActorKind::armed_group, "an attack of {actor} is beaten off"},
      {EventKind::town_changes_hands, "town_changes_hands", "a town passes from one armed group to another", on_the_way,
       ActorKind::armed_group, "{actor} takes the town from its rival"},
      {EventKind::truce_breaks, "truce_breaks", "a truce with an armed group breaks down", on_the_way,
       ActorKind::armed_group, "the truce with {actor} breaks down{why}"},
      {EventKind::supply_ends, "supply_ends", "an armed group's supply from outside ends", incidental,
       ActorKind::armed_group, "{actor} gets no more supply from outside"},
      {EventKind::patron_recognises, "patron_recognises", "a foreign patron recognises the ruler of the day",
       on_the_way, ActorKind::patron, "{actor} recognises {ruler}{why}", "{actor} stands by {ruler}{why}"},
      {EventKind::patron_engages, "patron_engages", "a foreign patron talks to the ruler of the day", on_the_way,
       ActorKind::patron, "{actor} talks to {ruler}{why}", "{actor} does no more than talk to {ruler}{why}"},
      {EventKind::patron_waits, "patron_waits", "a foreign patron waits", incidental, ActorKind::patron,
       "{actor} waits to see what {ruler} does"},
      {EventKind::patron_keeps_distance, "patron_keeps_distance", "a foreign patron condemns the ruler of the day",
       on_the_way, ActorKind::patron, "{actor} condemns {ruler}{why}",
       "{actor} does no more than condemn {ruler}{why}"},
      {EventKind::patron_sanctions, "patron_sanctions", "a foreign patron imposes sanctions", on_the_way,
       ActorKind::patron, "{actor} imposes sanctions{why}", "{actor} suspends the country and closes its borders{why}"},
      {EventKind::patron_intervenes, "patron_intervenes", "a foreign patron decides to send soldiers", on_the_way,
       ActorKind::patron, "{actor} decides to send soldiers{why}"},
      {EventKind::sanctions_end, "sanctions_end", "a foreign patron lifts its sanctions", incidental, ActorKind::patron,
       "{actor} lifts its sanctions"},
      {EventKind::force_arrives, "force_arrives", "foreign soldiers arrive", on_the_way, ActorKind::patron,
       "{about} soldiers of {actor} arrive"},
      {EventKind::force_leaves, "force_leaves", "foreign soldiers leave", incidental, ActorKind::patron,
       "the soldiers of {actor} leave"},
      {EventKind::group_labelled, "group_labelled", "a patron calls an armed group extremist", on_the_way,
       ActorKind::patron, "{actor} calls {group} extremist"},
      {EventKind::mandate_given, "mandate_given", "an intervention is authorised", on_the_way, ActorKind::army,
       "an intervention is authorised{why}"},
      {EventKind::transition_announced, "transition_announced", "the junta announces a transition", incidental,
       ActorKind::army, "a transition is announced: civilians get {percent} % of the seats"},
      {EventKind::election_held, "election_held", "elections take place as they were due", incidental,
       ActorKind::election, "{actor} takes place; the government stays",
       "{actor} takes place and brings a new government"},
      {EventKind::election_overtaken, "election_overtaken", "elections that were due do not take place", on_the_way,
       ActorKind::election, "{actor} does not take place"},
      {EventKind::election_postponed, "election_postponed", "the junta puts off its elections", on_the_way,
       ActorKind::army, "{ruler} puts off its elections{why}"},
      {EventKind::election_won, "election_won", "whoever the junta controls wins the elections", on_the_way,
       ActorKind::army, "elections; whoever {ruler} controls wins{why}"},
      {EventKind::election_lost, "election_lost", "the junta's side loses the elections", on_the_way, ActorKind::army,
       "elections; the side of {ruler} loses{why}"},
      {EventKind::army_purged, "army_purged", "the junta purges the army", on_the_way, ActorKind::army,
       "{ruler} purges the army"},
      {EventKind::leader_dies, "leader_dies", "the junta's leader dies", on_the_way, ActorKind::army,
       "the leader of {ruler} dies; another follows him"},
      {EventKind::leader_replaced, "leader_replaced", "the junta replaces its leader", on_the_way, ActorKind::army,
       "{ruler} replaces its leader"},
      {EventKind::stand_in_replaced, "stand_in_replaced", "the junta replaces the civilian at the head of state",
       on_the_way, ActorKind::army, "{ruler} replaces the civilian at the head of state"},
      {EventKind::junta_falls_to_crowd, "junta_falls_to_crowd", "the junta falls to a crowd", incidental,
       ActorKind::army, "{ruler} falls to the crowd{why}"},
      {EventKind::junta_driven_out, "junta_driven_out", "foreign soldiers drive the junta out", incidental,
       ActorKind::army, "foreign soldiers drive out {ruler}"},
      {EventKind::junta_hands_over, "junta_hands_over", "the junta hands power over", incidental, ActorKind::army,
       "{ruler} hands power to civilians{why}"},
      {EventKind::capital_falls, "capital_falls", "the capital falls to an armed group", incidental,
       ActorKind::armed_group, "{actor} takes the capital; {ruler} is no more"},
      {EventKind::old_class_returns, "old_class_returns", "the old ruling class returns", on_the_way, ActorKind::army,
       "the old ruling class is back in power"},
      {EventKind::ruler_back, "ruler_back", "a ruler who was out is back in office", on_the_way, ActorKind::army,
       "{office} is back in office"},
      {EventKind::successor_takes_office, "successor_takes_office", "somebody else of the ruler's side takes office",
       on_the_way, ActorKind::army, "{successor} takes office"},
  }};
}();

constexpr const EventDescription& description_of(EventKind kind) {
  return event_descriptions[static_cast<std::size_t>(kind)];
}

static_assert(stands_in_order(event_descriptions, &EventDescription::kind));

}  // namespace interregnum
