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

bool rules_by_force(const Country& country) { return came_by_force(country.state.rulers.now.kind); }

/// Share of the people in towns held by groups that the patron calls extremist.
double lost_to_labelled(const Country& country, std::size_t patron) {
  const PatronsState& state = country.state.patrons;
  const std::size_t groups = country.world.groups.size();
  double lost = 0.0;
  for (std::size_t group = 0; group < groups; ++group) {
    if (state.labels[patron * groups + group]) lost += country.state.war.lost_to[group];
  }
  return lost;
}

double rivals_favour(const Country& country, std::size_t patron) {
  const auto& rivals = country.world.patrons[patron].rivals;
  if (rivals.empty()) return 0.0;
  double sum = 0.0;
  for (const std::int32_t rival : rivals) sum += favour_of(country, static_cast<std::size_t>(rival));
  return sum / static_cast<double>(rivals.size());
}

/// Toward the ruler of the country file, and his class: who is aligned with him recognises him, who is not talks to
/// him.
Posture course_toward_old_class(const Country& country, std::size_t patron) {
  return country.input(country.world.patrons[patron].alignment) > 0 ? Posture::recognise : Posture::engage;
}

/// How far a patron is against the ruler of the day. Relations as they were speak for talks with the ruler of the file
/// and his class, and for or against him whether the patron is aligned with him. To civilians a patron has no ties.
Utility hostility_of(const Country& country, std::size_t index) {
  const PatronsTheta& theta = country.theta.patrons;
  const WorldPatron& patron = country.world.patrons[index];
  const Reign& reign = country.state.rulers.now;
  const auto capital = static_cast<std::size_t>(country.world.capital);
  Utility hostility;
  if (rules_by_force(country)) {
    const double weight = patron.regional ? theta.order_of_bodies : 1.0;
    if (reign.overthrew_old_class)
      hostility.add(Term::old_ties, Term::old_enmity, theta.alignment, country.input(patron.alignment));
    if (reign.from_plot_of_file)
      hostility.add(Term::plotters_ties, Term::plotters_enmity, -theta.plotters,
                    country.input(patron.alignment_with_plotters));
    hostility.add(Term::broken_order, theta.broken_order * weight * broken_order(country));
    hostility.add(Term::rivals_for, Term::rivals_against, theta.rivals, rivals_favour(country, index));
  } else if (reign.kind == RulerKind::civilians) {
    hostility.add(Term::civilian_rule, -theta.curvature);
  } else {
    // Crowds say nothing new of him to those who have dealt with him.
    hostility.add(Term::relations, -theta.curvature);
    hostility.add(Term::ties, Term::enmity, -theta.curvature, country.input(patron.alignment));
    return hostility;
  }
  hostility.add(Term::crowds_against, theta.crowds * crowd_against(country, capital));
  hostility.add(Term::crowds_for, -theta.crowds * crowd_for(country, capital));
  return hostility;
}

struct Pretext {
  double towns = 0, killings = 0, order = 0;
  double sum() const { return towns + killings + order; }
};

Pretext parts_of_pretext(const Country& country, std::size_t patron) {
  const PatronsTheta& theta = country.theta.patrons;
  return {theta.pretext_towns * saturating(lost_to_labelled(country, patron), theta.pretext_half),
          theta.pretext_killings * std::min(1.0, country.state.rulers.now.killings),
          theta.pretext_order * (rules_by_force(country) ? broken_order(country) : 0.0)};
}

Utility utility_of_force(const Country& country, std::size_t index, const Utility& hostility, double sum) {
  const PatronsTheta& theta = country.theta.patrons;
  const auto capital = static_cast<std::size_t>(country.world.capital);
  const Pretext pretext = parts_of_pretext(country, index);
  Utility utility;
  utility.add(Term::cost_of_force, -theta.cost * country.input(country.world.patrons[index].cost_of_force));
  utility.add(Term::towns_lost, theta.pretext * pretext.towns);
  utility.add(Term::killings, theta.pretext * pretext.killings);
  utility.add(Term::broken_order, theta.pretext * pretext.order);
  if (country.state.patrons.mandate) utility.add(Term::mandate, theta.mandate);
  if (sum > 0) utility.add(hostility, theta.unmandated);
  if (sum < 0 && country.state.country.lost_share > 0) utility.add(Term::invitation, theta.invitation);
  utility.add(Term::crowds_against, theta.crowds_against_force * crowd_against(country, capital));
  utility.add(Term::crowds_for, -theta.crowds_against_force * crowd_for(country, capital));
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

/// Whoever comes to power finds no sanctions: those against a ruler who has gone end with him.
void lift_sanctions(Country& country, std::size_t index) {
  if (country.state.patrons.patrons[index].posture == Posture::sanction)
    tell(country, EventKind::sanctions_end, static_cast<std::int32_t>(index));
}

void take_course(Country& country, std::size_t index, Posture posture, const Reasons& reasons) {
  PatronState& patron = country.state.patrons.patrons[index];
  // Nobody announces that he goes on as before with a ruler who has not changed, unless an attempt on the ruler has
  // failed: then who is tied to him stands by him.
  const bool stands_by = patron.owes_a_word && posture == Posture::recognise;
  const bool turns = posture != patron.posture && (patron.has_spoken || posture != Posture::wait);
  const bool stays = posture == Posture::intervene && patron.force_is_there;
  if (posture == Posture::intervene && patron.posture != Posture::intervene) patron.deployment.left = -1.0;
  if (posture != Posture::intervene && patron.force_is_there) {
    patron.force_is_there = false;
    tell(country, EventKind::force_leaves, static_cast<std::int32_t>(index));
  }
  if (posture != Posture::sanction) lift_sanctions(country, index);
  patron.has_spoken = true;
  patron.owes_a_word = false;
  patron.posture = posture;
  patron.reasons = reasons;
  if ((turns && !stays) || stands_by)
    tell(country, announcement(posture), static_cast<std::int32_t>(index), none, 0.0, reasons);
}

constexpr double steps_of(Posture posture) { return static_cast<double>(posture) - 2.0; }

/// Sanctions and condemnations are for those who took power by force, and soldiers are sent against them or against
/// groups that hold towns. Toward the old ruler and his class the course is known from the country file.
bool is_open(const Country& country, std::size_t index, Posture posture) {
  switch (posture) {
    case Posture::recognise:
    case Posture::engage:
    case Posture::wait:
      return !is_old_class(country.state.rulers.now.kind) || posture == course_toward_old_class(country, index);
    case Posture::condemn:
    case Posture::sanction:
      return rules_by_force(country);
    case Posture::intervene:
      return (rules_by_force(country) || country.state.country.lost_share > 0) &&
             country.input(country.world.patrons[index].force_available) >= smallest_force;
  }
  return false;
}

/// What speaks for a course, term by term, against the course before: of who stays with his, and of sending soldiers or
/// no longer having them there, also against waiting.
Reasons reasons_for(Posture posture, Posture before, const Utility& hostility, const Utility& force) {
  const auto utility_of = [&](Posture course) {
    if (course == Posture::intervene) return force;
    Utility utility;
    utility.add(hostility, steps_of(course));
    return utility;
  };
  const Utility chosen = utility_of(posture);
  if (posture == before) return chosen.against(Utility{});
  const bool is_about_force = posture == Posture::intervene || before == Posture::intervene;
  return is_about_force ? chosen.against(utility_of(before), Utility{}) : chosen.against(utility_of(before));
}

void review(Country& country, std::size_t index) {
  const PatronsTheta& theta = country.theta.patrons;
  PatronState& patron = country.state.patrons.patrons[index];
  const WorldPatron& definition = country.world.patrons[index];
  consider_labels(country, index);
  ++patron.reviews;
  const Utility hostility = hostility_of(country, index);
  patron.hostility = hostility.sum();
  const Utility force = utility_of_force(country, index, hostility, patron.hostility);
  const std::array<double, 6>& convictions = patron.convictions.of(country.draws, DrawPurpose::patron_conviction,
                                                                   definition.hash, country.state.rulers.now.era);
  Posture best = Posture::wait;
  double highest = -std::numeric_limits<double>::infinity();
  for (int course = 0; course < 6; ++course) {
    const auto posture = static_cast<Posture>(course);
    if (!is_open(country, index, posture)) continue;
    const double steps = steps_of(posture);
    double utility =
        posture == Posture::intervene ? force.sum() : patron.hostility * steps - 0.5 * theta.curvature * steps * steps;
    utility += convictions[static_cast<std::size_t>(course)] / theta.precision;
    if (patron.has_spoken && posture == patron.posture) utility += theta.turning_cost;
    if (utility <= highest) continue;
    highest = utility;
    best = posture;
  }
  take_course(country, index, best, reasons_for(best, patron.posture, hostility, force));
}

/// Whether a resolution could pass, and how soon.
void consider_mandate(Country& country) {
  const PatronsTheta& theta = country.theta.patrons;
  PatronsState& state = country.state.patrons;
  const bool somebody_gives = std::any_of(country.world.patrons.begin(), country.world.patrons.end(),
                                          [](const WorldPatron& patron) { return patron.gives_mandates; });
  if (!somebody_gives) return;
  double backing = 0.0;
  Pretext pretext;
  bool for_groups = false;
  for (std::size_t index = 0; index < state.patrons.size(); ++index) {
    const WorldPatron& patron = country.world.patrons[index];
    const double favour = favour_of(country, index);
    // A mandate against a ruler whom a holder of a veto supports does not come about.
    if (patron.can_block_mandates && state.patrons[index].has_spoken && favour > 0 && rules_by_force(country)) return;
    if (country.input(patron.force_available) < smallest_force) continue;
    const Pretext own = parts_of_pretext(country, index);
    backing = std::max({backing, -favour, own.sum()});
    if (own.sum() > pretext.sum()) pretext = own;
    for_groups = for_groups || lost_to_labelled(country, index) > 0;
  }
  if (!(backing > 0)) return;
  const double weight = theta.mandate_pretext / std::max(1.0, pretext.sum());
  const double rate = theta.mandate_rate * backing * std::exp(weight * pretext.sum());
  if (!state.mandate_clock.rings(country.draws, DrawPurpose::mandate, council_hash, rate * country.years())) return;
  state.mandate = true;
  state.mandate_is_for_groups = for_groups;
  Reasons reasons;
  reasons.add(Term::towns_lost, weight * pretext.towns);
  reasons.add(Term::killings, weight * pretext.killings);
  reasons.add(Term::broken_order, weight * pretext.order);
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
    const bool comes_against_him = held.posture == Posture::intervene && held.hostility > 0 && rules_by_force(country);
    if (held.posture == Posture::sanction || comes_against_him) sanctions += influence;
    if (patron.regional && held.has_spoken && held.posture != Posture::recognise && held.posture != Posture::wait)
      state.envoys += influence;
    if (!held.force_is_there) continue;
    const double force = country.theta.patrons.force_factor * country.input(patron.force_available) +
                         country.input(patron.force_present);
    forces += force;
    if (comes_against_him) state.hostile_force += force;
  }
  state.envoys = std::min(1.0, state.envoys);
  country.state.country.sanctions = std::min(1.0, sanctions);
  country.state.war.foreign_force = forces;
}

}  // namespace

double favour_of(const Country& country, std::size_t patron) {
  const PatronState& held = country.state.patrons.patrons[patron];
  const bool helps = held.posture == Posture::intervene && !(held.hostility > 0 && rules_by_force(country));
  return helps ? 1.0 : favour_of(held.posture);
}

double pretext_of(const Country& country, std::size_t patron) { return parts_of_pretext(country, patron).sum(); }

void start_patrons(Country& country) {
  PatronsState& state = country.state.patrons;
  std::fill(state.labels.begin(), state.labels.end(), std::uint8_t{0});
  state.mandate = state.mandate_is_for_groups = false;
  state.mandate_clock = HazardClock{};
  for (std::size_t index = 0; index < state.patrons.size(); ++index) {
    PatronState& patron = state.patrons[index];
    patron = PatronState{};
    patron.has_spoken = true;
    patron.posture = course_toward_old_class(country, index);
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
    const double rate = patron.has_spoken && !patron.owes_a_word ? theta.rate : theta.first_rate;
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
  PatronsState& state = country.state.patrons;
  for (std::size_t index = 0; index < state.patrons.size(); ++index) {
    lift_sanctions(country, index);
    static_cast<PatronCourse&>(state.patrons[index]) = PatronCourse{};
  }
  state.mandate = state.mandate && state.mandate_is_for_groups;
  add_up(country);
}

void keep_courses(Country& country) {
  PatronsState& state = country.state.patrons;
  std::copy(state.patrons.begin(), state.patrons.end(), state.toward_deposed.begin());
  state.mandate_of_deposed = state.mandate && !state.mandate_is_for_groups;
}

void take_up_courses(Country& country) {
  PatronsState& state = country.state.patrons;
  for (std::size_t index = 0; index < state.patrons.size(); ++index) {
    PatronState& patron = state.patrons[index];
    const bool had_sanctions = patron.posture == Posture::sanction;
    const bool has_sanctions = state.toward_deposed[index].posture == Posture::sanction;
    if (had_sanctions && !has_sanctions) lift_sanctions(country, index);
    static_cast<PatronCourse&>(patron) = state.toward_deposed[index];
    if (has_sanctions && !had_sanctions)
      tell(country, EventKind::patron_sanctions, static_cast<std::int32_t>(index), none, 0.0, patron.reasons);
    // A force that came against the plot has to be told what it is there for now.
    if (patron.force_is_there && patron.posture != Posture::intervene) patron.has_spoken = false;
  }
  state.mandate = (state.mandate && state.mandate_is_for_groups) || state.mandate_of_deposed;
  add_up(country);
}

void patrons_see_attempt_fail(Country& country) {
  for (PatronState& patron : country.state.patrons.patrons) patron.owes_a_word = patron.posture == Posture::recognise;
}

}  // namespace interregnum
