#include "model/seizure/forces.hpp"

#include <algorithm>
#include <cmath>

#include "base/distribution.hpp"
#include "model/seizure/beliefs.hpp"
#include "model/seizure/confrontation.hpp"

namespace interregnum {

namespace {

/// A beaten unit waits in its quarters until its arrival timer rings.
bool is_regrouping(const SeizureState& state, std::int32_t actor) {
  return state.actors[actor].status == Status::garrison && state.timers.is_set(state.arrival_slot(actor));
}

bool is_force(const Seizure& seizure, std::int32_t actor) { return seizure.state.actors[actor].strength > 0; }

EventKind declaration(const Actor& actor, bool plots, Stance stance) {
  const bool command = actor.kind == Actor::Kind::command;
  switch (stance) {
    case Stance::join:
      return command ? EventKind::command_joins : EventKind::unit_joins;
    case Stance::resist:
      return command ? EventKind::command_resists : EventKind::unit_resists;
    case Stance::hold:
      break;
  }
  if (plots) return EventKind::plotters_give_up;
  return command ? EventKind::command_stands_aside : EventKind::unit_stands_aside;
}

/// A guard stays at its post as long as its side, or nobody against it, holds the site.
bool is_at_its_post(const Seizure& seizure, std::int32_t actor) {
  const SeizureState& state = seizure.state;
  return state.actors[actor].status == Status::at_site &&
         state.actors[actor].site == seizure.world.actors[actor].site &&
         !state.sites[state.actors[actor].site].held_by_plot;
}

void return_to_barracks(Seizure& seizure, std::int32_t actor) {
  SeizureState& state = seizure.state;
  if (is_at_its_post(seizure, actor) || is_regrouping(state, actor)) return;
  state.timers.clear(state.arrival_slot(actor));
  state.actors[actor].status = Status::garrison;
  state.actors[actor].place = seizure.world.actors[actor].place;
  state.actors[actor].site = none;
}

/// Notes which site of the capital loyal units are needed at: the presidency before all; one that is lost or under
/// attack.
void survey_capital(Seizure& seizure) {
  SeizureState& state = seizure.state;
  const World& world = seizure.world;
  const auto in_need = [&](std::int32_t site) {
    return state.sites[site].held_by_plot || is_under_attack(seizure, site);
  };
  state.site_in_need = none;
  if (in_need(world.presidency)) {
    state.site_in_need = world.presidency;
    return;
  }
  for (const std::int32_t site : world.capital_sites) {
    if (!in_need(site)) continue;
    state.site_in_need = site;
    return;
  }
}

/// When a unit that left a site now could be there again: there, about, and back.
double hour_of_return(const Seizure& seizure) { return seizure.state.now + 3.0 * seizure.theta.city_hours; }

/// Counts, for each site, the units of the plot that stand there or are on their way, and the resisting units that
/// stand there or will soon.
void count_units_at_sites(Seizure& seizure) {
  SeizureState& state = seizure.state;
  for (SiteState& site : state.sites) site.plot_units_at = site.loyal_units_at = site.loyal_units_due = 0;
  const double back = hour_of_return(seizure);
  for (std::size_t index = 0; index < state.actors.size(); ++index) {
    const ActorState& actor = state.actors[index];
    if (actor.site == none) continue;
    if (actor.stance == Stance::join) ++state.sites[actor.site].plot_units_at;
    if (actor.stance != Stance::resist) continue;
    if (actor.status == Status::at_site) ++state.sites[actor.site].loyal_units_at;
    if (actor.status == Status::marching &&
        state.timers.due(state.arrival_slot(static_cast<std::int32_t>(index))) < back)
      ++state.sites[actor.site].loyal_units_due;
  }
}

/// Who moved first goes wherever the plan says; who joined later acts in its own town and holds it.
bool is_in_reach_of_plot(const Seizure& seizure, std::int32_t actor, std::int32_t site) {
  const std::int32_t from = seizure.state.actors[actor].place;
  const std::int32_t to = seizure.world.sites[site].place;
  return from == to || (seizure.state.actors[actor].plots && seizure.world.routes.reachable(from, to));
}

/// Where a unit of the plot is needed: at the first objective that is not held and that nobody else is after, else
/// where its side is opposed, else where loyal troops still stand in the capital.
std::int32_t choose_objective(const Seizure& seizure, std::int32_t actor) {
  const SeizureState& state = seizure.state;
  const World& world = seizure.world;
  std::int32_t opposed = none;
  for (const std::int32_t site : state.plan.objectives) {
    if (!is_in_reach_of_plot(seizure, actor, site)) continue;
    const int others = state.sites[site].plot_units_at - (state.actors[actor].site == site ? 1 : 0);
    if (!state.sites[site].held_by_plot && others == 0) return site;
    if (opposed == none && is_under_attack(seizure, site)) opposed = site;
  }
  if (opposed != none) return opposed;
  for (const std::int32_t site : world.capital_sites) {
    if (state.sites[site].loyal_units_at > 0 && is_in_reach_of_plot(seizure, actor, site)) return site;
  }
  return none;
}

/// Who has a site to hold stays there, unless he leads the way and there is more to take.
bool has_to_stay(const Seizure& seizure, std::int32_t actor) {
  const SeizureState& state = seizure.state;
  if (state.actors[actor].status != Status::at_site) return false;
  const std::int32_t site = state.actors[actor].site;
  if (is_under_attack(seizure, site)) return true;
  if (state.actors[actor].stance == Stance::join) {
    if (state.sites[site].loyal_units_at > 0 || state.sites[site].loyal_units_due > 0) return true;
    return state.sites[site].held_by_plot && !state.actors[actor].plots && site != seizure.world.actors[actor].site;
  }
  return !state.sites[site].held_by_plot &&
         (site == seizure.world.presidency || site != seizure.world.actors[actor].site);
}

/// Where a loyal unit is needed: in the capital if it can get there, else in its own town.
std::int32_t choose_site_to_defend(const Seizure& seizure, std::int32_t actor) {
  const SeizureState& state = seizure.state;
  const World& world = seizure.world;
  const std::int32_t place = state.actors[actor].place;
  const ActorState& unit = state.actors[actor];
  const bool may_march = !unit.at_front && (!unit.is_far || state.counter_moved);
  if (state.site_in_need != none && may_march && world.routes.reachable(place, world.capital))
    return state.site_in_need;
  if (place == world.capital) return none;
  for (std::size_t index = 0; index < world.sites.size(); ++index) {
    const auto site = static_cast<std::int32_t>(index);
    if (world.sites[index].place == place && (state.sites[index].held_by_plot || is_under_attack(seizure, site)))
      return site;
  }
  return none;
}

/// A unit that leaves a site of its side to nobody keeps it with a part of its soldiers.
void leave_detachment(Seizure& seizure, std::int32_t actor) {
  SeizureState& state = seizure.state;
  ActorState& unit = state.actors[actor];
  if (unit.status != Status::at_site) return;
  SiteState& site = state.sites[unit.site];
  const bool with_plot = unit.stance == Stance::join;
  if (with_plot != site.held_by_plot || site.detachment > 0) return;
  for (std::size_t index = 0; index < state.actors.size(); ++index) {
    const ActorState& other = state.actors[index];
    if (static_cast<std::int32_t>(index) != actor && other.status == Status::at_site && other.site == unit.site &&
        (other.stance == Stance::join) == with_plot)
      return;
  }
  const double left = seizure.theta.detachment * unit.strength;
  if (!(left > 0)) return;
  unit.strength -= left;
  unit.detached += left;
  site.detachment = left;
  site.detached_from = actor;
}

/// A unit takes back whom it has left at a site.
void take_back_detachment(SeizureState& state, SiteState& site) {
  ActorState& unit = state.actors[site.detached_from];
  unit.strength += site.detachment;
  unit.detached -= site.detachment;
  site.detachment = 0;
  site.detached_from = none;
}

void take_back_detachments(Seizure& seizure, std::int32_t actor) {
  for (SiteState& site : seizure.state.sites) {
    if (site.detached_from == actor) take_back_detachment(seizure.state, site);
  }
}

/// Hours of a march, for a unit that is ready to go.
double hours_of_march(const Seizure& seizure, std::int32_t actor, std::int32_t target, const UniformBlock& u) {
  const SeizureTheta& theta = seizure.theta;
  const World& world = seizure.world;
  const std::int32_t place = world.sites[target].place;
  const double distance = world.routes.length(seizure.state.actors[actor].place, place, seizure.inputs);
  // Lognormal with mean `city_hours`.
  const double chance = std::exp(theta.city_spread * (normal_quantile(u[1]) - 0.5 * theta.city_spread));
  const double crowd = hostile_crowd(seizure, place, seizure.state.actors[actor].stance);
  return distance / seizure.inputs[world.actors[actor].speed] +
         theta.city_hours * chance * (1.0 + theta.obstruction * crowd);
}

/// For a unit of the plot `count_units_at_sites` has to be up to date (it is kept so), for a loyal one
/// `survey_capital`.
void send(Seizure& seizure, std::int32_t actor, bool ready) {
  SeizureState& state = seizure.state;
  const World& world = seizure.world;
  if (has_to_stay(seizure, actor) || is_regrouping(state, actor)) return;
  const bool plots = state.actors[actor].stance == Stance::join;
  const std::int32_t target = plots ? choose_objective(seizure, actor) : choose_site_to_defend(seizure, actor);
  if (target == none || target == state.actors[actor].site) return;
  const bool from_barracks = state.actors[actor].status == Status::garrison;
  const UniformBlock u =
      seizure.draws.block(DrawPurpose::march_preparation, world.actors[actor].hash, state.actors[actor].march_count++);
  double hours = hours_of_march(seizure, actor, target, u);
  if (from_barracks && !ready) hours -= seizure.theta.preparation_hours * std::log(u[0]);
  leave_detachment(seizure, actor);
  if (plots) {
    if (state.actors[actor].site != none) --state.sites[state.actors[actor].site].plot_units_at;
    ++state.sites[target].plot_units_at;
  } else {
    if (state.actors[actor].status == Status::at_site) --state.sites[state.actors[actor].site].loyal_units_at;
    if (state.now + hours < hour_of_return(seizure)) ++state.sites[target].loyal_units_due;
  }
  state.actors[actor].status = Status::marching;
  state.actors[actor].site = target;
  state.timers.set(state.arrival_slot(actor), state.now + hours);
  tell(seizure, EventKind::column_sets_out, actor, target, state.actors[actor].place, state.actors[actor].strength);
}

}  // namespace

void take_stance(Seizure& seizure, std::int32_t actor, Stance stance, Turn turn) {
  SeizureState& state = seizure.state;
  const bool was_coming =
      state.actors[actor].status == Status::marching && state.actors[actor].stance == Stance::resist;
  count_stance(seizure, actor, -1);
  take_back_detachments(seizure, actor);
  state.actors[actor].stance = stance;
  if (stance == Stance::resist) state.actors[actor].ever_resisted = true;
  count_stance(seizure, actor, 1);
  place_thresholds(seizure, actor);
  const World& world = seizure.world;
  tell(seizure,
       turn == Turn::at_gunpoint ? EventKind::guards_go_over
                                 : declaration(world.actors[actor], state.actors[actor].plots, stance),
       actor, none, state.actors[actor].place, state.actors[actor].strength);
  for (std::int32_t index = world.first_subordinate[actor]; index < world.first_subordinate[actor + 1]; ++index) {
    const std::int32_t subordinate = world.subordinates[index];
    if (!plays(state, subordinate)) break;
    // Mutineers have broken with their superiors; those no longer move them.
    if (!state.actors[subordinate].mutinied) set_chain_shift(seizure, subordinate, static_cast<double>(stance));
  }
  if (!is_force(seizure, actor) || turn == Turn::at_gunpoint) return;
  switch (stance) {
    case Stance::hold:
      return_to_barracks(seizure, actor);
      break;
    case Stance::resist:
      dispatch(seizure, actor, false);
      break;
    case Stance::join:
      if (is_at_its_post(seizure, actor)) {
        confront(seizure, state.actors[actor].site);
      } else {
        dispatch(seizure, actor, false);
      }
      break;
  }
  if (was_coming) dispatch_idle(seizure);  // units of the plot that stayed because of this column may go
}

void take_out(Seizure& seizure, std::int32_t actor) {
  SeizureState& state = seizure.state;
  count_stance(seizure, actor, -1);
  take_back_detachments(seizure, actor);  // who was left somewhere gives up with the rest
  state.actors[actor].status = Status::out;
  state.actors[actor].site = none;
  state.timers.clear(state.arrival_slot(actor));
  state.revisions.clear(static_cast<std::uint32_t>(actor));
  place_thresholds(seizure, actor);
  if (actor != seizure.state.plan.units.front() || state.actors[actor].stance != Stance::join) return;
  if (seizure.draws.uniform(DrawPurpose::leader, seizure.world.actors[actor].hash) < seizure.theta.leader_taken) {
    state.leader_taken = true;
    tell(seizure, EventKind::leader_taken, actor, none, state.actors[actor].place);
  }
}

void lose_detachment(Seizure& seizure, std::int32_t site) {
  SeizureState& state = seizure.state;
  SiteState& lost = state.sites[site];
  if (lost.detached_from == none) return;
  ActorState& unit = state.actors[lost.detached_from];
  count_stance(seizure, lost.detached_from, -1);
  unit.weight *= 1.0 - lost.detachment / (unit.strength + unit.detached);
  unit.detached -= lost.detachment;
  count_stance(seizure, lost.detached_from, 1);
  lost.detachment = 0;
  lost.detached_from = none;
}

void regroup(Seizure& seizure, std::int32_t actor, double uniform) {
  SeizureState& state = seizure.state;
  const double hours = seizure.theta.regroup_hours * (0.5 + uniform);
  if (hours > 0) state.timers.set(state.arrival_slot(actor), state.now + hours);
}

void dispatch(Seizure& seizure, std::int32_t actor, bool ready) {
  if (seizure.state.actors[actor].stance == Stance::join) {
    count_units_at_sites(seizure);
  } else {
    survey_capital(seizure);
  }
  send(seizure, actor, ready);
}

void dispatch_idle(Seizure& seizure) {
  SeizureState& state = seizure.state;
  count_units_at_sites(seizure);
  survey_capital(seizure);
  for (const std::int32_t actor : state.precedence.order) {
    if (state.actors[actor].stance == Stance::hold || !is_force(seizure, actor)) continue;
    if (state.actors[actor].status != Status::garrison && state.actors[actor].status != Status::at_site) continue;
    send(seizure, actor, false);
  }
}

void arrive(Seizure& seizure, std::int32_t actor) {
  SeizureState& state = seizure.state;
  if (state.actors[actor].status == Status::garrison) {  // it has regrouped
    if (state.actors[actor].stance != Stance::hold) dispatch(seizure, actor, true);
    return;
  }
  const std::int32_t site = state.actors[actor].site;
  // In a fight that is on its soldiers at the site count already, and fall with the rest.
  if (state.sites[site].detached_from == actor && !state.sites[site].fighting)
    take_back_detachment(state, state.sites[site]);
  state.actors[actor].place = seizure.world.sites[site].place;
  state.actors[actor].status = Status::at_site;
  tell(seizure, EventKind::column_arrives, actor, site, state.actors[actor].place, state.actors[actor].strength);
  confront(seizure, site);
  const bool own_side_holds = (state.actors[actor].stance == Stance::join) == (state.sites[site].held_by_plot);
  if (state.actors[actor].status == Status::at_site && own_side_holds && !is_under_attack(seizure, site))
    dispatch(seizure, actor, true);
}

bool holds_all_objectives(const Seizure& seizure) {
  for (const std::int32_t site : seizure.state.plan.objectives) {
    if (!seizure.state.sites[site].held_by_plot) return false;
  }
  return true;
}

}  // namespace interregnum
