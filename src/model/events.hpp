#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "model/reasons.hpp"

namespace interregnum {

/// What can happen in the course of a replicate.
enum class EventKind : std::uint8_t {
  attempt_begins,
  unit_joins,
  unit_resists,
  unit_stands_aside,
  plotters_give_up,
  command_joins,
  command_resists,
  command_stands_aside,
  column_sets_out,
  column_arrives,
  standoff,
  guards_submit,
  guards_go_over,
  plotters_surrender,
  fighting_begins,
  plot_wins_fight,
  loyalists_win_fight,
  deaths,
  site_taken,
  site_retaken,
  senior_officers_arrested,
  ruler_captured,
  ruler_escapes,
  ruler_flees,
  ruler_resigns,
  ruler_on_air,
  patron_condemns,
  patron_welcomes,
  leader_taken,
  plot_dispersed,
  power_taken,
  power_lost,
  seven_days_held,
  day_seven_decides,
  bloc_endorses,
  bloc_opposes,
  bloc_falls_silent,
  crowds_gather_against,
  crowds_gather_for,
  crowds_disperse,
  protesters_killed,
  town_lost,
  town_retaken,
  attack_repelled,
  town_changes_hands,
  truce_breaks,
  supply_ends,
  patron_recognises,
  patron_engages,
  patron_waits,
  patron_keeps_distance,
  patron_sanctions,
  patron_intervenes,
  sanctions_end,
  force_arrives,
  force_leaves,
  group_labelled,
  mandate_given,
  transition_announced,
  election_held,
  election_overtaken,
  election_postponed,
  election_won,
  election_lost,
  army_purged,
  leader_dies,
  leader_replaced,
  stand_in_replaced,
  junta_falls_to_crowd,
  junta_driven_out,
  junta_hands_over,
  capital_falls,
  old_class_returns,
  ruler_back,
  successor_takes_office,
};

inline constexpr std::size_t event_kind_count = 75;

struct EventDescription {
  std::string_view name;      ///< stable key in results
  std::string_view sentence;  ///< "… in 63 % of futures"
  bool on_the_way;            ///< one of the things worth telling about the way to the end
};

inline constexpr std::array<EventDescription, event_kind_count> event_descriptions{{
    {"attempt_begins", "the plot moves", false},
    {"unit_joins", "a unit goes over to the plot", true},
    {"unit_resists", "a unit declares for the ruler", true},
    {"unit_stands_aside", "a unit that had taken a side stands aside", true},
    {"plotters_give_up", "plotters go back to barracks", true},
    {"command_joins", "a command goes over to the plot", true},
    {"command_resists", "a command orders resistance", true},
    {"command_stands_aside", "a command falls silent", true},
    {"column_sets_out", "a column sets out", false},
    {"column_arrives", "a column arrives", false},
    {"standoff", "soldiers face each other and nobody fires", true},
    {"guards_submit", "guards lay down their arms", true},
    {"guards_go_over", "guards go over to the plot", true},
    {"plotters_surrender", "plotters surrender", true},
    {"fighting_begins", "soldiers fire on soldiers", true},
    {"plot_wins_fight", "the plot wins a fight", true},
    {"loyalists_win_fight", "loyal troops win a fight", true},
    {"deaths", "people are killed", true},
    {"site_taken", "a site falls to the plot", false},
    {"site_retaken", "loyal troops take a site back", true},
    {"senior_officers_arrested", "senior officers are arrested", true},
    {"ruler_captured", "the ruler is captured", true},
    {"ruler_escapes", "the ruler slips away as the plot breaks in", true},
    {"ruler_flees", "the ruler flees the capital", true},
    {"ruler_resigns", "the ruler resigns", true},
    {"ruler_on_air", "the ruler speaks to the nation", true},
    {"patron_condemns", "a foreign patron condemns the coup", true},
    {"patron_welcomes", "a foreign patron welcomes the coup", true},
    {"leader_taken", "the plot's leader is taken", true},
    {"plot_dispersed", "the plot is dispersed", false},
    {"power_taken", "power is taken", false},
    {"power_lost", "power is lost again", false},
    {"seven_days_held", "power has been held for seven days", false},
    {"day_seven_decides", "undecided at day seven", true},
    {"bloc_endorses", "a bloc endorses the ruler of the day", true},
    {"bloc_opposes", "a bloc opposes the ruler of the day", true},
    {"bloc_falls_silent", "a bloc takes back its word", true},
    {"crowds_gather_against", "large crowds gather against the ruler of the day", true},
    {"crowds_gather_for", "large crowds gather for the ruler of the day", true},
    {"crowds_disperse", "large crowds have gone home", false},
    {"protesters_killed", "soldiers fire on a crowd", true},
    {"town_lost", "a town falls to an armed group", true},
    {"town_retaken", "the state takes a town back", true},
    {"attack_repelled", "a garrison beats off an attack", true},
    {"town_changes_hands", "a town passes from one armed group to another", true},
    {"truce_breaks", "a truce with an armed group breaks down", true},
    {"supply_ends", "an armed group's supply from outside ends", false},
    {"patron_recognises", "a foreign patron recognises the ruler of the day", true},
    {"patron_engages", "a foreign patron talks to the ruler of the day", true},
    {"patron_waits", "a foreign patron waits", false},
    {"patron_keeps_distance", "a foreign patron condemns the ruler of the day", true},
    {"patron_sanctions", "a foreign patron imposes sanctions", true},
    {"patron_intervenes", "a foreign patron decides to send soldiers", true},
    {"sanctions_end", "a foreign patron lifts its sanctions", false},
    {"force_arrives", "foreign soldiers arrive", true},
    {"force_leaves", "foreign soldiers leave", false},
    {"group_labelled", "a patron calls an armed group extremist", true},
    {"mandate_given", "an intervention is authorised", true},
    {"transition_announced", "the junta announces a transition", false},
    {"election_held", "elections take place as they were due", false},
    {"election_overtaken", "elections that were due do not take place", true},
    {"election_postponed", "the junta puts off its elections", true},
    {"election_won", "whoever the junta controls wins the elections", true},
    {"election_lost", "the junta's side loses the elections", true},
    {"army_purged", "the junta purges the army", true},
    {"leader_dies", "the junta's leader dies", true},
    {"leader_replaced", "the junta replaces its leader", true},
    {"stand_in_replaced", "the junta replaces the civilian at the head of state", true},
    {"junta_falls_to_crowd", "the junta falls to a crowd", false},
    {"junta_driven_out", "foreign soldiers drive the junta out", false},
    {"junta_hands_over", "the junta hands power over", false},
    {"capital_falls", "the capital falls to an armed group", false},
    {"old_class_returns", "the old ruling class returns", true},
    {"ruler_back", "a ruler who was out is back in office", true},
    {"successor_takes_office", "somebody else of the ruler's side takes office", true},
}};

/// The events from this one on are no part of an attempt.
inline constexpr EventKind first_stepped_event = EventKind::bloc_endorses;

/// One event of one replicate; `site`, `place` are indices into the world, or -1; so is `actor`: into the actors, or
/// the blocs, armed groups, patrons or elections, as the kind says.
struct Event {
  double hour = 0.0;
  EventKind kind = EventKind::attempt_begins;
  std::int32_t actor = -1;
  std::int32_t site = -1;
  std::int32_t place = -1;
  double amount =
      0.0;  ///< soldiers of a column or force, deaths, people in the streets; of a plot's beginning: its Rank
  /// During an attempt: the army's mean belief in the plot's success, weighted by strength; otherwise NaN.
  double belief = std::numeric_limits<double>::quiet_NaN();
  Reasons reasons;  ///< what pushed toward what happened; never what held it back
};

/// Bit k: an event of kind k happened.
using KindsSeen = std::bitset<event_kind_count>;

/// What happened in a replicate: always which kinds of event, and the events themselves where they are wanted.
struct EventLog {
  bool keep_events = false;
  KindsSeen kinds_seen;
  std::vector<Event> events;

  void note(EventKind kind) { kinds_seen.set(static_cast<std::size_t>(kind)); }
  bool saw(EventKind kind) const { return kinds_seen.test(static_cast<std::size_t>(kind)); }
};

}  // namespace interregnum
