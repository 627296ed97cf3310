#include "model/seizure/seizure.hpp"

#include <algorithm>

#include "model/seizure/beliefs.hpp"
#include "model/seizure/confrontation.hpp"
#include "model/seizure/forces.hpp"
#include "model/seizure/ruler.hpp"

namespace interregnum {

namespace {

enum class Verdict { open, held, failed, lost_again };

/// Junior leaders move with a share of the named units, middle ones with the whole, senior ones with the command above
/// them too.
void start_actor(Seizure& seizure, std::int32_t index, Rank tier) {
  const SeizureTheta& theta = seizure.theta;
  const Actor& definition = seizure.world.actors[index];
  ActorState& actor = seizure.state.actors[index];
  actor = ActorState{};
  const bool mutiny = tier == Rank::junior;
  actor.mutinied = definition.plots && mutiny;
  actor.strength = seizure.inputs[definition.strength];
  if (actor.mutinied) actor.strength *= theta.mutineer_share;
  if (definition.kind == Actor::Kind::remainder) {
    actor.strength *= mutiny ? 1.0 - theta.mutineer_share : 0.0;
    if (!(actor.strength > 0)) {
      actor.status = Status::out;
      return;
    }
  }
  const bool led_by_general = definition.rank == Rank::senior && !actor.mutinied;
  actor.weight = actor.strength * (led_by_general ? theta.senior_weight : 1.0);
  actor.place = definition.place;
  const bool is_guard = definition.kind != Actor::Kind::command && definition.site != none && !definition.plots;
  if (is_guard) {
    actor.status = Status::at_site;
    actor.site = definition.site;
  }
  const bool moves_first = definition.plots || (definition.commands_plot && tier == Rank::senior);
  if (moves_first) actor.stance = actor.wish = Stance::join;
  draw_convictions(seizure, index, seizure.inputs[definition.leaning] + (moves_first ? theta.commitment : 0.0));
}

/// Junior leaders have every superior against them.
void turn_superiors_against_mutiny(Seizure& seizure) {
  for (const std::int32_t unit : seizure.world.plot_units) {
    for (std::int32_t superior = seizure.world.actors[unit].superior; superior != none;
         superior = seizure.world.actors[superior].superior) {
      seizure.state.actors[superior].stance = seizure.state.actors[superior].wish = Stance::resist;
    }
  }
}

void start(Seizure& seizure) {
  SeizureState& state = seizure.state;
  const World& world = seizure.world;
  const Rank tier = static_cast<Rank>(static_cast<int>(seizure.inputs[world.tier]));
  state.reset();
  for (std::size_t actor = 0; actor < world.actors.size(); ++actor)
    start_actor(seizure, static_cast<std::int32_t>(actor), tier);
  if (tier == Rank::junior) turn_superiors_against_mutiny(seizure);
  for (std::size_t index = 0; index < world.actors.size(); ++index) {
    const auto actor = static_cast<std::int32_t>(index);
    const std::int32_t superior = world.actors[index].superior;
    if (state.actors[index].status != Status::out) count_stance(seizure, actor, 1);
    const double shift = state.actors[index].mutinied
                             ? -1.0
                             : (superior == none ? 0.0 : static_cast<double>(state.actors[superior].stance));
    set_chain_shift(seizure, actor, shift);
  }
  tell(seizure, EventKind::attempt_begins, world.plot_units.front(), none,
       world.actors[world.plot_units.front()].place);
  announce(seizure);
  for (const std::int32_t unit : world.plot_units) dispatch(seizure, unit, true);
  for (std::size_t patron = 0; patron < world.patrons.size(); ++patron) {
    if (!(seizure.theta.statement_rate > 0)) continue;
    const double wait = seizure.draws.exponential(DrawPurpose::patron_statement, world.patrons[patron].hash);
    state.timers.set(state.patron_slot(patron), wait / seizure.theta.statement_rate);
  }
  start_ruler_clocks(seizure);
  state.timers.set(state.end_slot, hours_to_hold);
}

void patron_speaks(Seizure& seizure, std::size_t patron) {
  const WorldPatron& statement = seizure.world.patrons[patron];
  const double alignment = seizure.inputs[statement.alignment];
  seizure.state.timers.clear(seizure.state.patron_slot(patron));
  seizure.state.patron_term -= alignment * seizure.inputs[statement.influence];
  seizure.state.index_changed = true;
  if (alignment != 0.0) {
    tell(seizure, alignment > 0 ? EventKind::patron_condemns : EventKind::patron_welcomes,
         static_cast<std::int32_t>(patron));
  }
}

/// What a timer other than the end of the seven days sets off.
void ring(Seizure& seizure, std::uint32_t slot) {
  SeizureState& state = seizure.state;
  if (slot < state.sites_from) {
    state.timers.clear(slot);
    arrive(seizure, static_cast<std::int32_t>(slot));
  } else if (slot < state.patrons_from) {
    ring_site(seizure, static_cast<std::int32_t>(slot - state.sites_from));
  } else {
    patron_speaks(seizure, slot - state.patrons_from);
  }
}

void reconsider(Seizure& seizure) {
  SeizureState& state = seizure.state;
  const std::uint32_t actor = state.revisions.next_slot();
  state.revisions.clear(actor);
  state.actors[actor].clock_left = -1.0;
  take_stance(seizure, static_cast<std::int32_t>(actor), state.actors[actor].wish);
}

bool holds_presidency(const Seizure& seizure) { return seizure.state.sites[seizure.world.presidency].held_by_plot; }

/// Day seven without a decision: power is whose who holds the presidency and more than half of the declared strength in
/// the capital.
bool plot_holds_the_capital(const Seizure& seizure) {
  const SeizureState& state = seizure.state;
  double with = 0.0;
  double against = 0.0;
  for (std::size_t actor = 0; actor < state.actors.size(); ++actor) {
    if (state.actors[actor].status == Status::out || state.actors[actor].place != seizure.world.capital) continue;
    if (state.actors[actor].stance == Stance::join) with += state.actors[actor].strength;
    if (state.actors[actor].stance == Stance::resist) against += state.actors[actor].strength;
  }
  return holds_presidency(seizure) && with > against;
}

void take_power(Seizure& seizure, SeizureResult& result) {
  SeizureState& state = seizure.state;
  state.taken = result.taken = true;
  result.taken_hour = result.decided_hour = state.now;
  state.stalling = false;
  state.stall = 0.0;
  state.timers.clear(state.grip_slot);
  state.timers.set(state.end_slot, state.now + hours_to_hold);
  tell(seizure, EventKind::power_taken);
}

/// Looks whether the attempt is over, and keeps the clock of the grip on power.
Verdict judge(Seizure& seizure) {
  SeizureState& state = seizure.state;
  const bool plot_is_over = state.leader_taken || state.active_for == 0;
  if (state.taken) {
    if (!plot_is_over && holds_presidency(seizure)) return Verdict::open;
    if (plot_is_over) tell(seizure, EventKind::plot_dispersed);
    tell(seizure, EventKind::power_lost);
    return Verdict::lost_again;
  }
  if (plot_is_over) {
    tell(seizure, EventKind::plot_dispersed);
    return Verdict::failed;
  }
  const bool uncontested = ruler_is_out(seizure) && holds_presidency(seizure) && state.active_against == 0;
  if (!uncontested) {
    state.timers.clear(state.grip_slot);
  } else if (!state.timers.is_set(state.grip_slot)) {
    state.timers.set(state.grip_slot, state.now + seizure.theta.grip_hours);
  }
  return Verdict::open;
}

Verdict end_of_seven_days(Seizure& seizure, SeizureResult& result) {
  if (seizure.state.taken) {
    tell(seizure, EventKind::seven_days_held);
    return Verdict::held;
  }
  result.undecided_at_day_seven = true;
  tell(seizure, EventKind::day_seven_decides);
  if (!plot_holds_the_capital(seizure)) return Verdict::failed;
  take_power(seizure, result);
  return Verdict::open;
}

/// One step of the event loop: whatever is due next, at its exact time.
Verdict step(Seizure& seizure, SeizureResult& result) {
  SeizureState& state = seizure.state;
  refresh_wishes(seizure);
  const double revision = hour_of_operational(seizure, state.revisions.next_due());
  const double crossing = next_stall_crossing(seizure);
  const double timer = state.timers.next_due();
  const double first = std::min({timer, revision, crossing, state.ruler_due});
  ++state.events;
  advance_to(seizure, first);
  if (first == timer) {
    const std::uint32_t slot = state.timers.next_slot();
    if (slot == state.end_slot) return end_of_seven_days(seizure, result);
    if (slot == state.grip_slot) {
      take_power(seizure, result);
      return Verdict::open;
    }
    ring(seizure, slot);
  } else if (first == revision) {
    reconsider(seizure);
  } else if (first == state.ruler_due) {
    ring_ruler_clock(seizure);
  } else {
    cross_stall_threshold(seizure);
    return Verdict::open;
  }
  if (state.index_changed) update_ruler_clocks(seizure);
  return judge(seizure);
}

}  // namespace

SeizureState::SeizureState(const World& world)
    : actors(world.actors.size()),
      sites(world.sites.size()),
      revisions(world.actors.size()),
      timers(world.actors.size() + world.sites.size() + world.patrons.size() + 2) {
  present.reserve(actors.size());
  unsettled.reserve(actors.size());
  sites_from = static_cast<std::uint32_t>(actors.size());
  patrons_from = sites_from + static_cast<std::uint32_t>(sites.size());
  grip_slot = patrons_from + static_cast<std::uint32_t>(world.patrons.size());
  end_slot = grip_slot + 1;
}

void SeizureState::reset() {
  std::fill(sites.begin(), sites.end(), SiteState{});
  site_term = patron_term = street_term = 0;
  weight_for = weight_against = weight_undeclared = 0;
  last_gain = stall = 0;
  stalling = true;
  now = operational = signal_until = 0;
  revisions.clear_all();
  timers.clear_all();
  index_changed = true;
  // An empty band: the first look goes to everybody.
  quiet_below = Schedule::never;
  quiet_above = -Schedule::never;
  unsettled.clear();
  captured = fled = resigned = on_air = false;
  active_for = active_against = 0;
  leader_taken = taken = false;
  deaths = 0;
  events = 0;
}

void keep_event(Seizure& seizure, EventKind kind, std::int32_t actor, std::int32_t site, std::int32_t place,
                double amount) {
  seizure.log.events.push_back({seizure.state.now, kind, actor, site, place, amount, mean_belief(seizure)});
}

SeizureResult play_seizure(const World& world, const SeizureTheta& theta, const Draws& draws,
                           const std::vector<double>& inputs, SeizureState& state, EventLog& log) {
  Seizure seizure{world, theta, draws, inputs, state, log};
  SeizureResult result;
  start(seizure);
  Verdict verdict = judge(seizure);
  while (verdict == Verdict::open) verdict = step(seizure, result);
  result.held = verdict == Verdict::held;
  if (!result.held) result.decided_hour = state.now;
  result.deaths = state.deaths;
  result.events = state.events;
  return result;
}

}  // namespace interregnum
