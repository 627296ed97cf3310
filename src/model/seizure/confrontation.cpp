#include "model/seizure/confrontation.hpp"

#include <algorithm>
#include <cmath>

#include "base/contract.hpp"
#include "base/distribution.hpp"
#include "base/identifiers.hpp"
#include "model/seizure/beliefs.hpp"
#include "model/seizure/forces.hpp"
#include "model/seizure/ruler.hpp"

namespace interregnum {

namespace {

Stance opposite(Stance side) { return side == Stance::join ? Stance::resist : Stance::join; }

Stance holding_side(const SeizureState& state, std::int32_t site) {
  return state.sites[site].held_by_plot ? Stance::join : Stance::resist;
}

/// Guards who have not declared defend what they guard as long as nobody makes them choose; so all that is not with the
/// plot counts as the ruler's.
bool is_on_side(const SeizureState& state, std::int32_t actor, Stance side) {
  return (state.actors[actor].stance == Stance::join) == (side == Stance::join);
}

bool stands_at(const SeizureState& state, std::size_t actor, std::int32_t site) {
  return state.actors[actor].status == Status::at_site && state.actors[actor].site == site;
}

/// Notes who stands at the site, by precedence; the functions below look at nobody else.
void gather(SeizureState& state, std::int32_t site) {
  state.present.resize(state.actors.size());
  std::size_t found = 0;
  for (const std::int32_t actor : state.precedence.order) {
    state.present[found] = actor;
    found += stands_at(state, static_cast<std::size_t>(actor), site) ? 1 : 0;
  }
  state.present.resize(found);
}

double strength_present(const SeizureState& state, std::int32_t site, Stance side) {
  double sum = 0.0;
  for (const std::int32_t actor : state.present) {
    if (state.actors[actor].status == Status::at_site && is_on_side(state, actor, side))
      sum += state.actors[actor].strength;
  }
  return sum + (holding_side(state, site) == side ? state.sites[site].detachment : 0.0);
}

/// Soldiers of a side as far as crowds against it let them act.
double unobstructed(const Seizure& seizure, std::int32_t site, Stance side, double strength) {
  return strength / (1.0 + seizure.theta.obstruction * hostile_crowd(seizure, seizure.world.sites[site].place, side));
}

/// Chance that an attack at the site wins.
double odds_of_attack(const Seizure& seizure, std::int32_t site, Stance attacker, double attack, double defence) {
  return contest_probability(unobstructed(seizure, site, attacker, attack),
                             unobstructed(seizure, site, opposite(attacker), defence), seizure.theta.decisiveness,
                             seizure.theta.defender_advantage);
}

/// Whether a commander lets his soldiers fire: conviction, belief in his side and the local odds against what it costs
/// him, which is more among crowds against his side.
bool is_willing_to_fight(const Seizure& seizure, std::int32_t site, std::int32_t actor, Stance side, double odds) {
  const double sign = side == Stance::join ? 1.0 : -1.0;
  const double conviction = seizure.state.actors[actor].resolve + belief(seizure, actor);
  return sign * conviction + (2.0 * odds - 1.0) >
         seizure.theta.reluctance +
             seizure.theta.crowd_reluctance * hostile_crowd(seizure, seizure.world.sites[site].place, side);
}

/// The strongest unit of a side that is present, who decides for all of it; ties go by precedence.
std::int32_t leading_unit(const SeizureState& state, Stance side) {
  std::int32_t leading = none;
  for (const std::int32_t actor : state.present) {
    if (state.actors[actor].status != Status::at_site || state.actors[actor].stance == Stance::hold ||
        !is_on_side(state, actor, side))
      continue;
    if (leading == none || state.actors[actor].strength > state.actors[leading].strength) leading = actor;
  }
  return leading;
}

/// Who decides for a side at the site: its leading unit, or else the one that has left soldiers there.
std::int32_t deciding_unit(const SeizureState& state, std::int32_t site, Stance side) {
  const std::int32_t leading = leading_unit(state, side);
  return leading == none && holding_side(state, site) == side ? state.sites[site].detached_from : leading;
}

void arrest_commanders(Seizure& seizure, std::int32_t site) {
  SeizureState& state = seizure.state;
  const World& world = seizure.world;
  for (std::size_t index = 0; index < state.actors.size(); ++index) {
    const auto actor = static_cast<std::int32_t>(index);
    if (world.actors[index].kind != Actor::Kind::command || world.actors[index].site != site) continue;
    if (state.actors[index].stance == Stance::join || state.actors[index].status == Status::out) continue;
    tell(seizure, EventKind::senior_officers_arrested, actor, site, world.sites[site].place);
    take_out(seizure, actor);
    for (std::int32_t next = world.first_subordinate[index]; next < world.first_subordinate[index + 1]; ++next) {
      const std::int32_t subordinate = world.subordinates[next];
      if (!plays(state, subordinate)) break;
      if (!state.actors[subordinate].mutinied) set_chain_shift(seizure, subordinate, 0.0);
    }
  }
}

void change_hands(Seizure& seizure, std::int32_t site, Stance side) {
  SeizureState& state = seizure.state;
  const bool to_plot = side == Stance::join;
  lose_detachment(seizure, site);
  state.sites[site].held_by_plot = to_plot;
  state.timers.clear(state.site_slot(site));
  tell(seizure, to_plot ? EventKind::site_taken : EventKind::site_retaken, none, site, seizure.world.sites[site].place);
  set_site_signal(seizure, site, to_plot ? 1.0 : -1.0);
  announce(seizure);
  if (to_plot) {
    note_gain(seizure);
    arrest_commanders(seizure, site);
    ruler_site_falls(seizure, site);
  } else {
    ruler_site_retaken(seizure, site);
  }
  const bool was_stalling = state.stalling;
  state.stalling = !holds_all_objectives(seizure);
  if (!state.stalling) state.stall = 0.0;
  if (state.stalling && !was_stalling) note_gain(seizure);  // patience starts when something is lost again
  dispatch_idle(seizure);
}

/// Those whom a unit had left at the site lay down their arms.
void give_up_detachment(Seizure& seizure, std::int32_t site, Stance side) {
  const SiteState& left = seizure.state.sites[site];
  if (left.detached_from == none) return;
  tell(seizure, side == Stance::join ? EventKind::plotters_surrender : EventKind::guards_submit, left.detached_from,
       site, seizure.world.sites[site].place, left.detachment);
  lose_detachment(seizure, site);
}

/// Each unit of the holding side submits or means to fight; those who submit go over or are disarmed. True if anybody
/// means to fight.
bool holders_mean_to_fight(Seizure& seizure, std::int32_t site, Stance holders) {
  SeizureState& state = seizure.state;
  const double attack = strength_present(state, site, opposite(holders));
  const double defence = strength_present(state, site, holders);
  const double odds = 1.0 - odds_of_attack(seizure, site, opposite(holders), attack, defence);
  bool any = false;
  if (state.sites[site].detachment > 0 &&
      !is_willing_to_fight(seizure, site, state.sites[site].detached_from, holders, odds))
    give_up_detachment(seizure, site, holders);
  for (const std::int32_t actor : state.present) {
    if (!is_on_side(state, actor, holders)) continue;
    if (is_willing_to_fight(seizure, site, actor, holders, odds)) {
      any = true;
    } else if (holders == Stance::join) {
      tell(seizure, EventKind::plotters_surrender, actor, site, state.actors[actor].place,
           state.actors[actor].strength);
      take_out(seizure, actor);
    } else if (state.actors[actor].wish == Stance::join) {
      take_stance(seizure, actor, Stance::join, Turn::at_gunpoint);
    } else {
      tell(seizure, EventKind::guards_submit, actor, site, state.actors[actor].place, state.actors[actor].strength);
      take_out(seizure, actor);
    }
  }
  // Soldiers whom a unit had left here are still there, unless it came back to them and has just given up with them.
  return any || state.sites[site].detachment > 0;
}

/// One side gives way without a shot: those of it who stand at the site take no further part.
void give_way(Seizure& seizure, std::int32_t site, Stance side) {
  SeizureState& state = seizure.state;
  if (side == holding_side(state, site)) give_up_detachment(seizure, site, side);
  for (const std::int32_t actor : state.present) {
    if (!is_on_side(state, actor, side)) continue;
    tell(seizure, side == Stance::join ? EventKind::plotters_surrender : EventKind::guards_submit, actor, site,
         state.actors[actor].place, state.actors[actor].strength);
    take_out(seizure, actor);
  }
}

/// A stand-off is a war of attrition: when it ends, the plot prevails as often as both sides think that it will.
void end_standoff(Seizure& seizure, std::int32_t site) {
  SeizureState& state = seizure.state;
  const Stance holders = holding_side(state, site);
  gather(state, site);
  const std::int32_t plotter = deciding_unit(state, site, Stance::join);
  const std::int32_t loyalist = deciding_unit(state, site, Stance::resist);
  const double believed =
      loyalist == none ? belief(seizure, plotter) : 0.5 * (belief(seizure, plotter) + belief(seizure, loyalist));
  const double u = seizure.draws.block(DrawPurpose::standoff, seizure.world.sites[site].hash,
                                       state.sites[site].standoff_count - 1)[1];
  const Stance winner = u < 0.5 * (1.0 + believed) ? Stance::join : Stance::resist;
  state.timers.clear(state.site_slot(site));
  give_way(seizure, site, opposite(winner));
  if (winner != holders) {
    change_hands(seizure, site, winner);
  } else {
    dispatch_idle(seizure);
  }
}

void begin_fight(Seizure& seizure, std::int32_t site, Stance attacker) {
  SeizureState& state = seizure.state;
  state.sites[site].fighting = true;
  // Undeclared guards who are fired upon have chosen.
  for (const std::int32_t actor : state.present) {
    if (state.actors[actor].status == Status::at_site && state.actors[actor].stance == Stance::hold)
      take_stance(seizure, actor, Stance::resist);
  }
  const std::int32_t attacking = deciding_unit(state, site, attacker);
  const std::int32_t defending = deciding_unit(state, site, opposite(attacker));
  expects(attacking != none && defending != none, "a fight has two sides", site);
  state.sites[site].fight_attacker = attacker;
  state.sites[site].fight_attack = strength_present(state, site, attacker);
  state.sites[site].fight_defence = strength_present(state, site, opposite(attacker));
  state.sites[site].fight_pair =
      hash_pair(hash_pair(seizure.world.actors[attacking].hash, seizure.world.actors[defending].hash),
                seizure.world.sites[site].hash);
  for (const std::int32_t actor : state.present) {
    state.actors[actor].status = Status::fighting;
    unsettle(seizure, actor);
  }
  const UniformBlock u =
      seizure.draws.block(DrawPurpose::fight, state.sites[site].fight_pair, state.sites[site].fight_count);
  state.timers.set(state.site_slot(site), state.now - seizure.theta.fight_hours * std::log(u[1]));
  announce(seizure);
  tell(seizure, EventKind::fighting_begins, attacking, site, seizure.world.sites[site].place,
       state.sites[site].fight_attack);
}

void beat(Seizure& seizure, std::int32_t actor) {
  SeizureState& state = seizure.state;
  const UniformBlock u =
      seizure.draws.block(DrawPurpose::rout, seizure.world.actors[actor].hash, state.actors[actor].rout_count++);
  state.actors[actor].status = Status::garrison;
  state.actors[actor].site = none;
  if (u[0] < seizure.theta.withdraw_share) {
    ActorState& unit = state.actors[actor];
    const double lost = seizure.theta.withdraw_losses * unit.strength;
    count_stance(seizure, actor, -1);
    unit.weight *= 1.0 - lost / (unit.strength + unit.detached);
    unit.strength -= lost;
    count_stance(seizure, actor, 1);
    regroup(seizure, actor, u[1]);
    return;
  }
  take_out(seizure, actor);
}

void end_fight(Seizure& seizure, std::int32_t site) {
  SeizureState& state = seizure.state;
  const SeizureTheta& theta = seizure.theta;
  const UniformBlock u =
      seizure.draws.block(DrawPurpose::fight, state.sites[site].fight_pair, state.sites[site].fight_count++);
  const double attack = state.sites[site].fight_attack;
  const double defence = state.sites[site].fight_defence;
  const Stance attacker = state.sites[site].fight_attacker;
  const bool attack_wins = u[0] < odds_of_attack(seizure, site, attacker, attack, defence);
  const Stance winner = attack_wins ? attacker : opposite(attacker);
  state.sites[site].fighting = false;
  const double deaths = draw_deaths(theta, std::min(attack, defence), u[2]);
  state.deaths += deaths;
  if (deaths > 0) tell(seizure, EventKind::deaths, none, site, seizure.world.sites[site].place, deaths);
  tell(seizure, winner == Stance::join ? EventKind::plot_wins_fight : EventKind::loyalists_win_fight, none, site,
       seizure.world.sites[site].place);
  announce(seizure);
  for (std::size_t index = 0; index < state.actors.size(); ++index) {
    if (state.actors[index].status != Status::fighting || state.actors[index].site != site) continue;
    unsettle(seizure, static_cast<std::int32_t>(index));
    if (is_on_side(state, static_cast<std::int32_t>(index), winner)) {
      state.actors[index].status = Status::at_site;
    } else {
      beat(seizure, static_cast<std::int32_t>(index));
    }
  }
  if (winner != holding_side(state, site)) {
    change_hands(seizure, site, winner);
  } else {
    if (winner == Stance::resist) set_site_signal(seizure, site, -1.0);
    dispatch_idle(seizure);
  }
  confront(seizure, site);  // others may have come up meanwhile
}

/// std::pow, but for the exponent that is nearly always asked for.
double power(double base, double exponent) {
  return exponent == 1.5 ? base * std::sqrt(base) : std::pow(base, exponent);
}

}  // namespace

double contest_weight(double force, double decisiveness) {
  expects(force >= 0, "strengths are not negative", force);
  return force > 0 ? power(force, decisiveness) : 0.0;
}

double chance_of(double attack_weight, double defence_weight) {
  if (!(defence_weight > 0)) return 1.0;
  return attack_weight / (attack_weight + defence_weight);
}

double contest_probability(double attack, double defence, double decisiveness, double defender_advantage) {
  return chance_of(contest_weight(attack, decisiveness), contest_weight(defender_advantage * defence, decisiveness));
}

double draw_deaths(const SeizureTheta& theta, double smaller_side, double uniform) {
  const double size = theta.deaths_size * std::log(std::max(smaller_side, 1.0) / 100.0);
  const double deaths = std::exp(std::log(theta.deaths_median) + size + theta.deaths_spread * normal_quantile(uniform));
  // A fight cannot kill more than took part on the smaller side and as many again.
  return std::floor(std::min(deaths, 2.0 * smaller_side));
}

bool is_under_attack(const Seizure& seizure, std::int32_t site) {
  return seizure.state.sites[site].fighting || seizure.state.timers.is_set(seizure.state.site_slot(site));
}

Confrontation confront(Seizure& seizure, std::int32_t site) {
  SeizureState& state = seizure.state;
  if (state.sites[site].fighting) return Confrontation::fight;
  const Stance holders = holding_side(state, site);
  const Stance challengers = opposite(holders);
  gather(state, site);
  const std::int32_t challenger = leading_unit(state, challengers);
  if (challenger == none) {
    state.timers.clear(state.site_slot(site));
    return Confrontation::over;
  }
  if (!holders_mean_to_fight(seizure, site, holders)) {
    change_hands(seizure, site, challengers);
    return Confrontation::over;
  }
  const double attack = strength_present(state, site, challengers);
  const double defence = strength_present(state, site, holders);
  const SeizureTheta& theta = seizure.theta;
  const double odds = odds_of_attack(seizure, site, challengers, attack, defence);
  if (is_willing_to_fight(seizure, site, challenger, challengers, odds)) {
    begin_fight(seizure, site, challengers);
    return Confrontation::fight;
  }
  // Those inside may drive off those outside.
  const std::int32_t holder = deciding_unit(state, site, holders);
  const double sortie = odds_of_attack(seizure, site, holders, defence, attack);
  if (holder != none && is_willing_to_fight(seizure, site, holder, holders, sortie)) {
    begin_fight(seizure, site, holders);
    return Confrontation::fight;
  }
  if (state.timers.is_set(state.site_slot(site))) return Confrontation::standoff;
  const double u =
      seizure.draws.uniform(DrawPurpose::standoff, seizure.world.sites[site].hash, state.sites[site].standoff_count++);
  state.timers.set(state.site_slot(site), state.now - theta.standoff_hours * std::log(u));
  if (holders == Stance::resist) set_site_signal(seizure, site, -1.0);
  announce(seizure);
  tell(seizure, EventKind::standoff, challenger, site, seizure.world.sites[site].place, attack);
  dispatch_idle(seizure);
  return Confrontation::standoff;
}

void ring_site(Seizure& seizure, std::int32_t site) {
  if (seizure.state.sites[site].fighting) {
    end_fight(seizure, site);
  } else if (confront(seizure, site) == Confrontation::standoff) {
    end_standoff(seizure, site);
  }
}

}  // namespace interregnum
