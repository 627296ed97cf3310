#include "model/patrons.hpp"

#include <algorithm>

#include "base/distribution.hpp"
#include "base/identifiers.hpp"
#include "model/country.hpp"

namespace interregnum {

namespace {

// Fewer soldiers than this are advisers, and no intervention.
constexpr double smallest_force = 100.0;

constexpr std::uint64_t council_hash = hash_identifier("mandate");

std::uint8_t& label(Country& country, std::size_t patron, std::size_t group) {
  return country.state.patrons.labels[patron * country.world.groups.size() + group];
}

bool rules_by_force(const Country& country) {
  return country.state.country.ruler == RulerKind::junta || country.state.country.ruler == RulerKind::insurgents;
}

double rivals_favour(const Country& country, std::size_t patron) {
  const auto& rivals = country.world.patrons[patron].rivals;
  if (rivals.empty()) return 0.0;
  double sum = 0.0;
  for (const std::int32_t rival : rivals)
    sum += favour_of(country.state.patrons.patrons[static_cast<std::size_t>(rival)].posture);
  return sum / static_cast<double>(rivals.size());
}

/// How far a patron is against the ruler of the day; toward civilians, how far they are strangers to it.
double hostility_of(const Country& country, std::size_t index, Reasons& reasons) {
  const PatronsTheta& theta = country.theta.patrons;
  const WorldPatron& patron = country.world.patrons[index];
  const CountryState& state = country.state.country;
  const auto capital = static_cast<std::size_t>(country.world.capital);
  const double alignment = country.input(patron.alignment);
  if (state.ruler == RulerKind::incumbent || state.ruler == RulerKind::restored)
    return reasons.add(Term::alignment, -theta.alignment * (1.0 + alignment));
  double hostility = 0.0;
  if (rules_by_force(country)) {
    const double weight = patron.regional ? theta.order_of_bodies : 1.0;
    hostility += reasons.add(Term::alignment, theta.alignment * alignment);
    hostility += reasons.add(Term::plotters, -theta.plotters * country.input(patron.alignment_with_plotters));
    hostility += reasons.add(Term::broken_order, theta.broken_order * weight * broken_order(country));
    hostility += reasons.add(Term::rivals, theta.rivals * rivals_favour(country, index));
  } else {
    hostility += reasons.add(Term::alignment, -theta.alignment);
  }
  hostility += reasons.add(Term::crowds_against, theta.crowds * crowd_against(country, capital));
  hostility += reasons.add(Term::crowds_for, -theta.crowds * crowd_for(country, capital));
  return hostility;
}

double utility_of_force(const Country& country, std::size_t index, double hostility, Reasons& reasons) {
  const PatronsTheta& theta = country.theta.patrons;
  const auto capital = static_cast<std::size_t>(country.world.capital);
  double utility =
      reasons.add(Term::cost_of_force, -theta.cost * country.input(country.world.patrons[index].cost_of_force));
  utility += reasons.add(Term::pretext, theta.pretext * pretext_of(country, index));
  if (country.state.patrons.mandate) utility += reasons.add(Term::mandate, theta.mandate);
  utility += reasons.add(Term::hostility, theta.unmandated * std::max(0.0, hostility));
  if (hostility < 0 && country.state.country.lost_share > 0) utility += reasons.add(Term::invitation, theta.invitation);
  utility += reasons.add(Term::crowds_against, theta.crowds_against_force * crowd_against(country, capital));
  utility += reasons.add(Term::crowds_for, -theta.crowds_against_force * crowd_for(country, capital));
  return utility;
}

/// What a patron that thinks again calls the groups that hold towns.
void consider_labels(Country& country, std::size_t index) {
  const PatronsTheta& theta = country.theta.patrons;
  const World& world = country.world;
  for (std::size_t group = 0; group < world.groups.size(); ++group) {
    if (!world.groups[group].jihadist || label(country, index, group) || !(country.state.war.lost_to[group] > 0))
      continue;
    bool used_by_others = false;
    for (std::size_t other = 0; other < world.patrons.size(); ++other)
      used_by_others = used_by_others || label(country, other, group);
    const double chance = used_by_others ? std::max(theta.label_chance, theta.label_following) : theta.label_chance;
    const double u =
        country.draws.uniform(DrawPurpose::label, hash_pair(world.patrons[index].hash, world.groups[group].hash),
                              country.state.patrons.patrons[index].reviews);
    if (u >= chance) continue;
    label(country, index, group) = 1;
    tell(country, EventKind::group_labelled, static_cast<std::int32_t>(index), none, static_cast<double>(group));
  }
}

EventKind announcement(Posture posture) {
  switch (posture) {
    case Posture::recognise:
      return EventKind::patron_recognises;
    case Posture::engage:
      return EventKind::patron_engages;
    case Posture::wait:
      return EventKind::patron_waits;
    case Posture::condemn:
      return EventKind::patron_keeps_distance;
    case Posture::sanction:
      return EventKind::patron_sanctions;
    case Posture::intervene:
      return EventKind::patron_intervenes;
  }
  return EventKind::patron_waits;
}

void review(Country& country, std::size_t index) {
  const PatronsTheta& theta = country.theta.patrons;
  PatronState& patron = country.state.patrons.patrons[index];
  const WorldPatron& definition = country.world.patrons[index];
  consider_labels(country, index);
  ++patron.reviews;
  Reasons for_posture;
  Reasons for_force;
  patron.hostility = hostility_of(country, index, for_posture);
  const bool has_force = country.input(definition.force_available) >= smallest_force;
  const double force = utility_of_force(country, index, patron.hostility, for_force);
  // One kept shock a course, as long as the same ruler is in question.
  const std::uint64_t era = country.state.country.era;
  const UniformBlock first = country.draws.block(DrawPurpose::patron_conviction, definition.hash, 2 * era);
  const UniformBlock second = country.draws.block(DrawPurpose::patron_conviction, definition.hash, 2 * era + 1);
  const std::array<double, 6> u{first[0], first[1], first[2], first[3], second[0], second[1]};
  int best = 0;
  double highest = -std::numeric_limits<double>::infinity();
  for (int course = 0; course < 6; ++course) {
    if (course == 5 && !has_force) break;
    const double steps = course - 2;
    double utility = course == 5 ? force : patron.hostility * steps - 0.5 * theta.curvature * steps * steps;
    utility += gumbel_quantile(u[static_cast<std::size_t>(course)]) / theta.precision;
    if (patron.has_spoken && course == static_cast<int>(patron.posture)) utility += theta.turning_cost;
    if (utility <= highest) continue;
    highest = utility;
    best = course;
  }
  const auto posture = static_cast<Posture>(best);
  // Nobody announces that he goes on as before with a ruler who has not changed.
  const bool news = posture != patron.posture && (patron.has_spoken || posture != Posture::wait);
  patron.has_spoken = true;
  if (posture == Posture::intervene && patron.posture != Posture::intervene) patron.deployment.left = -1.0;
  if (posture != Posture::intervene && patron.force_is_there) {
    patron.force_is_there = false;
    tell(country, EventKind::force_leaves, static_cast<std::int32_t>(index));
  }
  patron.posture = posture;
  if (news) {
    tell(country, announcement(posture), static_cast<std::int32_t>(index), none, 0.0,
         posture == Posture::intervene ? for_force : for_posture);
  }
}

/// Whether a resolution could pass, and how soon.
void consider_mandate(Country& country) {
  const PatronsTheta& theta = country.theta.patrons;
  PatronsState& state = country.state.patrons;
  bool somebody_gives = false;
  double backing = 0.0;
  double pretext = 0.0;
  for (std::size_t index = 0; index < state.patrons.size(); ++index) {
    const WorldPatron& patron = country.world.patrons[index];
    const double favour = favour_of(state.patrons[index].posture);
    somebody_gives = somebody_gives || patron.gives_mandates;
    // A mandate against a ruler whom a holder of a veto supports does not come about.
    if (patron.can_block_mandates && state.patrons[index].has_spoken && favour > 0 && rules_by_force(country)) return;
    if (country.input(patron.force_available) < smallest_force) continue;
    const double own = pretext_of(country, index);
    backing = std::max({backing, -favour, own});
    pretext = std::max(pretext, own);
  }
  if (!somebody_gives || !(backing > 0)) return;
  Reasons reasons;
  const double rate = theta.mandate_rate * backing *
                      std::exp(reasons.add(Term::pretext, theta.mandate_pretext * std::min(pretext, 1.0)));
  if (!state.mandate_clock.rings(country.draws, DrawPurpose::mandate, council_hash, rate * country.years())) return;
  state.mandate = true;
  tell(country, EventKind::mandate_given, none, none, 0.0, reasons);
}

void add_up(Country& country) {
  PatronsState& state = country.state.patrons;
  double sanctions = 0.0;
  double forces = 0.0;
  state.envoys = state.hostile_force = 0.0;
  for (std::size_t index = 0; index < state.patrons.size(); ++index) {
    const WorldPatron& patron = country.world.patrons[index];
    const PatronState& held = state.patrons[index];
    const double influence = country.input(patron.influence);
    if (held.posture == Posture::sanction) sanctions += influence;
    if (held.posture == Posture::intervene && held.hostility > 0) sanctions += influence;
    if (patron.regional && held.has_spoken && held.posture != Posture::recognise && held.posture != Posture::wait)
      state.envoys += influence;
    if (!held.force_is_there) continue;
    const double force = country.theta.patrons.force_factor * country.input(patron.force_available) +
                         country.input(patron.force_present);
    forces += force;
    if (held.hostility > 0 && rules_by_force(country)) state.hostile_force += force;
  }
  state.envoys = std::min(1.0, state.envoys);
  country.state.country.sanctions = std::min(1.0, sanctions);
  country.state.war.foreign_force = forces;
}

}  // namespace

double pretext_of(const Country& country, std::size_t patron) {
  const PatronsTheta& theta = country.theta.patrons;
  const PatronsState& state = country.state.patrons;
  const std::size_t groups = country.world.groups.size();
  double lost = 0.0;
  for (std::size_t group = 0; group < groups; ++group) {
    if (state.labels[patron * groups + group]) lost += country.state.war.lost_to[group];
  }
  const double order = rules_by_force(country) ? broken_order(country) : 0.0;
  return theta.pretext_towns * saturating(lost, theta.pretext_half) +
         theta.pretext_killings * std::min(1.0, country.state.country.killings) + theta.pretext_order * order;
}

void start_patrons(Country& country) {
  PatronsState& state = country.state.patrons;
  std::fill(state.labels.begin(), state.labels.end(), std::uint8_t{0});
  state.mandate = false;
  state.mandate_clock = HazardClock{};
  for (std::size_t index = 0; index < state.patrons.size(); ++index) {
    PatronState& patron = state.patrons[index];
    patron = PatronState{};
    patron.has_spoken = true;
    patron.posture = country.input(country.world.patrons[index].alignment) > 0 ? Posture::recognise : Posture::engage;
    for (const std::int32_t group : country.world.patrons[index].labels)
      label(country, index, static_cast<std::size_t>(group)) = 1;
  }
  add_up(country);
}

void step_patrons(Country& country) {
  const PatronsTheta& theta = country.theta.patrons;
  PatronsState& state = country.state.patrons;
  for (const std::int32_t turn : country.state.patrons_first.order) {
    const auto index = static_cast<std::size_t>(turn);
    PatronState& patron = state.patrons[index];
    const std::uint64_t hash = country.world.patrons[index].hash;
    const double rate = patron.has_spoken ? theta.rate : theta.first_rate;
    if (patron.review.rings(country.draws, DrawPurpose::patron_clock, hash, rate * country.weeks()))
      review(country, index);
    if (patron.posture != Posture::intervene || patron.force_is_there) continue;
    if (patron.deployment.rings(country.draws, DrawPurpose::deployment, hash, country.days() / theta.deployment_days)) {
      patron.force_is_there = true;
      tell(country, EventKind::force_arrives, static_cast<std::int32_t>(index), none,
           theta.force_factor * country.input(country.world.patrons[index].force_available));
    }
  }
  if (!state.mandate) consider_mandate(country);
  add_up(country);
}

void patrons_meet_new_ruler(Country& country) {
  for (PatronState& patron : country.state.patrons.patrons) {
    patron.has_spoken = false;
    if (!patron.force_is_there) patron.posture = Posture::wait;
  }
  add_up(country);
}

}  // namespace interregnum
