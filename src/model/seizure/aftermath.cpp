#include "model/seizure/aftermath.hpp"

#include <algorithm>
#include <cmath>

#include "model/seizure/beliefs.hpp"
#include "model/seizure/forces.hpp"

namespace interregnum {

namespace {

/// What patrons have said against the plot, on balance.
double refusal(const SeizureState& state) { return std::max(0.0, -state.patron_term); }

double share_against(const SeizureState& state) {
  const double total = state.weight_for + state.weight_against + state.weight_undeclared;
  return total > 0 ? state.weight_against / total : 0.0;
}

/// Whether an actor outside the plot would be against it if the odds were even.
bool wavers(const Seizure& seizure, std::size_t actor) {
  const ActorState& unit = seizure.state.actors[actor];
  const Actor& definition = seizure.world.actors[actor];
  const bool is_there = definition.kind == Actor::Kind::command || definition.can_reach_capital;
  return is_there && !seizure.state.moved_first(actor) && !unit.at_front && unit.status != Status::out &&
         unit.resolve < 0;
}

}  // namespace

double climb_down_rate(const Seizure& seizure) {
  const SeizureState& state = seizure.state;
  const SeizureTheta& theta = seizure.theta;
  if (state.climbed_down) return 0.0;
  const double pressure =
      hostile_crowd(seizure, seizure.world.capital, Stance::join) + share_against(state) + refusal(state);
  const double no_hope = 1.0 / (1.0 + std::exp(public_index_without_stall(seizure)));
  return theta.climb_down_rate * std::max(0.0, std::expm1(theta.climb_down_slope * pressure)) * no_hope;
}

void plot_climbs_down(Seizure& seizure) {
  seizure.state.climbed_down = true;
  tell(seizure, EventKind::climb_down);
}

void note_waverers(Seizure& seizure) {
  SeizureState& state = seizure.state;
  double wavering = 0.0;
  double total = 0.0;
  for (std::size_t actor = 0; actor < state.actors.size(); ++actor) {
    if (state.actors[actor].status == Status::out) continue;
    const double soldiers = state.actors[actor].strength + state.actors[actor].detached;
    total += soldiers;
    if (wavers(seizure, actor)) wavering += soldiers;
  }
  state.wavering = total > 0 ? wavering / total : 0.0;
}

double counter_move_rate(const Seizure& seizure) {
  const SeizureState& state = seizure.state;
  const SeizureTheta& theta = seizure.theta;
  if (!state.taken || state.counter_moved || !(state.wavering > 0)) return 0.0;
  const double pressure = hostile_crowd(seizure, seizure.world.capital, Stance::join) + refusal(state);
  return theta.counter_rate * state.wavering * std::exp(theta.counter_slope * pressure);
}

void officers_rise(Seizure& seizure) {
  SeizureState& state = seizure.state;
  state.counter_moved = true;
  std::int32_t first = none;
  for (const std::int32_t actor : state.precedence.order) {
    const auto index = static_cast<std::size_t>(actor);
    if (!wavers(seizure, index) || state.actors[index].status == Status::fighting) continue;
    if (first == none || state.actors[index].resolve < state.actors[static_cast<std::size_t>(first)].resolve)
      first = actor;
  }
  if (first == none) return;  // who would have risen has been beaten or is in a fight
  state.doubt += std::max(0.0, public_index_without_stall(seizure));
  state.index_changed = true;
  for (const std::int32_t actor : state.precedence.order) place_thresholds(seizure, actor);
  announce(seizure);
  tell(seizure, EventKind::counter_move, first);
  if (state.actors[static_cast<std::size_t>(first)].stance != Stance::resist)
    take_stance(seizure, first, Stance::resist);
  dispatch_idle(seizure);  // now those from afar march too
}

}  // namespace interregnum
