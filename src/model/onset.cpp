#include "model/onset.hpp"

#include <algorithm>

#include "base/distribution.hpp"
#include "base/identifiers.hpp"
#include "model/country.hpp"
#include "model/seizure/seizure.hpp"

namespace interregnum {

namespace {

constexpr std::uint64_t onset_hash = hash_identifier("onset");
constexpr double long_ago = -100.0 * hours_per_year;

// Of country-years made from the record, on average. The rates are fitted to country-months of which neither is known,
// and are those of a country with as much of both as is usual.
constexpr double usual_crowd_against = 0.4, usual_share_trained = 0.15;

bool election_is_near(const Country& country) {
  const double near = country.hour + 0.5 * hours_per_year;
  const Reign& reign = country.state.rulers.now;
  if (std::min(reign.election_due, reign.old_election_due) <= near) return true;
  const std::size_t next = country.state.country.next_election;
  return next < country.world.elections.size() && country.world.elections[next].hour <= near;
}

double share_trained(const Country& country) {
  double share = 0.0;
  for (const WorldPatron& patron : country.world.patrons) share += country.input(patron.training);
  return std::min(1.0, share);
}

/// Against 2,700 dollars, the middle of the record's country-years with an attempt; 0 if not known.
double log_income(const Country& country) {
  const World& world = country.world;
  return world.gdp_is_known ? std::log(country.input(world.gdp_per_head) / 2700.0) : 0.0;
}

/// Attempts up to now, each of which counts less as it recedes.
double recent_attempts(const Country& country) {
  const OnsetState& onset = country.state.onset;
  const double years = (country.hour - onset.last_attempt) / hours_per_year;
  return onset.remembered * std::exp(-years / country.theta.seizure.vigilance_years);
}

bool is_in_or_next_to_capital(const World& world, std::int32_t place) {
  if (place == world.capital) return true;
  const auto& neighbours = world.places[static_cast<std::size_t>(world.capital)].neighbours;
  return std::find(neighbours.begin(), neighbours.end(), place) != neighbours.end();
}

/// How likely a unit is to plot, as a Gumbel score: the highest of several is drawn in proportion to their weights.
double score_as_plotter(const Country& country, std::size_t unit, Rank tier, std::uint32_t attempt) {
  const OnsetTheta& theta = country.theta.onset;
  const Actor& definition = country.world.actors[unit];
  double score = -theta.grievance * country.state.onset.attitude[unit];
  score += 0.5 * std::log(std::max(1.0, country.input(definition.strength)));
  if (is_in_or_next_to_capital(country.world, definition.place)) score += theta.in_capital;
  // Captains plot in any unit; generals mostly where a general commands.
  score -= tier == Rank::senior && definition.rank != Rank::senior ? 0.7 : 0.0;
  const double u = country.draws.uniform(DrawPurpose::plotters, definition.hash, attempt);
  return score + gumbel_quantile(u);
}

void choose_units(const Country& country, Rank tier, AttemptPlan& plan) {
  // The leader's unit, and for all but captains a second.
  const std::size_t wanted = tier == Rank::junior ? 1 : 2;
  plan.units.clear();
  while (plan.units.size() < wanted) {
    double best = -std::numeric_limits<double>::infinity();
    std::int32_t chosen = none;
    for (std::size_t unit = 0; unit < country.world.units; ++unit) {
      const auto index = static_cast<std::int32_t>(unit);
      if (!country.world.actors[unit].can_reach_capital || !(country.input(country.world.actors[unit].strength) > 0) ||
          std::find(plan.units.begin(), plan.units.end(), index) != plan.units.end())
        continue;
      const double score = score_as_plotter(country, unit, tier, plan.number);
      if (score <= best) continue;
      best = score;
      chosen = index;
    }
    if (chosen == none) return;
    plan.units.push_back(chosen);
  }
}

/// Whether an actor had soldiers or orders of its own in the attempt: all but the rests of units that were not split.
bool took_part(const World& world, const SeizureState& seizure, std::size_t actor) {
  const std::int32_t unit = world.actors[actor].rest_of;
  return unit == none || (actor < seizure.actors.size() && seizure.actors[static_cast<std::size_t>(unit)].mutinied);
}

OnsetConditions conditions_of(const Country& country) {
  const World& world = country.world;
  const Reign& reign = country.state.rulers.now;
  const bool as_in_file = reign.kind == RulerKind::incumbent;
  const bool soldiers_rule = reign.kind == RulerKind::junta && !reign.elected;
  OnsetConditions conditions;
  conditions.years_since_attempt = (country.hour - country.state.onset.last_attempt) / hours_per_year;
  conditions.last_succeeded = country.state.onset.last_succeeded;
  conditions.log_income = log_income(country);
  conditions.polyarchy =
      as_in_file ? country.input(world.polyarchy) : usual_polyarchy[soldiers_rule ? 0 : (reign.elected ? 2 : 1)];
  conditions.military_regime = soldiers_rule ? 1.0 : (as_in_file ? country.input(world.military_regime) : 0.0);
  conditions.years_in_office = (country.hour - reign.since) / hours_per_year;
  conditions.year = world.start_year;
  return conditions;
}

/// What officers think of the plot's chances for reasons that stood before it moved.
double outlook(const Country& country, const AttemptPlan& plan) {
  const SeizureTheta& theta = country.theta.seizure;
  double sum = theta.vigilance * recent_attempts(country) + theta.wealth * log_income(country);
  switch (plan.began_by) {
    case Initiator::soldiers:
      break;
    case Initiator::palace:
      sum += theta.palace;
      break;
    case Initiator::dissidents:
      sum += theta.dissidents;
      break;
    case Initiator::rebels:
      sum += theta.rebels;
      break;
  }
  return sum + (country.world.year_level_is_given ? country.input(country.world.year_level)
                                                  : theta.level.of(country.world.start_year));
}

void choose_objectives(const Country& country, AttemptPlan& plan) {
  const World& world = country.world;
  plan.objectives.clear();
  // Every plot wants the objectives in the capital; of those elsewhere a plot takes only what it can reach.
  for (const std::int32_t site : world.objectives) {
    if (world.sites[static_cast<std::size_t>(site)].place == world.capital) plan.objectives.push_back(site);
  }
  if (std::find(plan.objectives.begin(), plan.objectives.end(), world.presidency) == plan.objectives.end())
    plan.objectives.push_back(world.presidency);
}

}  // namespace

void start_onset(Country& country) {
  OnsetState& onset = country.state.onset;
  const OnsetTheta& theta = country.theta.onset;
  onset.clocks.fill(HazardClock{});
  onset.base = {std::exp(theta.junior), std::exp(theta.middle), std::exp(theta.senior)};
  onset.attempts = 0;
  onset.last_attempt = long_ago;
  onset.last_succeeded = false;
  for (const WorldEarlierAttempt& attempt : country.world.history) {
    if (attempt.hour < onset.last_attempt) continue;
    onset.last_attempt = attempt.hour;
    onset.last_succeeded = attempt.succeeded;
  }
  onset.remembered = 0.0;
  for (const WorldEarlierAttempt& attempt : country.world.history)
    onset.remembered +=
        std::exp((attempt.hour - onset.last_attempt) / (country.theta.seizure.vigilance_years * hours_per_year));
  for (std::size_t actor = 0; actor < onset.attitude.size(); ++actor)
    onset.attitude[actor] = -country.input(country.world.actors[actor].leaning);
}

YearLevels usual_onset_levels() {
  constexpr std::array<double, 7> by_decade{0.1, 0.15, -0.05, -0.3, -0.6, -1.05, -1.15};  // from 1950 on
  YearLevels levels;
  for (int year = YearLevels::first; year <= YearLevels::last; ++year)
    levels.set(year, by_decade[std::min(by_decade.size() - 1, static_cast<std::size_t>(year - 1950) / 10)]);
  return levels;
}

double log_hazard(const OnsetTheta& theta, const OnsetConditions& conditions) {
  const double distance = conditions.polyarchy - middling_polyarchy;
  return (theta.recent + (conditions.last_succeeded ? theta.recent_success : 0.0)) *
             std::exp(-conditions.years_since_attempt / theta.recent_years) +
         theta.income * conditions.log_income + theta.democracy * distance + theta.extremes * distance * distance +
         theta.military_regime * conditions.military_regime +
         theta.tenure * std::min(20.0, conditions.years_in_office) + theta.level.of(conditions.year);
}

double log_hazard(const Country& country) {
  const OnsetTheta& theta = country.theta.onset;
  const CountryState& state = country.state.country;
  const World& world = country.world;
  double sum = log_hazard(theta, conditions_of(country));
  if (election_is_near(country)) sum += theta.election_near;
  sum += theta.turnout * (crowd_against(country, static_cast<std::size_t>(world.capital)) - usual_crowd_against);
  sum += 2.0 * theta.towns_lost * std::min(0.5, state.lost_share);
  sum += theta.cohesion * (cohesion_of_a_sound_army - state.cohesion);
  sum += theta.training * (share_trained(country) - usual_share_trained);
  return sum + country.input(world.country_effect);
}

bool step_onset(Country& country, Rank& tier) {
  OnsetState& onset = country.state.onset;
  const double common = std::exp(log_hazard(country)) * country.years();
  bool moves = false;
  for (std::size_t rank = 0; rank < onset.base.size(); ++rank) {
    // Of two that would move in the same step the higher does.
    if (!onset.clocks[rank].rings(country.draws, DrawPurpose::onset, onset_hash + rank, onset.base[rank] * common))
      continue;
    moves = true;
    tier = static_cast<Rank>(rank);
  }
  return moves;
}

namespace {

/// The plot of the file moves against another ruler than that of the file: the army stands to him as it has come to,
/// and he sits where rulers sit.
void turn_to_another_ruler(const Country& country, AttemptPlan& plan) {
  for (std::size_t actor = 0; actor < plan.cast; ++actor) plan.leaning[actor] = -country.state.onset.attitude[actor];
  plan.ruler_place = country.world.capital;
  plan.ruler_site = country.world.presidency;
}

/// Where a garrison faces an armed group at war: one that is there, or in a place that a road joins to it.
void find_fronts(const Country& country, AttemptPlan& plan) {
  const InsurgencyState& war = country.state.war;
  const std::size_t places = country.world.places.size();
  plan.fronts.assign(places, 0);
  for (std::size_t group = 0; group < war.groups.size(); ++group) {
    if (war.groups[group].at_peace) continue;
    for (std::size_t place = 0; place < places; ++place)
      if (war.near[group * places + place] > 0) plan.fronts[place] = 1;
  }
  plan.fronts[static_cast<std::size_t>(country.world.capital)] = 0;
}

}  // namespace

bool plan_attempt(Country& country, Rank tier, AttemptPlan& plan) {
  const World& world = country.world;
  OnsetState& onset = country.state.onset;
  const std::uint32_t number = onset.attempts;
  if (number == 0) {
    plan_from_file(world, country.state.inputs, plan);
    plan.tier = world.begins_with_attempt ? plan.tier : tier;
    if (country.state.rulers.now.era != 0) turn_to_another_ruler(country, plan);
  } else {
    plan.number = number;
    plan.tier = tier;
    plan.cast = world.actors.size();
    plan.ruler_place = world.capital;
    plan.ruler_site = world.presidency;
    choose_units(country, tier, plan);
    if (plan.units.empty()) return false;
    plan.began_by = usual_initiator(world.actors[static_cast<std::size_t>(plan.units.front())]);
    choose_objectives(country, plan);
    prepare_plot(country, number);
    plan.leaning.resize(plan.cast);
    for (std::size_t actor = 0; actor < plan.cast; ++actor) {
      const double u = country.draws.uniform(DrawPurpose::fresh_leaning, world.actors[actor].hash, number);
      plan.leaning[actor] = -onset.attitude[actor] + country.theta.onset.fresh_leaning * normal_quantile(u);
    }
  }
  if (country.state.lessons.prepared[static_cast<std::size_t>(Lesson::split_army)]) {
    for (double& leaning : plan.leaning) leaning += country.theta.lessons.unity_gain;
  }
  if (country.state.lessons.prepared[static_cast<std::size_t>(Lesson::no_support_base)])
    country.state.rulers.now.organised_against += country.theta.lessons.protest_gain;
  find_fronts(country, plan);
  plan.outlook = outlook(country, plan);
  onset.remembered = recent_attempts(country) + 1.0;
  ++onset.attempts;
  onset.last_attempt = country.hour;
  onset.last_succeeded = false;  // until it does
  return true;
}

void settle_attitudes(Country& country, bool seized) {
  const OnsetTheta& theta = country.theta.onset;
  OnsetState& onset = country.state.onset;
  const SeizureState& seizure = country.state.seizure;
  onset.last_succeeded = seized;
  for (std::size_t actor = 0; actor < onset.attitude.size(); ++actor) {
    // A unit that was not split has no rest that could think otherwise; the rest follows it in the list.
    if (!took_part(country.world, seizure, actor)) {
      onset.attitude[actor] = onset.attitude[static_cast<std::size_t>(country.world.actors[actor].rest_of)];
      continue;
    }
    const Stance stance = seizure.actors[actor].stance;
    if (seized) {
      onset.attitude[actor] = stance == Stance::join ? theta.loyalty : (stance == Stance::resist ? -theta.grudge : 0.0);
    } else if (stance == Stance::join) {
      onset.attitude[actor] = theta.purge;
    }
  }
}

void forget_attitudes(Country& country) {
  std::fill(country.state.onset.attitude.begin(), country.state.onset.attitude.end(), 0.0);
}

}  // namespace interregnum
