#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "base/draws.hpp"
#include "base/schedule.hpp"
#include "model/events.hpp"
#include "model/precedence.hpp"
#include "model/seizure/parameters.hpp"
#include "world/world.hpp"

namespace interregnum {

/// What a unit or command has declared.
enum class Stance : std::int8_t { resist = -1, hold = 0, join = 1 };

/// Where a unit is in the course of things; `out`: beaten, disarmed, arrested or never there.
enum class Status : std::uint8_t { garrison, marching, at_site, fighting, out };

/// One unit or command in the course of a seizure.
struct ActorState {
  double strength = 0;        ///< soldiers, without those left at other sites
  double detached = 0;        ///< soldiers left at other sites
  double weight = 0;          ///< strength in the eyes of others
  double resolve = 0;         ///< leaning with kept shocks: readiness for the plot if the odds are even, in stakes
  double private_signal = 0;  ///< logit
  double chain_shift = 0;     ///< logit, from the superior's stance
  double join_level = 0, resist_level = 0;  ///< of the unit's belief: joins above the one, resists below the other
  double join_at = 0, resist_at = 0;        ///< the same on the scale of the public index
  double clock_left = 0;      ///< of the unit-exponential time to the next reconsideration; negative: not drawn
  std::int32_t place = none;  ///< where it stands, or where it set out from
  std::int32_t site = none;   ///< where it stands or is headed; none in garrison
  std::uint32_t clock_count = 0, march_count = 0, rout_count = 0;  ///< occurrences of its draws
  Stance stance = Stance::hold;
  Stance wish = Stance::hold;
  Status status = Status::garrison;
  bool plots = false;           ///< one of the units that move first
  bool commands_plot = false;   ///< the command above one of them
  bool can_carry_plot = false;  ///< plots, or is garrisoned in the capital: others who join hold their own town
  bool ever_resisted = false;   ///< declared against the plot, or was made to give way to it
  bool mutinied = false;        ///< follows junior leaders, against every superior
  bool at_front = false;        ///< its garrison faces an armed group, and it has no orders to leave it
  bool is_far = false;          ///< from the capital: see SeizureTheta::march_limit
  bool is_unsettled = false;    ///< stands in SeizureState::unsettled
};

/// One site in the course of a seizure.
struct SiteState {
  double signal = 0;                           ///< 1 held by the plot, -1 held by loyalists and used, 0 otherwise
  double fight_attack = 0, fight_defence = 0;  ///< strengths in the fight now on
  std::uint64_t fight_pair = 0;                ///< key of its draws
  std::uint32_t fight_count = 0, standoff_count = 0;
  std::int32_t plot_units_at = 0;  ///< units of the plot that stand there or are on their way; see count_units_at_sites
  std::int32_t loyal_units_at = 0;   ///< resisting units that stand there
  std::int32_t loyal_units_due = 0;  ///< and those that arrive sooner than a unit could leave and be back
  double detachment = 0;             ///< soldiers whom a unit of the side that holds the site has left there
  std::int32_t detached_from = none;
  Stance fight_attacker = Stance::hold;
  bool held_by_plot = false;
  bool fighting = false;
};

/// Who moves, with what rank, and for what.
struct AttemptPlan {
  std::uint32_t number = 0;  ///< 0 for the attempt of the file; part of the key of every draw
  Rank tier = Rank::middle;
  Initiator began_by = Initiator::soldiers;
  std::vector<std::int32_t> units;  ///< the first is the leader's
  std::vector<std::int32_t> objectives;
  std::vector<double> leaning;  ///< by actor, toward this plot
  std::size_t cast = 0;         ///< the first so many actors play
  std::int32_t ruler_place = none, ruler_site = none;
  std::vector<std::uint8_t> fronts;  ///< by place: 1 where a garrison faces an armed group
  double outlook = 0;                ///< logit, what the circumstances add to every officer's belief
};

/// Everything that changes during one seizure.
struct SeizureState {
  explicit SeizureState(const World& world);
  /// Back to the state before the first shot, at `hour`, but for the plan and the actors, who are started one by one.
  void reset(double hour);

  AttemptPlan plan;
  std::vector<ActorState> actors;     ///< parallel to World::actors, as far as they play (AttemptPlan::cast)
  std::vector<SiteState> sites;       ///< parallel to World::sites
  Precedence precedence;              ///< of actors: who comes first where nothing else decides
  std::vector<std::int32_t> present;  ///< who stands at the site now looked at, by precedence
  std::int32_t site_in_need = none;   ///< where in the capital loyal units are needed; see survey_capital

  // The public index: what all officers see.
  double site_term = 0, patron_term = 0, street_term = 0;
  double weight_for = 0, weight_against = 0, weight_undeclared = 0;
  double index = 0;  ///< as last computed, without impatience
  bool index_changed = true;
  double last_gain = 0, stall = 0;
  bool stalling = true;
  double quiet_below = 0, quiet_above = 0;  ///< between these no unit changes its wish

  // Clocks.
  double now = 0;
  double operational = 0;  ///< operational time of the reconsiderations (unit rate)
  double signal_until = 0;
  Schedule revisions;  ///< by actor, in operational time
  Schedule timers;     ///< by slot (see below), in hours

  // Units whose own thresholds or status have changed since wishes were last brought in line.
  std::vector<std::int32_t> unsettled;

  // The ruler.
  bool captured = false, fled = false, resigned = false, on_air = false;
  bool escaped = false;            ///< slipped away or was freed: he is no longer where he was at the start
  std::int32_t captive_at = none;  ///< the site where he was captured

  // What runs at a rate that changes with the state.
  struct Clock {
    double left = 0;  ///< of its unit-exponential time, at hour `at`
    double at = 0;
    double rate = 0;  ///< per hour, since
    double due = Schedule::never;
    std::uint64_t rings = 0;
  };
  std::array<Clock, 6> clocks;         ///< by RateClock
  double clock_due = Schedule::never;  ///< the first of them

  // Counts and results.
  std::int32_t active_for = 0;      ///< units with the plot that can still act
  std::int32_t active_against = 0;  ///< units for the ruler that can still act and reach the capital
  bool leader_taken = false;
  bool taken = false;
  bool climbed_down = false;   ///< the plot has given up for terms
  bool counter_moved = false;  ///< officers have risen against those who took power
  double wavering = 0;         ///< share of strength, as power was taken, that was against the plot at even odds
  double doubt = 0;            ///< logit, what the counter-move takes from every belief in the plot
  double deaths = 0;
  std::uint64_t events = 0;

  /// Whether an actor began the attempt: one of its units, or the general above one who leads them.
  bool moved_first(std::size_t actor) const {
    return actors[actor].plots || (actors[actor].commands_plot && plan.tier == Rank::senior);
  }

  // Slots of `timers`.
  /// By precedence, since the schedule gives the lower slot the first turn of two that are due at the same time.
  std::uint32_t arrival_slot(std::int32_t actor) const { return precedence.rank[static_cast<std::size_t>(actor)]; }
  std::uint32_t site_slot(std::int32_t site_) const { return sites_from + static_cast<std::uint32_t>(site_); }
  std::uint32_t patron_slot(std::size_t patron) const { return patrons_from + static_cast<std::uint32_t>(patron); }
  std::uint32_t sites_from = 0, patrons_from = 0, grip_slot = 0, end_slot = 0;
};

/// What the functions of the seizure work on: the world and the parameters, read; the state, written.
struct Seizure {
  const World& world;
  const SeizureTheta& theta;
  Draws draws;
  const std::vector<double>& inputs;
  SeizureState& state;
  EventLog& log;
};

/// Crowds against a side in the capital's streets, 0 to 1; elsewhere there are none that matter to it.
inline double hostile_crowd(const Seizure& seizure, std::int32_t place, Stance side) {
  if (place != seizure.world.capital) return 0.0;
  return std::max(0.0, -static_cast<double>(side) * seizure.state.street_term);
}

/// Whether an actor plays in this attempt; those who do not come last in every list.
inline bool plays(const SeizureState& state, std::int32_t actor) {
  return static_cast<std::size_t>(actor) < state.actors.size();
}

/// Adds to the log; `tell` calls it where events are wanted.
void keep_event(Seizure& seizure, EventKind kind, std::int32_t actor, std::int32_t site, std::int32_t place,
                double amount);

/// Notes that something happened; keeps the event itself only where events are wanted.
inline void tell(Seizure& seizure, EventKind kind, std::int32_t actor = none, std::int32_t site = none,
                 std::int32_t place = none, double amount = 0.0) {
  seizure.log.note(kind);
  if (seizure.log.keep_events) keep_event(seizure, kind, actor, site, place, amount);
}

}  // namespace interregnum
