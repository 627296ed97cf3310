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

bool election_is_near(const Country& country) {
  const double near = country.hour + 0.5 * hours_per_year;
  if (country.state.country.election_due <= near) return true;
  const std::size_t next = country.state.country.next_election;
  return next < country.world.elections.size() && country.world.elections[next].hour <= near;
}

double share_trained(const Country& country) {
  double share = 0.0;
  for (const WorldPatron& patron : country.world.patrons) share += country.input(patron.training);
  return std::min(1.0, share);
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

void choose_objectives(const Country& country, AttemptPlan& plan) {
  const World& world = country.world;
  plan.objectives.clear();
  // What the plot of the file wants in the capital is what any plot wants; elsewhere only what it can reach.
  for (const std::int32_t site : world.objectives) {
    if (world.sites[static_cast<std::size_t>(site)].place == world.capital) plan.objectives.push_back(site);
  }
  if (std::find(plan.objectives.begin(), plan.objectives.end(), world.presidency) == plan.objectives.end())
    plan.objectives.push_back(world.presidency);
}

}  // namespace

void start_onset(Country& country) {
  OnsetState& onset = country.state.onset;
  onset.clocks.fill(HazardClock{});
  onset.attempts = 0;
  onset.last_attempt = long_ago;
  for (const WorldEarlierAttempt& attempt : country.world.history)
    onset.last_attempt = std::max(onset.last_attempt, attempt.hour);
  for (std::size_t actor = 0; actor < onset.attitude.size(); ++actor)
    onset.attitude[actor] = -country.input(country.world.actors[actor].leaning);
}

double log_hazard(const Country& country) {
  const OnsetTheta& theta = country.theta.onset;
  const CountryState& state = country.state.country;
  const World& world = country.world;
  const bool soldiers_rule = state.ruler == RulerKind::junta && !state.elected;
  double sum = theta.recent *
               std::exp((country.state.onset.last_attempt - country.hour) / (theta.recent_years * hours_per_year));
  // 2,700 dollars is the middle of the record's country-years with an attempt.
  if (world.gdp_is_known) sum += theta.income * std::log(country.input(world.gdp_per_head) / 2700.0);
  const bool elected = state.ruler == RulerKind::incumbent ? world.democratic : !soldiers_rule && state.elected;
  if (elected) sum += theta.democracy;
  const double military =
      soldiers_rule ? 1.0 : (state.ruler == RulerKind::incumbent ? country.input(world.military_regime) : 0.0);
  sum += theta.military_regime * military;
  const double years = std::min(20.0, (country.hour - state.ruler_since) / hours_per_year);
  sum += theta.tenure * years;
  if (election_is_near(country)) sum += theta.election_near;
  sum += theta.turnout * crowd_against(country, static_cast<std::size_t>(world.capital));
  sum += 2.0 * theta.towns_lost * std::min(0.5, state.lost_share);
  sum += theta.cohesion * (cohesion_of_a_sound_army - state.cohesion);
  sum += theta.training * share_trained(country);
  return sum;
}

bool step_onset(Country& country, Rank& tier) {
  const OnsetTheta& theta = country.theta.onset;
  const double common = std::exp(log_hazard(country)) * country.years();
  const std::array<double, 3> base{std::exp(theta.junior), std::exp(theta.middle), std::exp(theta.senior)};
  bool moves = false;
  for (std::size_t rank = 0; rank < base.size(); ++rank) {
    // Of two that would move in the same step the higher does.
    if (!country.state.onset.clocks[rank].rings(country.draws, DrawPurpose::onset, onset_hash + rank,
                                                base[rank] * common))
      continue;
    moves = true;
    tier = static_cast<Rank>(rank);
  }
  return moves;
}

bool plan_attempt(Country& country, Rank tier, AttemptPlan& plan) {
  const World& world = country.world;
  OnsetState& onset = country.state.onset;
  const std::uint32_t number = onset.attempts;
  if (number == 0) {
    plan_from_file(world, country.state.inputs, plan);
    plan.tier = world.begins_with_attempt ? plan.tier : tier;
  } else {
    plan.number = number;
    plan.tier = tier;
    plan.cast = world.actors.size();
    plan.ruler_place = world.capital;
    plan.ruler_site = world.presidency;
    choose_units(country, tier, plan);
    if (plan.units.empty()) return false;
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
    country.state.people.protest_before += country.theta.lessons.protest_gain;
  ++onset.attempts;
  onset.last_attempt = country.hour;
  return true;
}

void settle_attitudes(Country& country, bool seized) {
  const OnsetTheta& theta = country.theta.onset;
  OnsetState& onset = country.state.onset;
  const SeizureState& seizure = country.state.seizure;
  for (std::size_t actor = 0; actor < seizure.actors.size(); ++actor) {
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
