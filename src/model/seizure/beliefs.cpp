#include "model/seizure/beliefs.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace interregnum {

namespace {

constexpr double infinite = Schedule::never;

/// Solves q + h |q| = c for q.
double solve_kinked(double c, double hold_value) { return c >= 0 ? c / (1.0 + hold_value) : c / (1.0 - hold_value); }

/// The logit of pi at which 2 pi - 1 = q.
double logit_at(double q) {
  if (q >= 1.0) return infinite;
  if (q <= -1.0) return -infinite;
  return std::log((1.0 + q) / (1.0 - q));
}

double leader_signal(const SeizureState& state) {
  // A captured or resigned ruler no longer speaks for himself.
  if (state.captured || state.resigned) return 1.0;
  return (state.fled ? 0.5 : 0.0) - (state.on_air ? 0.5 : 0.0);
}

/// How much a site tells, against the broadcaster.
double site_weight(const SeizureTheta& theta, SiteKind kind) {
  switch (kind) {
    case SiteKind::presidency:
      return theta.presidency_weight;
    case SiteKind::broadcaster:
      return 1.0;
    case SiteKind::headquarters:
      return theta.headquarters_weight;
    case SiteKind::airport:
      return theta.airport_weight;
    case SiteKind::armoury:
      return theta.armoury_weight;
    case SiteKind::parliament:
      return theta.parliament_weight;
    case SiteKind::residence:
      return theta.residence_weight;
  }
  return 0.0;
}

double revision_rate_at(const Seizure& seizure, double hour) {
  const double boost = hour < seizure.state.signal_until ? seizure.theta.signal_boost : 0.0;
  return seizure.theta.revision_rate * (1.0 + boost);
}

double stall_at(const Seizure& seizure, double hour) {
  const SeizureState& state = seizure.state;
  if (!state.stalling) return 0.0;
  return seizure.theta.stall * std::min(hour - state.last_gain, seizure.theta.stall_cap);
}

double compute_index(const Seizure& seizure) {
  const SeizureState& state = seizure.state;
  const SeizureTheta& theta = seizure.theta;
  const double total = state.weight_for + state.weight_against + state.weight_undeclared;
  const double momentum =
      total > 0 ? (state.weight_for - state.weight_against - theta.undeclared_loyalty * state.weight_undeclared) / total
                : 0.0;
  return theta.baseline + state.plan.outlook + theta.site * state.site_term + theta.leader * leader_signal(state) +
         theta.momentum * momentum + theta.street * state.street_term + theta.patron * state.patron_term - state.doubt;
}

/// Starts the clock of a unit that wants to change its stance, stops that of one that does not.
void set_clock(Seizure& seizure, std::int32_t actor) {
  SeizureState& state = seizure.state;
  const auto slot = static_cast<std::uint32_t>(actor);
  const bool may_act = state.actors[actor].status != Status::out && state.actors[actor].status != Status::fighting;
  const bool wants_change = may_act && state.actors[actor].wish != state.actors[actor].stance;
  if (wants_change == state.revisions.is_set(slot)) return;
  if (!wants_change) {
    state.actors[actor].clock_left = std::max(0.0, state.revisions.due(slot) - state.operational);
    state.revisions.clear(slot);
    return;
  }
  if (state.actors[actor].clock_left < 0) {  // the first was drawn with the convictions
    state.actors[actor].clock_left = seizure.draws.exponential(
        DrawPurpose::unit_clock, seizure.world.actors[actor].hash, state.actors[actor].clock_count++);
  }
  state.revisions.set(slot, state.operational + state.actors[actor].clock_left);
}

/// The band of the index in which no unit changes its wish.
struct QuietBand {
  double below;
  double above;

  /// A threshold bounds the band on the side on which it lies. Written with masks: which side it is cannot be
  /// predicted, and a mispredicted branch costs more than all the rest.
  void narrow(double threshold, double index) {
    const std::uint64_t is_below = -static_cast<std::uint64_t>(threshold < index);
    const auto bits = std::bit_cast<std::uint64_t>(threshold);
    constexpr auto lowest = std::bit_cast<std::uint64_t>(-infinite);
    constexpr auto highest = std::bit_cast<std::uint64_t>(infinite);
    below = std::max(below, std::bit_cast<double>((bits & is_below) | (lowest & ~is_below)));
    above = std::min(above, std::bit_cast<double>((bits & ~is_below) | (highest & is_below)));
  }
};

Stance wish_at(const ActorState& actor, double index) {
  return static_cast<Stance>(static_cast<int>(index > actor.join_at) - static_cast<int>(index < actor.resist_at));
}

}  // namespace

ShockDifferences shock_differences(double u_join, double u_resist) {
  const double a = (1.0 - u_join) / u_join;
  const double b = (1.0 + a) * (1.0 / std::sqrt(u_resist) - 1.0);
  return {-std::log(a), -std::log(b)};
}

ActionThresholds action_thresholds(double leaning, double hold_value, double precision, ShockDifferences shocks) {
  const double resolve = leaning + (shocks.join - shocks.resist) / (2.0 * precision);
  const double join_over_hold = solve_kinked(hold_value - leaning - shocks.join / precision, hold_value);
  const double hold_over_resist = -solve_kinked(hold_value + leaning - shocks.resist / precision, hold_value);
  return {logit_at(std::max(-resolve, join_over_hold)), logit_at(std::min(-resolve, hold_over_resist)), resolve};
}

void draw_convictions(Seizure& seizure, std::int32_t actor, double leaning) {
  SeizureState& state = seizure.state;
  const SeizureTheta& theta = seizure.theta;
  const UniformBlock u = seizure.draws.block(DrawPurpose::unit_shocks, seizure.world.actors[actor].hash);
  const ActionThresholds thresholds =
      action_thresholds(leaning, theta.hold_value, theta.choice_precision, shock_differences(u[1], u[2]));
  state.actors[actor].private_signal = theta.private_signal * normal_quantile(u[0]);
  state.actors[actor].join_level = thresholds.join_above;
  state.actors[actor].resist_level = thresholds.resist_below;
  state.actors[actor].resolve = thresholds.resolve;
  state.actors[actor].clock_left = -std::log(u[3]);
}

double public_index_without_stall(const Seizure& seizure) {
  return seizure.state.index_changed ? compute_index(seizure) : seizure.state.index;
}

double public_index(const Seizure& seizure) { return public_index_without_stall(seizure) - seizure.state.stall; }

double belief(const Seizure& seizure, std::int32_t actor) {
  const SeizureState& state = seizure.state;
  return std::tanh(0.5 *
                   (public_index(seizure) + state.actors[actor].chain_shift + state.actors[actor].private_signal));
}

double mean_belief(const Seizure& seizure) {
  const SeizureState& state = seizure.state;
  double sum = 0.0;
  double weights = 0.0;
  for (std::size_t actor = 0; actor < state.actors.size(); ++actor) {
    if (state.actors[actor].plots || state.actors[actor].status == Status::out) continue;
    sum += state.actors[actor].strength * 0.5 * (1.0 + belief(seizure, static_cast<std::int32_t>(actor)));
    weights += state.actors[actor].strength;
  }
  return weights > 0 ? sum / weights : 0.5 * (1.0 + std::tanh(0.5 * public_index(seizure)));
}

void refresh_wishes(Seizure& seizure) {
  SeizureState& state = seizure.state;
  if (state.index_changed) {
    state.index = compute_index(seizure);
    state.index_changed = false;
  }
  const double index = public_index(seizure);
  QuietBand band{state.quiet_below, state.quiet_above};
  if (index > band.below && index < band.above) {
    for (const std::int32_t position : state.unsettled) {
      ActorState& actor = state.actors[position];
      band.narrow(actor.join_at, index);
      band.narrow(actor.resist_at, index);
      actor.wish = wish_at(actor, index);
    }
  } else {
    band = {-infinite, infinite};
    for (std::size_t position = 0; position < state.actors.size(); ++position) {
      ActorState& actor = state.actors[position];
      band.narrow(actor.join_at, index);
      band.narrow(actor.resist_at, index);
      const Stance wish = wish_at(actor, index);
      if (wish == actor.wish) continue;
      actor.wish = wish;
      unsettle(seizure, static_cast<std::int32_t>(position));
    }
  }
  state.quiet_below = band.below;
  state.quiet_above = band.above;
  for (const std::int32_t actor : state.unsettled) {
    set_clock(seizure, actor);
    state.actors[actor].is_unsettled = false;
  }
  state.unsettled.clear();
}

void unsettle(Seizure& seizure, std::int32_t actor) {
  if (seizure.state.actors[actor].is_unsettled) return;
  seizure.state.actors[actor].is_unsettled = true;
  seizure.state.unsettled.push_back(actor);
}

void set_chain_shift(Seizure& seizure, std::int32_t actor, double superior_stance) {
  seizure.state.actors[actor].chain_shift = seizure.theta.chain_of_command * superior_stance;
  place_thresholds(seizure, actor);
}

void place_thresholds(Seizure& seizure, std::int32_t actor) {
  SeizureState& state = seizure.state;
  if (state.actors[actor].status == Status::out) {  // wishes nothing any more, whatever its superior does
    state.actors[actor].join_at = infinite;
    state.actors[actor].resist_at = -infinite;
    return;
  }
  // Once others have risen, those who only went along with the plot are free of their word.
  const bool is_free = state.counter_moved && !state.moved_first(static_cast<std::size_t>(actor)) &&
                       state.actors[actor].resolve < 0 && state.actors[actor].stance == Stance::join;
  const double bound = is_free ? 0.0 : seizure.theta.declaration * static_cast<double>(state.actors[actor].stance);
  const double own = state.actors[actor].chain_shift + state.actors[actor].private_signal + bound;
  state.actors[actor].join_at = state.actors[actor].join_level - own;
  state.actors[actor].resist_at = state.actors[actor].resist_level - own;
  unsettle(seizure, actor);
}

bool can_contest(const Seizure& seizure, std::int32_t actor) {
  const ActorState& unit = seizure.state.actors[actor];
  return seizure.world.actors[actor].can_reach_capital && !unit.at_front && !unit.is_far;
}

void count_stance(Seizure& seizure, std::int32_t actor, int sign) {
  SeizureState& state = seizure.state;
  state.index_changed = true;
  const double weight = sign * state.actors[actor].weight;
  const bool is_force = state.actors[actor].strength > 0;
  switch (state.actors[actor].stance) {
    case Stance::join:
      state.weight_for += weight;
      if (is_force && state.actors[actor].can_carry_plot) state.active_for += sign;
      break;
    case Stance::resist:
      state.weight_against += weight;
      if (is_force && can_contest(seizure, actor)) state.active_against += sign;
      break;
    case Stance::hold:
      state.weight_undeclared += weight;
      break;
  }
}

void set_site_signal(Seizure& seizure, std::int32_t site, double signal) {
  SeizureState& state = seizure.state;
  state.site_term += site_weight(seizure.theta, seizure.world.sites[site].kind) * (signal - state.sites[site].signal);
  state.sites[site].signal = signal;
  state.index_changed = true;
}

void announce(Seizure& seizure) { seizure.state.signal_until = seizure.state.now + seizure.theta.signal_hours; }

void note_gain(Seizure& seizure) {
  seizure.state.last_gain = seizure.state.now;
  seizure.state.stall = 0.0;
}

void advance_to(Seizure& seizure, double hour) {
  SeizureState& state = seizure.state;
  const double boosted_until = std::clamp(state.signal_until, state.now, hour);
  state.operational += (boosted_until - state.now) * revision_rate_at(seizure, state.now) +
                       (hour - boosted_until) * seizure.theta.revision_rate;
  state.now = hour;
  state.stall = std::max(state.stall, stall_at(seizure, hour));
}

double hour_of_operational(const Seizure& seizure, double operational) {
  const SeizureState& state = seizure.state;
  if (operational == infinite) return infinite;
  const double left = std::max(0.0, operational - state.operational);
  const double fast = revision_rate_at(seizure, state.now);
  const double boosted_hours = std::max(0.0, state.signal_until - state.now);
  if (left <= boosted_hours * fast) return state.now + left / fast;
  return state.now + boosted_hours + (left - boosted_hours * fast) / seizure.theta.revision_rate;
}

double next_stall_crossing(const Seizure& seizure) {
  const SeizureState& state = seizure.state;
  if (!state.stalling || seizure.theta.stall <= 0 || state.quiet_below == -infinite) return infinite;
  const double stall_needed = public_index_without_stall(seizure) - state.quiet_below;
  if (stall_needed >= seizure.theta.stall * seizure.theta.stall_cap) return infinite;
  return std::max(state.now, state.last_gain + stall_needed / seizure.theta.stall);
}

void cross_stall_threshold(Seizure& seizure) {
  constexpr double just_past = 1e-9;  // far above rounding, far below anything that matters
  SeizureState& state = seizure.state;
  state.stall = std::max(state.stall, public_index_without_stall(seizure) - state.quiet_below + just_past);
}

}  // namespace interregnum
