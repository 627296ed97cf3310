#include "model/public.hpp"

#include <algorithm>

#include "base/binomial.hpp"
#include "base/distribution.hpp"
#include "model/country.hpp"

namespace interregnum {

namespace {

/// What events make of every citizen's leaning toward the ruler of the day, apart from what blocs say.
double weight_of_events(const Country& country) {
  const PublicTheta& theta = country.theta.people;
  const CountryState& state = country.state.country;
  const double years = country.hour / hours_per_year;
  return -years * (theta.economy * country.input(country.world.economy) +
                   theta.corruption * country.input(country.world.corruption)) -
         theta.towns_lost * saturating(state.lost_share, 0.1) - theta.killings * country.state.rulers.now.killings -
         theta.sanctions * state.sanctions;
}

/// Leaning toward the ruler of the file, from the share that leans to him.
double leaning_in_file(const Country& country, std::size_t place) {
  return normal_quantile(std::clamp(country.input(country.world.places[place].support), 0.001, 0.999));
}

void shoot(Country& country) {
  PublicState& people = country.state.people;
  const PublicTheta& theta = country.theta.people;
  const auto capital = static_cast<std::size_t>(country.world.capital);
  const double hazard = theta.shooting_rate * people.will_to_shoot * crowd_against(country, capital) * country.weeks();
  if (!people.shooting_clock.rings(country.draws, DrawPurpose::shooting, country_hash, hazard)) return;
  const double u = country.draws.block(DrawPurpose::shooting, country_hash, people.shooting_clock.count - 1)[1];
  const double dead = std::ceil(
      std::min(theta.shooting_deaths * std::exp(normal_quantile_fast(u)), people.places[capital].out_against));
  if (dead < 1) return;
  country.state.rulers.now.killings += std::min(1.0, std::log1p(dead) / std::log1p(100.0));
  country.state.country.deaths += dead;
  tell(country, EventKind::protesters_killed, none, country.world.capital, dead);
}

}  // namespace

PublicState::PublicState(const World& world)
    : places(world.places.size()),
      toward_last(world.places.size()),
      toward_deposed(world.places.size()),
      toward_old_class(world.places.size()) {}

void start_public(Country& country) {
  PublicState& people = country.state.people;
  const World& world = country.world;
  start_crowds(country);
  people.shooting_clock = HazardClock{};
  const double capital = people.places[static_cast<std::size_t>(world.capital)].population;
  const double share = capital > 0 ? std::min(1.0, country.input(world.protest_before) / capital) : 0.0;
  people.protest_before = std::log1p(1000.0 * share);
}

void settle_public(Country& country) {
  PublicState& people = country.state.people;
  people.national = weight_of_events(country);
  people.will_to_shoot = will_to_shoot(country);
  for (std::size_t index = 0; index < people.places.size(); ++index) {
    PlaceCrowd& place = people.places[index];
    people.toward_old_class[index] = leaning_in_file(country, index) - country.theta.people.words * place.words;
    place.offset = people.toward_old_class[index] - people.national;
  }
}

double leaning_in(const Country& country, std::size_t place) {
  const PublicState& people = country.state.people;
  return people.places[place].offset + people.national + country.theta.people.words * people.places[place].words;
}

double leaning_of_country(const Country& country) {
  const PublicState& people = country.state.people;
  if (!(people.population > 0)) return 0.0;
  double sum = 0.0;
  for (std::size_t place = 0; place < people.places.size(); ++place)
    sum += people.places[place].population * leaning_in(country, place);
  return sum / people.population;
}

double crowd_against(const Country& country, std::size_t place) {
  return saturating(country.state.people.places[place].share_against(), country.theta.people.crowd_half);
}

double crowd_for(const Country& country, std::size_t place) {
  return saturating(country.state.people.places[place].share_for(), country.theta.people.crowd_half);
}

double will_to_shoot(const Country& country) {
  const PublicTheta& theta = country.theta.people;
  return logistic(theta.will_to_shoot + theta.will_cohesion * (country.state.country.cohesion - 0.5));
}

void step_public(Country& country) {
  PublicState& people = country.state.people;
  const PublicTheta& theta = country.theta.people;
  Rulers& rulers = country.state.rulers;
  rulers.now.killings *= people.killings_kept(-country.days() / theta.killings_days);
  people.national = weight_of_events(country);
  people.will_to_shoot = will_to_shoot(country);
  step_crowds(country, !rulers.attempt_is_on);
  if (!rulers.attempt_is_on) shoot(country);
}

void note_leanings(Country& country) {
  PublicState& people = country.state.people;
  for (std::size_t place = 0; place < people.places.size(); ++place)
    people.toward_last[place] = leaning_in(country, place);
}

void keep_leanings(Country& country) {
  PublicState& people = country.state.people;
  for (std::size_t place = 0; place < people.places.size(); ++place)
    people.toward_deposed[place] = people.places[place].offset;
}

namespace {

/// What a place thinks of the ruler whom it meets, apart from blocs' words and from events since.
double leaning_at_first(const Country& country, std::size_t place, Welcome welcome) {
  const PublicState& people = country.state.people;
  const PublicTheta& theta = country.theta.people;
  switch (welcome) {
    case Welcome::by_force:
      return theta.new_ruler + theta.carry_over * people.toward_last[place];
    case Welcome::blank:
      return 0.0;
    case Welcome::old_class:
      return people.toward_old_class[place];
    case Welcome::again:
      return people.toward_deposed[place] + people.national;
  }
  return 0.0;
}

}  // namespace

void public_meets_ruler(Country& country, Welcome welcome, bool sides_turn) {
  PublicState& people = country.state.people;
  // From now on leanings answer to this ruler's own events: his killings, the sanctions on him.
  people.national = weight_of_events(country);
  if (sides_turn) {
    std::swap(people.crowd_is_large_against, people.crowd_is_large_for);
    std::swap(people.out_against, people.out_for);
  }
  for (std::size_t index = 0; index < people.places.size(); ++index) {
    PlaceCrowd& place = people.places[index];
    place.offset = leaning_at_first(country, index, welcome) - people.national;
    const double against = place.out_against;
    const double supporting = place.out_for;
    place_crowds(country, index, sides_turn ? supporting : against, sides_turn ? against : supporting);
  }
}

}  // namespace interregnum
