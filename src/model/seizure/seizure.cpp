#include "model/seizure/seizure.hpp"

#include <algorithm>

#include "model/seizure/beliefs.hpp"
#include "model/seizure/confrontation.hpp"
#include "model/seizure/forces.hpp"
#include "model/seizure/ruler.hpp"

namespace interregnum {

namespace {

enum class Verdict { open, held, failed, lost_again };

/// Junior leaders move with a share of the named units, middle ones with the whole, senior ones with the command above them too.
void start_actor(Seizure& seizure, std::int32_t actor, Rank tier) {
  SeizureState& state = seizure.state;
  const SeizureTheta& theta = seizure.theta;
  const Actor& definition = seizure.world.actors[actor];
  const bool mutiny = tier == Rank::junior;
  double strength = seizure.inputs[definition.strength];
  if (definition.plots && mutiny) strength *= theta.mutineer_share;
  if (definition.kind == Actor::Kind::remainder) strength *= mutiny ? 1.0 - theta.mutineer_share : 0.0;
  const bool absent = definition.kind == Actor::Kind::remainder && strength <= 0;
  const bool led_by_general = definition.rank == Rank::senior && !(definition.plots && mutiny);
  state.strength[actor] = strength;
  state.weight[actor] = strength * (led_by_general ? theta.senior_weight : 1.0);
  const bool moves_first = definition.plots || (definition.commands_plot && tier == Rank::senior);
  state.stance[actor] = state.wish[actor] = moves_first ? Stance::join : Stance::hold;
  state.mutinied[actor] = definition.plots && mutiny;
  state.place[actor] = definition.place;
  const bool is_guard = definition.kind != Actor::Kind::command && definition.site != none && !definition.plots;
  state.status[actor] = absent ? Status::out : (is_guard ? Status::at_site : Status::garrison);
  state.site[actor] = is_guard && !absent ? definition.site : none;
  state.clock_count[actor] = state.march_count[actor] = state.rout_count[actor] = 0;
  if (!absent) {
    const double commitment = state.stance[actor] == Stance::join ? theta.commitment : 0.0;
    draw_convictions(seizure, actor, seizure.inputs[definition.leaning] + commitment);
  }
}

/// Junior leaders have every superior against them.
void turn_superiors_against_mutiny(Seizure& seizure) {
  for (const std::int32_t unit : seizure.world.plot_units) {
    for (std::int32_t superior = seizure.world.actors[unit].superior; superior != none;
         superior = seizure.world.actors[superior].superior) {
      seizure.state.stance[superior] = seizure.state.wish[superior] = Stance::resist;
    }
  }
}

void start(Seizure& seizure) {
  SeizureState& state = seizure.state;
  const World& world = seizure.world;
  const Rank tier = static_cast<Rank>(static_cast<int>(seizure.inputs[world.tier]));
  state.reset();
  for (std::size_t actor = 0; actor < world.actors.size(); ++actor) start_actor(seizure, static_cast<std::int32_t>(actor), tier);
  if (tier == Rank::junior) turn_superiors_against_mutiny(seizure);
  for (std::size_t index = 0; index < world.actors.size(); ++index) {
    const auto actor = static_cast<std::int32_t>(index);
    const std::int32_t superior = world.actors[index].superior;
    if (state.status[index] != Status::out) count_stance(seizure, actor, 1);
    const double shift = state.mutinied[index] ? -1.0 : (superior == none ? 0.0 : static_cast<double>(state.stance[superior]));
    set_chain_shift(seizure, actor, shift);
  }
  tell(seizure, EventKind::attempt_begins, world.plot_units.front(), none, world.actors[world.plot_units.front()].place);
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
    tell(seizure, alignment > 0 ? EventKind::patron_condemns : EventKind::patron_welcomes, static_cast<std::int32_t>(patron));
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
  state.clock_left[actor] = -1.0;
  take_stance(seizure, static_cast<std::int32_t>(actor), state.wish[actor]);
}

bool holds_presidency(const Seizure& seizure) { return seizure.state.holder[seizure.world.presidency] == 1; }

/// Day seven without a decision: power is whose who holds the presidency and more than half of the declared strength in the capital.
bool plot_holds_the_capital(const Seizure& seizure) {
  const SeizureState& state = seizure.state;
  double with = 0.0;
  double against = 0.0;
  for (std::size_t actor = 0; actor < state.stance.size(); ++actor) {
    if (state.status[actor] == Status::out || state.place[actor] != seizure.world.capital) continue;
    if (state.stance[actor] == Stance::join) with += state.strength[actor];
    if (state.stance[actor] == Stance::resist) against += state.strength[actor];
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
    : revisions(world.actors.size()), timers(world.actors.size() + world.sites.size() + world.patrons.size() + 2) {
  const std::size_t actors = world.actors.size();
  const std::size_t sites = world.sites.size();
  for (auto* array : {&strength, &weight, &resolve, &private_signal, &chain_shift, &join_level, &resist_level, &join_at, &resist_at,
                      &clock_left}) {
    array->assign(actors, 0.0);
  }
  stance.assign(actors, Stance::hold);
  wish.assign(actors, Stance::hold);
  status.assign(actors, Status::garrison);
  place.assign(actors, none);
  site.assign(actors, none);
  mutinied.assign(actors, 0);
  for (auto* array : {&clock_count, &march_count, &rout_count}) array->assign(actors, 0);
  holder.assign(sites, 0);
  for (auto* array : {&signal, &fight_attack, &fight_defence}) array->assign(sites, 0.0);
  fight_attacker.assign(sites, Stance::hold);
  fighting.assign(sites, 0);
  fight_pair.assign(sites, 0);
  fight_count.assign(sites, 0);
  standoff_count.assign(sites, 0);
  unsettled.reserve(actors);
  present.reserve(actors);
  is_unsettled.assign(actors, 0);
  plot_units_at.assign(sites, 0);
  loyal_units_at.assign(sites, 0);
  sites_from = static_cast<std::uint32_t>(actors);
  patrons_from = sites_from + static_cast<std::uint32_t>(sites);
  grip_slot = patrons_from + static_cast<std::uint32_t>(world.patrons.size());
  end_slot = grip_slot + 1;
}

void SeizureState::reset() {
  std::fill(holder.begin(), holder.end(), std::int8_t{0});
  std::fill(signal.begin(), signal.end(), 0.0);
  std::fill(fighting.begin(), fighting.end(), std::uint8_t{0});
  std::fill(fight_count.begin(), fight_count.end(), 0U);
  std::fill(standoff_count.begin(), standoff_count.end(), 0U);
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
  std::fill(is_unsettled.begin(), is_unsettled.end(), std::uint8_t{0});
  unsettled.clear();
  captured = fled = resigned = on_air = false;
  active_for = active_against = 0;
  leader_taken = taken = false;
  deaths = 0;
  events = 0;
}

void keep_event(Seizure& seizure, EventKind kind, std::int32_t actor, std::int32_t site, std::int32_t place, double amount) {
  seizure.log.events.push_back({seizure.state.now, kind, actor, site, place, amount, mean_belief(seizure)});
}

SeizureResult play_seizure(const World& world, const SeizureTheta& theta, const Draws& draws, const std::vector<double>& inputs,
                           SeizureState& state, EventLog& log) {
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
