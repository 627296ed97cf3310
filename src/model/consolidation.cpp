#include "model/consolidation.hpp"

#include <algorithm>

#include "base/identifiers.hpp"
#include "model/country.hpp"
#include "model/seizure/confrontation.hpp"

namespace interregnum {

namespace {

constexpr std::uint64_t junta_hash = hash_identifier("junta");
constexpr double never = std::numeric_limits<double>::infinity();
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

/// What it adds, on the scale of logarithms, to regular exits that the ruler has come to power only now.
double not_yet_settled(const Country& country) {
  const ConsolidationTheta& theta = country.theta.consolidation;
  const double months = (country.hour - country.state.country.ruler_since) / hours_per_month;
  return theta.settling * std::exp2(-months / theta.settling_months);
}

std::size_t capital(const Country& country) { return static_cast<std::size_t>(country.world.capital); }

void announce_transition(Country& country) {
  const World& world = country.world;
  CountryState& state = country.state.country;
  // A later junta is taken to announce what the first did: the file knows no other.
  state.transition_announced = world.transition_is_known;
  const double soldiers = country.input(world.council_soldiers);
  const double civilians = country.input(world.council_civilians);
  state.civilian_seats = soldiers + civilians > 0 ? civilians / (soldiers + civilians) : 0.0;
  state.military_head = country.input(world.head) < 0.5;
  state.government_dissolved = country.input(world.government) > 0.5;
  state.election_due = world.elections_are_promised ? country.hour + country.input(world.elections_after) : never;
  if (world.transition_is_known || world.elections_are_promised)
    tell(country, EventKind::transition_announced, none, none, state.civilian_seats);
}

void step_cohesion(Country& country) {
  const ConsolidationTheta& theta = country.theta.consolidation;
  CountryState& state = country.state.country;
  state.cohesion += (cohesion_of_a_sound_army - state.cohesion) * (1.0 - std::exp(-theta.recovery * country.years()));
  if (state.ruler != RulerKind::junta) return;
  // Nobody purges an army that stands behind him.
  const double torn = std::max(0.0, 1.0 - state.cohesion / cohesion_of_a_sound_army);
  if (!state.purge.rings(country.draws, DrawPurpose::purge, junta_hash + state.era,
                         theta.purge_rate * torn * country.years()))
    return;
  state.cohesion = std::clamp(state.cohesion * (1.0 - theta.purge_loss), 0.0, 1.0);
  tell(country, EventKind::army_purged);
}

void step_leader(Country& country) {
  const ConsolidationTheta& theta = country.theta.consolidation;
  CountryState& state = country.state.country;
  if (!state.leader_is_followed) return;
  const bool civilian = !state.military_head;
  const double cohesion = std::exp(theta.succession_cohesion * (state.cohesion - cohesion_of_a_sound_army));
  const double new_head = std::exp(not_yet_settled(country));
  LeaderExit exit = LeaderExit::in_office;
  if (state.leader_death.rings(country.draws, DrawPurpose::leader_death, junta_hash,
                               theta.leader_death * country.years()))
    exit = LeaderExit::death;
  else if (civilian) {
    if (state.stand_in.rings(country.draws, DrawPurpose::stand_in, junta_hash,
                             theta.stand_in * new_head * country.years()))
      exit = LeaderExit::stand_in_replaced;
  } else if (state.succession.rings(country.draws, DrawPurpose::succession, junta_hash,
                                    theta.leader_succession * cohesion * new_head * country.years())) {
    exit = LeaderExit::succession;
  }
  if (exit == LeaderExit::in_office) return;
  state.leader_is_followed = false;
  state.leader_exit = exit;
  state.leader_exit_hour = country.hour;
  const EventKind kind = exit == LeaderExit::death        ? EventKind::leader_dies
                         : exit == LeaderExit::succession ? EventKind::leader_replaced
                                                          : EventKind::stand_in_replaced;
  tell(country, kind);
}

void new_ruler(Country& country, RulerKind kind) {
  CountryState& state = country.state.country;
  const bool by_force = kind == RulerKind::junta || kind == RulerKind::insurgents;
  state.overthrew_old_class = by_force && (state.ruler == RulerKind::incumbent || state.ruler == RulerKind::restored);
  state.from_plot_of_file = kind == RulerKind::junta && country.state.onset.attempts <= 1;
  state.ruler = kind;
  ++state.era;
  state.ruler_since = country.hour;
  state.ruler_is_on_air = false;
  state.elected = state.election_was_overtaken = false;
  state.transition_announced = false;
  state.election_due = never;
  if (kind == RulerKind::restored || kind == RulerKind::incumbent) {
    meet_old_ruler(country);
  } else if (kind == RulerKind::civilians) {
    meet_new_ruler(country, 0.0, 0.0);
  } else {
    meet_new_ruler(country, country.theta.people.new_ruler, country.theta.people.carry_over);
  }
  blocs_meet_new_ruler(country);
  patrons_meet_new_ruler(country);
}

/// Elections as they were due, under a ruler who came by no coup: the government stays or goes with its support.
void hold_ordinary_election(Country& country, std::int32_t election) {
  const double u = country.draws.uniform(DrawPurpose::old_election, hash_identifier("ordinary"),
                                         static_cast<std::uint64_t>(election));
  const double chance = logistic(country.theta.consolidation.win_support * leaning_of_country(country));
  const bool changes = country.world.elections[static_cast<std::size_t>(election)].presidential && u >= chance;
  tell(country, EventKind::election_held, election, none, changes ? 1.0 : 0.0);
  if (!changes) return;
  new_ruler(country, RulerKind::civilians);
  country.state.country.elected = true;
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

/// Elections that the junta has announced are due: put off, won by whoever it controls, or lost.
void hold_elections(Country& country, Removal& removal) {
  const ConsolidationTheta& theta = country.theta.consolidation;
  CountryState& state = country.state.country;
  const UniformBlock u = country.draws.block(DrawPurpose::election, junta_hash + state.era, state.election_count++);
  const double support = leaning_of_country(country);
  Reasons reasons;
  const double pressure = reasons.add(Term::sanctions, theta.postpone_pressure * state.sanctions);
  const double wish = reasons.add(Term::support, Term::discontent, theta.postpone_support, support);
  if (u[0] < logistic(theta.postpone + pressure + wish)) {
    state.election_due += theta.postponed_months * hours_per_month;
    tell(country, EventKind::election_postponed, none, none, 0.0, reasons);
    return;
  }
  state.election_due = never;
  const double chance = logistic(theta.win + theta.win_support * support);
  Reasons for_winning, for_losing;
  for_winning.add(Term::support, Term::discontent, theta.win_support, support);
  for_losing.add(Term::support, Term::discontent, -theta.win_support, support);
  if (u[1] < chance) {
    state.elected = true;
    state.military_head = false;
    state.government_dissolved = false;
    tell(country, EventKind::election_won, none, none, 0.0, for_winning);
    return;
  }
  tell(country, EventKind::election_lost, none, none, 0.0, for_losing);
  removal.happens = true;
  removal.how = Outcome::handover;
  removal.handover = HandoverKind::election;
  removal.reasons = for_losing;
}

/// Elections that were due before the coup.
void pass_old_elections(Country& country, Removal& removal) {
  const World& world = country.world;
  CountryState& state = country.state.country;
  while (state.next_election < world.elections.size() && world.elections[state.next_election].hour <= country.hour) {
    if (state.attempt_is_on && state.ruler != RulerKind::junta) return;  // nobody votes while soldiers fight
    const auto index = static_cast<std::int32_t>(state.next_election++);
    if (state.ruler != RulerKind::junta) {
      if (state.ruler != RulerKind::insurgents) hold_ordinary_election(country, index);
      continue;
    }
    const double u =
        country.draws.uniform(DrawPurpose::old_election, hash_pair(junta_hash, static_cast<std::uint64_t>(index)));
    if (u < country.theta.consolidation.election_overtaken) {
      state.election_was_overtaken = true;
      tell(country, EventKind::election_overtaken, index);
    } else if (!removal.happens && !state.elected) {
      hold_elections(country, removal);
    }
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
  return country.draws.uniform(DrawPurpose::restoration, junta_hash, country.state.country.era) <
         logistic(country.theta.consolidation.restoration + balance);
}

}  // namespace

double broken_order(const Country& country) {
  const CountryState& state = country.state.country;
  if (state.elected) return 0.0;
  const double dissolved = state.government_dissolved ? 1.0 : 0.0;
  const double soldiers = state.military_head ? 1.0 : 0.0;
  const double no_date = state.election_due == never ? 1.0 : 0.0;
  // Elections that were due and did not take place weigh as much as any of these.
  const double overtaken = state.election_was_overtaken ? 1.0 : 0.0;
  return std::min(1.0, (dissolved + soldiers + no_date + overtaken) / 3.0);
}

void start_consolidation(Country& country) {
  CountryState& state = country.state.country;
  state = CountryState{};
  state.ruler_since = country.world.ruler_since;
}

void junta_takes_power(Country& country) {
  CountryState& state = country.state.country;
  ++state.junta_number;
  new_ruler(country, RulerKind::junta);
  state.cohesion = cohesion_after(country, Stance::join);
  if (country.state.lessons.prepared[static_cast<std::size_t>(Lesson::towns_lost)])
    state.cohesion = std::clamp(state.cohesion + country.theta.lessons.garrison_gain, 0.0, 1.0);
  state.uprising = state.handover = state.ouster = state.purge = HazardClock{};
  state.leader_is_followed = country.state.onset.attempts <= 1;
  if (state.leader_is_followed) state.initial_cohesion = state.cohesion;
  announce_transition(country);
}

void forget_leader(Country& country) {
  CountryState& state = country.state.country;
  state.leader_is_followed = false;
  state.leader_exit = LeaderExit::in_office;
  state.leader_exit_hour = std::numeric_limits<double>::quiet_NaN();
}

void ruler_survives(Country& country, bool taken, RulerKind before) {
  CountryState& state = country.state.country;
  if (taken) {
    new_ruler(country, before);
    --state.junta_number;
  }
  if (!taken) patrons_see_attempt_fail(country);
  state.cohesion = cohesion_after(country, Stance::resist);
  state.ruler_is_on_air = false;
}

Removal step_consolidation(Country& country) {
  CountryState& state = country.state.country;
  Removal removal;
  step_cohesion(country);
  if (country.state.war.holder[capital(country)] != none && state.ruler != RulerKind::insurgents) {
    removal.happens = true;
    removal.how = Outcome::insurgent_takeover;
    removal.reasons.add(Term::cohesion, Term::disunity, -country.theta.insurgency.garrison_cohesion,
                        state.cohesion - cohesion_of_a_sound_army);
    removal.reasons.add(Term::attackers, 1.0);
    return removal;
  }
  pass_old_elections(country, removal);
  if (state.ruler != RulerKind::junta || removal.happens) return removal;
  step_leader(country);
  if (country.hour >= state.election_due) hold_elections(country, removal);
  if (removal.happens) return removal;
  const double years = country.years();
  const auto ring = [&](HazardClock& clock, DrawPurpose purpose, double hazard, Outcome how, const Reasons& reasons) {
    if (!clock.rings(country.draws, purpose, junta_hash + state.era, hazard * years) || removal.happens) return;
    removal.happens = true;
    removal.how = how;
    removal.reasons = reasons;
    if (how == Outcome::handover) removal.handover = HandoverKind::bargain;
  };
  Reasons crowds, force, bargain;
  ring(state.ouster, DrawPurpose::ouster, ouster_hazard(country, force), Outcome::intervention, force);
  ring(state.uprising, DrawPurpose::uprising, uprising_hazard(country, crowds), Outcome::uprising, crowds);
  // Whoever was elected does not bargain his office away.
  if (!state.elected)
    ring(state.handover, DrawPurpose::handover, handover_hazard(country, bargain), Outcome::handover, bargain);
  return removal;
}

void bring_successor(Country& country, Outcome how) {
  CountryState& state = country.state.country;
  if (how == Outcome::insurgent_takeover) {
    new_ruler(country, RulerKind::insurgents);
  } else {
    const bool returns = class_returns(country, how);
    new_ruler(country, returns ? RulerKind::restored : RulerKind::civilians);
    if (returns) tell(country, EventKind::old_class_returns);
  }
  state.military_head = false;
  state.government_dissolved = false;
  forget_attitudes(country);
}

}  // namespace interregnum
