#include "model/consolidation.hpp"

#include <algorithm>

#include "base/identifiers.hpp"
#include "model/country.hpp"
#include "model/seizure/confrontation.hpp"

namespace interregnum {

namespace {

constexpr std::uint64_t junta_hash = hash_identifier("junta");
// Crowds below a tenth of a per cent of the capital frighten no junta.
constexpr double smallest_crowd = 0.001;
constexpr double one_per_cent = 0.01;

/// Cohesion that an attempt leaves: the share of the army that was with the winner all along, and of the others in
/// part. Nearly everybody is with the winner in the end; what splits an army is who stood against whom on the way.
double cohesion_after(const Country& country, Stance winner) {
  const ConsolidationTheta& theta = country.theta.consolidation;
  const SeizureState& seizure = country.state.seizure;
  double total = 0.0;
  double sum = 0.0;
  for (const ActorState& actor : seizure.actors) {
    const bool is_out = actor.status == Status::out;
    const bool with = !is_out && actor.stance == winner;
    const bool against = winner == Stance::join ? actor.ever_resisted : actor.stance == Stance::join || actor.plots;
    total += actor.weight;
    if (with)
      sum += actor.weight * (against ? theta.turned_cohesion : 1.0);
    else if (!is_out && actor.stance == Stance::hold)
      sum += actor.weight * theta.undeclared_cohesion;
  }
  return total > 0 ? sum / total : cohesion_of_a_sound_army;
}

/// Log-hazard added to regular exits while the ruler is new.
double not_yet_settled(const Country& country) {
  const ConsolidationTheta& theta = country.theta.consolidation;
  const double months = (country.hour - country.state.rulers.now.since) / hours_per_month;
  return theta.settling * std::exp2(-months / theta.settling_months);
}

std::size_t capital(const Country& country) { return static_cast<std::size_t>(country.world.capital); }

void step_cohesion(Country& country) {
  const ConsolidationTheta& theta = country.theta.consolidation;
  CountryState& state = country.state.country;
  Rulers& rulers = country.state.rulers;
  state.cohesion +=
      (cohesion_of_a_sound_army - state.cohesion) * (1.0 - state.disarray_kept(-theta.recovery * country.years()));
  if (rulers.now.kind != RulerKind::junta || rulers.are_contested()) return;
  // Nobody purges an army that stands behind him.
  const double torn = std::max(0.0, 1.0 - state.cohesion / cohesion_of_a_sound_army);
  if (!rulers.now.purge.rings(country.draws, DrawPurpose::purge, junta_hash + rulers.now.era,
                              theta.purge_rate * torn * country.years()))
    return;
  state.cohesion = std::clamp(state.cohesion * (1.0 - theta.purge_loss), 0.0, 1.0);
  tell(country, EventKind::army_purged);
}

void step_leader(Country& country) {
  const ConsolidationTheta& theta = country.theta.consolidation;
  Rulers& rulers = country.state.rulers;
  Reign& reign = rulers.now;
  if (!reign.leader_is_followed) return;
  if (reign.leader_death.rings(country.draws, DrawPurpose::leader_death, junta_hash,
                               theta.leader_death * country.years())) {
    replace_leader(country, LeaderExit::death);
    return;
  }
  if (rulers.are_contested()) return;
  const double new_head = std::exp(not_yet_settled(country));
  // A civilian whom the junta put at the head is its stand-in, unless he has been elected since.
  if (!reign.military_head && !reign.elected) {
    if (reign.stand_in.rings(country.draws, DrawPurpose::stand_in, junta_hash,
                             theta.stand_in * new_head * country.years()))
      replace_leader(country, LeaderExit::stand_in_replaced);
    return;
  }
  const double cohesion =
      std::exp(theta.succession_cohesion * (country.state.country.cohesion - cohesion_of_a_sound_army));
  if (reign.succession.rings(country.draws, DrawPurpose::succession, junta_hash,
                             theta.leader_succession * cohesion * new_head * country.years()))
    replace_leader(country, LeaderExit::succession);
}

/// Elections as they were due, under a ruler who came by no coup: the government stays or goes with its support. Where
/// the ruler of the file does not stand, somebody of his side does.
void hold_ordinary_election(Country& country, std::int32_t index) {
  const WorldElection& election = country.world.elections[static_cast<std::size_t>(index)];
  const double u = country.draws.uniform(DrawPurpose::old_election, hash_identifier("ordinary"), election.hash);
  const double chance = logistic(country.theta.consolidation.win_support * leaning_of_country(country));
  const bool changes = election.presidential && u >= chance;
  const bool stands = election.incumbent_stands || country.state.rulers.now.era != 0;
  tell(country, EventKind::election_held, index, none, changes ? 1.0 : 0.0);
  if (changes)
    change_ruler(country, RulerChange::election);
  else if (election.presidential && !stands)
    change_ruler(country, RulerChange::succession);
}

double uprising_hazard(const Country& country, Reasons& reasons) {
  const ConsolidationTheta& theta = country.theta.consolidation;
  const double share = country.state.people.places[capital(country)].share_against();
  if (share < smallest_crowd) return 0.0;
  double sum = theta.uprising;
  sum += reasons.add(Term::crowds_against, theta.uprising_crowds * std::log(share / one_per_cent));
  sum += reasons.add(Term::will_to_shoot, Term::refusal_to_shoot, -theta.uprising_shoot, will_to_shoot(country) - 0.5);
  return std::exp(sum);
}

double handover_hazard(const Country& country, Reasons& reasons) {
  const ConsolidationTheta& theta = country.theta.consolidation;
  const CountryState& state = country.state.country;
  const BlocsState& blocs = country.state.blocs;
  double sum = theta.handover;
  sum += reasons.add(Term::new_to_power, not_yet_settled(country));
  sum += reasons.add(Term::sanctions, theta.handover_sanctions * state.sanctions);
  sum += reasons.add(Term::envoys, theta.handover_envoys * country.state.patrons.envoys);
  sum += reasons.add(Term::support, Term::discontent, theta.handover_support, leaning_of_country(country));
  sum += reasons.add(Term::blocs_against, theta.handover_blocs * blocs.opposing);
  sum += reasons.add(Term::blocs_for, -theta.handover_blocs * blocs.endorsing);
  sum +=
      reasons.add(Term::cohesion, Term::disunity, theta.handover_cohesion, state.cohesion - cohesion_of_a_sound_army);
  sum += reasons.add(Term::crowds_against, theta.handover_crowds * crowd_against(country, capital(country)));
  return std::exp(sum);
}

double ouster_hazard(const Country& country, Reasons& reasons) {
  const ConsolidationTheta& theta = country.theta.consolidation;
  const double force = country.theta.insurgency.foreign_weight * country.state.patrons.hostile_force;
  if (!(force > 0)) return 0.0;
  reasons.add(Term::foreign_force, 1.0);
  return theta.ouster * contest_probability(force, army_defence_of(country, capital(country)),
                                            theta.ouster_decisiveness, country.theta.insurgency.defender_advantage);
}

/// Elections of a junta are due at `due`: put off, won by whoever it controls, or lost.
void hold_elections(Country& country, double& due, Removal& removal) {
  const ConsolidationTheta& theta = country.theta.consolidation;
  Reign& reign = country.state.rulers.now;
  const UniformBlock u = country.draws.block(DrawPurpose::election, junta_hash + reign.era, reign.election_count++);
  const double support = leaning_of_country(country);
  Reasons reasons;
  const double pressure = reasons.add(Term::sanctions, theta.postpone_pressure * country.state.country.sanctions);
  const double wish = reasons.add(Term::support, Term::discontent, theta.postpone_support, support);
  if (u[0] < logistic(theta.postpone + pressure + wish)) {
    due += theta.postponed_months * hours_per_month;
    tell(country, EventKind::election_postponed, none, none, 0.0, reasons);
    return;
  }
  due = no_date;
  const double chance = logistic(theta.win + theta.win_support * support);
  Reasons for_winning, for_losing;
  for_winning.add(Term::support, Term::discontent, theta.win_support, support);
  for_losing.add(Term::support, Term::discontent, -theta.win_support, support);
  if (u[1] < chance) {
    tell(country, EventKind::election_won, none, none, 0.0, for_winning);
    change_ruler(country, RulerChange::victory);
    return;
  }
  tell(country, EventKind::election_lost, none, none, 0.0, for_losing);
  removal.happens = true;
  removal.how = Outcome::handover;
  removal.handover = HandoverKind::election;
  removal.reasons = for_losing;
}

/// Elections that were due before the coup. Put off, they get a date of their own beside the junta's; what else was due
/// until then is held with them.
void pass_old_elections(Country& country, Removal& removal) {
  const World& world = country.world;
  CountryState& state = country.state.country;
  while (state.next_election < world.elections.size() && world.elections[state.next_election].hour <= country.hour) {
    const auto index = static_cast<std::int32_t>(state.next_election++);
    Reign& reign = country.state.rulers.now;
    if (reign.kind != RulerKind::junta) {
      if (reign.kind != RulerKind::insurgents) hold_ordinary_election(country, index);
      continue;
    }
    const double u = country.draws.uniform(DrawPurpose::old_election, junta_hash,
                                           world.elections[static_cast<std::size_t>(index)].hash);
    if (u < country.theta.consolidation.election_overtaken) {
      reign.election_was_overtaken = true;
      tell(country, EventKind::election_overtaken, index);
    } else if (!removal.happens && !reign.elected && reign.old_election_due == no_date) {
      reign.old_election_due = world.elections[static_cast<std::size_t>(index)].hour;
      hold_elections(country, reign.old_election_due, removal);
    }
  }
}

/// All elections whose day has come.
void pass_elections(Country& country, Removal& removal) {
  pass_old_elections(country, removal);
  Reign& reign = country.state.rulers.now;
  for (double* due : {&reign.election_due, &reign.old_election_due}) {
    if (reign.kind == RulerKind::junta && !removal.happens && country.hour >= *due)
      hold_elections(country, *due, removal);
  }
}

/// Whether the ruling class of before the coup comes back. A patron that has come with soldiers brings back the class
/// that is tied to it; otherwise it is a matter of following.
bool class_returns(Country& country, Outcome how) {
  const World& world = country.world;
  double old_class = 0.0;
  double others = 0.0;
  bool known = false;
  for (std::size_t bloc = 0; bloc < world.blocs.size(); ++bloc) {
    const double following = country.state.blocs.following[bloc];
    known = known || world.blocs[bloc].ruling_class;
    const std::int32_t patron = world.blocs[bloc].patron;
    if (how == Outcome::intervention && world.blocs[bloc].ruling_class && patron != none &&
        country.state.patrons.patrons[static_cast<std::size_t>(patron)].force_is_there)
      return true;
    if (world.blocs[bloc].ruling_class)
      old_class += following;
    else if (country.input(world.blocs[bloc].stance) < 0)
      others += following;
  }
  if (!known) return false;
  const double balance = std::log((old_class + 0.01) / (others + 0.01));
  return country.draws.uniform(DrawPurpose::restoration, junta_hash, country.state.rulers.now.era) <
         logistic(country.theta.consolidation.restoration + balance);
}

}  // namespace

void start_consolidation(Country& country) { country.state.country = CountryState{}; }

void junta_takes_power(Country& country) {
  change_ruler(country, RulerChange::seizure);
  CountryState& state = country.state.country;
  state.cohesion = cohesion_after(country, Stance::join);
  if (country.state.lessons.prepared[static_cast<std::size_t>(Lesson::towns_lost)])
    state.cohesion = std::clamp(state.cohesion + country.theta.lessons.garrison_gain, 0.0, 1.0);
  country.state.rulers.now.initial_cohesion = state.cohesion;
}

void forget_leader(Country& country) {
  CountryState& state = country.state.country;
  country.state.rulers.now.leader_is_followed = false;
  state.leader_exit = LeaderExit::in_office;
  state.leader_exit_hour = std::numeric_limits<double>::quiet_NaN();
}

void replace_leader(Country& country, LeaderExit exit) {
  CountryState& state = country.state.country;
  Reign& reign = country.state.rulers.now;
  if (reign.leader_is_followed) {
    reign.leader_is_followed = false;
    state.leader_exit = exit;
    state.leader_exit_hour = country.hour;
  }
  const EventKind kind = exit == LeaderExit::death        ? EventKind::leader_dies
                         : exit == LeaderExit::succession ? EventKind::leader_replaced
                                                          : EventKind::stand_in_replaced;
  tell(country, kind);
}

void ruler_survives(Country& country) {
  country.state.country.cohesion = cohesion_after(country, Stance::resist);
  change_ruler(country, RulerChange::survival);
}

Removal step_consolidation(Country& country) {
  CountryState& state = country.state.country;
  Rulers& rulers = country.state.rulers;
  Removal removal;
  step_cohesion(country);
  if (country.state.war.holder[capital(country)] != none && rulers.now.kind != RulerKind::insurgents) {
    removal.happens = true;
    removal.how = Outcome::insurgent_takeover;
    removal.reasons.add(Term::cohesion, Term::disunity, -country.theta.insurgency.garrison_cohesion,
                        state.cohesion - cohesion_of_a_sound_army);
    removal.reasons.add(Term::attackers, 1.0);
    return removal;
  }
  if (!rulers.attempt_is_on) pass_elections(country, removal);  // nobody votes before it is decided who rules
  if (rulers.now.kind != RulerKind::junta || removal.happens) return removal;
  step_leader(country);
  const double years = country.years();
  const auto ring = [&](HazardClock& clock, DrawPurpose purpose, double hazard, Outcome how, const Reasons& reasons) {
    if (!clock.rings(country.draws, purpose, junta_hash + rulers.now.era, hazard * years) || removal.happens) return;
    removal.happens = true;
    removal.how = how;
    removal.reasons = reasons;
    if (how == Outcome::handover) removal.handover = HandoverKind::bargain;
  };
  Reasons crowds, force, bargain;
  Reign& reign = rulers.now;
  ring(reign.ouster, DrawPurpose::ouster, ouster_hazard(country, force), Outcome::intervention, force);
  ring(reign.uprising, DrawPurpose::uprising, uprising_hazard(country, crowds), Outcome::uprising, crowds);
  // Whoever was elected does not bargain his office away, nor does anybody while soldiers fight over it.
  if (!reign.elected && !rulers.are_contested())
    ring(reign.handover, DrawPurpose::handover, handover_hazard(country, bargain), Outcome::handover, bargain);
  return removal;
}

void bring_successor(Country& country, Outcome how) {
  if (how == Outcome::insurgent_takeover) {
    change_ruler(country, RulerChange::to_insurgents);
  } else {
    change_ruler(country, class_returns(country, how) ? RulerChange::to_old_class : RulerChange::to_civilians);
  }
}

}  // namespace interregnum
