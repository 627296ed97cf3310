#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

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
};

inline constexpr std::size_t event_kind_count = 34;

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
}};

/// One event of one replicate; `actor`, `site`, `place` are indices into the world, or -1.
struct Event {
  double hour = 0.0;
  EventKind kind = EventKind::attempt_begins;
  std::int32_t actor = -1;
  std::int32_t site = -1;
  std::int32_t place = -1;
  double amount = 0.0;  ///< soldiers of a column, deaths
  double belief = 0.0;  ///< the army's mean belief in the plot's success, weighted by strength
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
