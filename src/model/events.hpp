#pragma once

#include <bitset>
#include <cstdint>
#include <limits>
#include <vector>

#include "model/reasons.hpp"

namespace interregnum {

/// What can happen in the course of a replicate; event_table.hpp has names and sentences.
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
  ruler_freed,
  ruler_escapes,
  ruler_flees,
  ruler_resigns,
  ruler_on_air,
  patron_condemns,
  patron_welcomes,
  leader_taken,
  climb_down,
  plot_dispersed,
  power_taken,
  counter_move,
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

inline constexpr std::size_t event_kind_count = static_cast<std::size_t>(EventKind::successor_takes_office) + 1;

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
