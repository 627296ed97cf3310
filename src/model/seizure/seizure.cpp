#include "model/seizure/seizure.hpp"

#include <algorithm>
#include <cmath>

#include "base/contract.hpp"
#include "base/identifiers.hpp"
#include "model/seizure/aftermath.hpp"
#include "model/seizure/beliefs.hpp"
#include "model/seizure/clocks.hpp"
#include "model/seizure/confrontation.hpp"
#include "model/seizure/forces.hpp"
#include "model/seizure/ruler.hpp"

namespace interregnum {

namespace {

constexpr std::uint64_t seizure_hash = hash_identifier("seizure");

/// Soldiers in the attempt beyond those of the file, where a unit is there whole, or as its mutineers and the rest of
/// it; as a share.
double soldiers_too_many(const Seizure& seizure) {
  double present = 0.0;
  double in_file = 0.0;
  for (const ActorState& actor : seizure.state.actors) present += actor.strength;
  for (std::size_t unit = 0; unit < seizure.world.units; ++unit)
    in_file += seizure.inputs[seizure.world.actors[unit].strength];
  return in_file > 0 ? present / in_file - 1.0 : present;
}

/// Who will not march on the capital while power is contested: a garrison that faces an enemy, unless it has orders,
/// and a unit too far away.
void stay_in_place(Seizure& seizure, std::int32_t index) {
  const World& world = seizure.world;
  const Actor& definition = world.actors[index];
  ActorState& actor = seizure.state.actors[index];
  const double u =
      seizure.draws.uniform(DrawPurpose::march_preparation, definition.hash, ~std::uint64_t{0});  // of no march
  const bool faces_enemy = seizure.state.plan.fronts[static_cast<std::size_t>(definition.place)] != 0;
  actor.at_front = faces_enemy && !(u < seizure.theta.front_orders);
  const double distance = world.routes.length(definition.place, world.capital, seizure.inputs);
  actor.is_far = distance > seizure.theta.march_limit * seizure.inputs[definition.speed];
}

/// Junior leaders move with a share of the named units, middle ones with the whole, senior ones with the command above
/// them too.
void start_actor(Seizure& seizure, std::int32_t index, Rank tier) {
  const SeizureTheta& theta = seizure.theta;
  const Actor& definition = seizure.world.actors[index];
  ActorState& actor = seizure.state.actors[index];
  const bool mutiny = tier == Rank::junior;
  actor.mutinied = actor.plots && mutiny;
  actor.can_carry_plot = actor.plots || definition.place == seizure.world.capital;
  actor.strength = seizure.inputs[definition.strength];
  if (actor.mutinied) actor.strength *= theta.mutineer_share;
  if (definition.kind == Actor::Kind::remainder) {
    // Of a unit that moves as a whole, or takes no part in the plot, nothing is left over.
    const bool is_split = mutiny && seizure.state.actors[definition.rest_of].plots;
    actor.strength *= is_split ? 1.0 - theta.mutineer_share : 0.0;
    if (!(actor.strength > 0)) {
      actor.status = Status::out;
      return;
    }
  }
  if (!actor.plots && definition.kind != Actor::Kind::command) stay_in_place(seizure, index);
  const bool led_by_general = definition.rank == Rank::senior && !actor.mutinied;
  actor.weight = actor.strength * (led_by_general ? theta.senior_weight : 1.0);
  actor.place = definition.place;
  const bool is_guard = definition.kind != Actor::Kind::command && definition.site != none && !actor.plots;
  if (is_guard) {
    actor.status = Status::at_site;
    actor.site = definition.site;
  }
  const bool moves_first = seizure.state.moved_first(static_cast<std::size_t>(index));
  if (moves_first) actor.stance = actor.wish = Stance::join;
  draw_convictions(
      seizure, index,
      seizure.state.plan.leaning[static_cast<std::size_t>(index)] + (moves_first ? theta.commitment : 0.0));
}

/// Junior leaders have every superior against them.
void turn_superiors_against_mutiny(Seizure& seizure) {
  for (const std::int32_t unit : seizure.state.plan.units) {
    for (std::int32_t superior = seizure.world.actors[unit].superior; superior != none;
         superior = seizure.world.actors[superior].superior) {
      seizure.state.actors[superior].stance = seizure.state.actors[superior].wish = Stance::resist;
    }
  }
}

/// Who moves first, and who commands them.
void cast_actors(Seizure& seizure) {
  SeizureState& state = seizure.state;
  const World& world = seizure.world;
  state.actors.assign(state.plan.cast, ActorState{});
  state.precedence.draw(seizure.draws, seizure_hash, world.actors, state.plan.cast);
  state.precedence.put_first(state.plan.units);
  for (const std::int32_t unit : state.plan.units) {
    state.actors[unit].plots = true;
    if (world.actors[unit].superior != none) state.actors[world.actors[unit].superior].commands_plot = true;
  }
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
    arrive(seizure, state.precedence.order[slot]);
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
    const double soldiers = state.actors[actor].strength + state.actors[actor].detached;
    if (state.actors[actor].stance == Stance::join) with += soldiers;
    if (state.actors[actor].stance == Stance::resist) against += soldiers;
  }
  return holds_presidency(seizure) && with > against;
}

void take_power(Seizure& seizure, SeizureResult& result) {
  SeizureState& state = seizure.state;
  state.taken = result.taken = true;
  result.taken_hour = result.decided_hour = state.now;
  state.stalling = false;
  state.stall = 0.0;
  note_waverers(seizure);
  state.timers.clear(state.grip_slot);
  state.timers.set(state.end_slot, state.now + hours_to_hold);
  tell(seizure, EventKind::power_taken);
  update_clocks(seizure);
}

/// Looks whether the attempt is over, and keeps the clock of the grip on power.
Verdict judge(Seizure& seizure) {
  SeizureState& state = seizure.state;
  const bool plot_is_over = state.leader_taken || state.climbed_down || state.active_for == 0;
  if (state.taken) {
    if (!plot_is_over && holds_presidency(seizure)) return Verdict::open;
    if (plot_is_over && !state.climbed_down) tell(seizure, EventKind::plot_dispersed);
    tell(seizure, EventKind::power_lost);
    return Verdict::lost_again;
  }
  if (plot_is_over) {
    if (!state.climbed_down) tell(seizure, EventKind::plot_dispersed);
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

/// One step of the event loop: whatever is due next, at its exact time. False if that is later than `until`.
bool step(Seizure& seizure, double until, SeizureResult& result) {
  SeizureState& state = seizure.state;
  refresh_wishes(seizure);
  const double revision = hour_of_operational(seizure, state.revisions.next_due());
  const double crossing = next_stall_crossing(seizure);
  const double timer = state.timers.next_due();
  const double first = std::min({timer, revision, crossing, state.clock_due});
  if (first > until) return false;
  ++state.events;
  advance_to(seizure, first);
  if (first == timer) {
    const std::uint32_t slot = state.timers.next_slot();
    if (slot == state.end_slot) {
      result.verdict = end_of_seven_days(seizure, result);
      return true;
    }
    if (slot == state.grip_slot) {
      take_power(seizure, result);
      return true;
    }
    ring(seizure, slot);
  } else if (first == revision) {
    reconsider(seizure);
  } else if (first == state.clock_due) {
    ring_clock(seizure);
  } else {
    cross_stall_threshold(seizure);
    return true;
  }
  if (state.index_changed) update_clocks(seizure);
  result.verdict = judge(seizure);
  return true;
}

}  // namespace

SeizureState::SeizureState(const World& world)
    : sites(world.sites.size()),
      revisions(world.actors.size()),
      timers(world.actors.size() + world.sites.size() + world.patrons.size() + 2) {
  actors.reserve(world.actors.size());
  precedence.reserve(world.actors.size());
  present.reserve(world.actors.size());
  unsettled.reserve(world.actors.size());
  plan.units.reserve(world.units);
  plan.objectives.reserve(world.sites.size());
  plan.leaning.reserve(world.actors.size());
  plan.fronts.assign(world.places.size(), 0);
  sites_from = static_cast<std::uint32_t>(world.actors.size());
  patrons_from = sites_from + static_cast<std::uint32_t>(sites.size());
  grip_slot = patrons_from + static_cast<std::uint32_t>(world.patrons.size());
  end_slot = grip_slot + 1;
}

void SeizureState::reset(double hour) {
  std::fill(sites.begin(), sites.end(), SiteState{});
  site_term = patron_term = street_term = 0;
  weight_for = weight_against = weight_undeclared = 0;
  last_gain = now = signal_until = hour;
  stall = 0;
  stalling = true;
  operational = 0;
  revisions.clear_all();
  timers.clear_all();
  index_changed = true;
  // An empty band: the first look goes to everybody.
  quiet_below = Schedule::never;
  quiet_above = -Schedule::never;
  unsettled.clear();
  captured = fled = resigned = on_air = escaped = false;
  captive_at = none;
  active_for = active_against = 0;
  leader_taken = taken = climbed_down = counter_moved = false;
  wavering = doubt = 0;
  deaths = 0;
  events = 0;
}

void keep_event(Seizure& seizure, EventKind kind, std::int32_t actor, std::int32_t site, std::int32_t place,
                double amount) {
  Event event;
  event.hour = seizure.state.now;
  event.kind = kind;
  event.actor = actor;
  event.site = site;
  event.place = place;
  event.amount = amount;
  event.belief = mean_belief(seizure);
  seizure.log.events.push_back(event);
}

void plan_from_file(const World& world, const std::vector<double>& inputs, AttemptPlan& plan) {
  plan.number = 0;
  plan.tier = static_cast<Rank>(static_cast<int>(inputs[world.tier]));
  plan.began_by = static_cast<Initiator>(static_cast<int>(inputs[world.began_by]));
  plan.units.assign(world.plot_units.begin(), world.plot_units.end());
  plan.objectives.assign(world.objectives.begin(), world.objectives.end());
  plan.cast = world.first_cast;
  plan.leaning.resize(plan.cast);
  for (std::size_t actor = 0; actor < plan.cast; ++actor) plan.leaning[actor] = inputs[world.actors[actor].leaning];
  plan.ruler_place = world.ruler_place;
  plan.ruler_site = world.ruler_site;
}

void begin_seizure(Seizure& seizure, double hour, SeizureResult& result) {
  SeizureState& state = seizure.state;
  const World& world = seizure.world;
  const Rank tier = state.plan.tier;
  result = SeizureResult{};
  state.reset(hour);
  cast_actors(seizure);
  for (std::size_t actor = 0; actor < state.actors.size(); ++actor)
    start_actor(seizure, static_cast<std::int32_t>(actor), tier);
  ensures(std::abs(soldiers_too_many(seizure)) <= 1e-9,
          "an attempt begins with the soldiers of the country file, none missing or twice", soldiers_too_many(seizure));
  if (tier == Rank::junior) turn_superiors_against_mutiny(seizure);
  for (std::size_t index = 0; index < state.actors.size(); ++index) {
    const auto actor = static_cast<std::int32_t>(index);
    const std::int32_t superior = world.actors[index].superior;
    if (state.actors[index].status != Status::out) count_stance(seizure, actor, 1);
    state.actors[index].ever_resisted = state.actors[index].stance == Stance::resist;
    const double shift = state.actors[index].mutinied
                             ? -1.0
                             : (superior == none ? 0.0 : static_cast<double>(state.actors[superior].stance));
    set_chain_shift(seizure, actor, shift);
  }
  const std::int32_t leading = state.plan.units.front();
  tell(seizure, EventKind::attempt_begins, leading, none, world.actors[leading].place, static_cast<double>(tier));
  announce(seizure);
  for (const std::int32_t unit : state.plan.units) dispatch(seizure, unit, true);
  for (std::size_t patron = 0; patron < world.patrons.size(); ++patron) {
    if (!(seizure.theta.statement_rate > 0)) continue;
    const double wait = seizure.draws.exponential(DrawPurpose::patron_statement, world.patrons[patron].hash);
    state.timers.set(state.patron_slot(patron), hour + wait / seizure.theta.statement_rate);
  }
  start_clocks(seizure);
  state.timers.set(state.end_slot, hour + hours_to_hold);
  result.verdict = judge(seizure);
}

void advance_seizure(Seizure& seizure, double until, SeizureResult& result) {
  SeizureState& state = seizure.state;
  while (result.verdict == Verdict::open && step(seizure, until, result)) {
  }
  if (result.verdict != Verdict::open && result.verdict != Verdict::held) result.decided_hour = state.now;
  result.deaths = state.deaths;
  result.events = state.events;
}

void set_street(Seizure& seizure, double hour, double signal) {
  expects(hour >= seizure.state.now, "hours never run backward", hour);
  expects(std::abs(signal) <= 1, "what the street says lies between -1 and 1", signal);
  // A crowd that has hardly grown is no news; and every change makes all officers look again.
  constexpr double noticed = 0.02;
  if (std::abs(signal - seizure.state.street_term) < noticed) return;
  advance_to(seizure, hour);
  seizure.state.street_term = signal;
  seizure.state.index_changed = true;
  update_clocks(seizure);
}

}  // namespace interregnum
