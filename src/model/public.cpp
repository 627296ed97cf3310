#include "model/public.hpp"

#include <algorithm>
#include <bit>

#include "base/binomial.hpp"
#include "base/distribution.hpp"
#include "base/identifiers.hpp"
#include "model/country.hpp"

namespace interregnum {

namespace {

// Upper ends of the classes' shares of the people, from the least to the middle; the upper half mirrors it.
constexpr std::array<double, class_count / 2> lower_half{0.0005, 0.002, 0.006, 0.016, 0.04, 0.10, 0.25, 0.5};
constexpr std::uint64_t country_hash = hash_identifier("country");
// Fewer people than this are not expected to move in a step: nobody does.
constexpr double too_few = 1e-7;

double normal_below(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

/// Mean of exp(slope · q) over the standard normal between two quantiles, in closed form. Turnout is nearly
/// proportional to it, so classes of any width give the turnout of individuals.
double mean_odds(double from, double to, double share, double slope) {
  return std::exp(0.5 * slope * slope) * (normal_below(to - slope) - normal_below(from - slope)) / share;
}

void make_classes(PublicState& people, double conviction) {
  if (people.odds_made_for == conviction) return;
  people.odds_made_for = conviction;
  constexpr double infinite = std::numeric_limits<double>::infinity();
  double below = 0.0;
  for (std::size_t index = 0; index < class_count; ++index) {
    const std::size_t mirrored = class_count - 2 - index;
    const double above =
        index < class_count / 2 ? lower_half[index] : (index + 1 == class_count ? 1.0 : 1.0 - lower_half[mirrored]);
    const double from = below > 0 ? normal_quantile(below) : -infinite;
    const double to = above < 1 ? normal_quantile(above) : infinite;
    people.weight[index] = above - below;
    people.middle[index] = normal_quantile(0.5 * (below + above));
    people.odds_for[index] = mean_odds(from, to, above - below, conviction);
    people.odds_against[index] = mean_odds(from, to, above - below, -conviction);
    below = above;
  }
}

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

/// What follows from the length of a step alone.
const PublicState::Pace& pace_of(Country& country, double hours) {
  PublicState::Pace& pace = country.state.people.pace;
  if (pace.hours == hours) return pace;
  const PublicTheta& theta = country.theta.people;
  pace.hours = hours;
  pace.moved = 1.0 - std::exp(-hours / (theta.crowd_days * hours_per_day));
  pace.shock_kept = std::exp(-hours / (theta.shock_days * hours_per_day));
  pace.shock_new = std::sqrt(1.0 - pace.shock_kept * pace.shock_kept);
  return pace;
}

/// One step of a chance that reverts to zero (an Ornstein-Uhlenbeck process, exact for any step).
double step_shock(const PublicState::Pace& pace, double shock, double sd, double z) {
  return pace.shock_kept * shock + sd * pace.shock_new * z;
}

/// Leaning toward the ruler of the file, from the share that leans to him.
double leaning_in_file(const Country& country, std::size_t place) {
  return normal_quantile(std::clamp(country.input(country.world.places[place].support), 0.001, 0.999));
}

/// Key of what chance does to crowds in the step that ends at `hour`: the date itself, so that no two steps share a
/// draw and two worlds share those of the dates that they have in common.
std::uint64_t date_key(double hour) { return std::bit_cast<std::uint64_t>(hour); }

/// What a step does to one side's crowd in a place, before chance.
struct Flows {
  double home = 0;                               ///< people who could go out
  double going_out = 0, going_out_variance = 0;  ///< sums of binomials, one a class
  double going_home = 0, going_home_variance = 0;
  double expected = 0;  ///< people out afterwards
};

/// A number of people by inversion, of many with different chances: the sum of the classes' binomials. Few of them: a
/// binomial of the same mean over all (off by at most the spread of the chances, Ehm 1991); many: a normal quantile
/// with the exact variance.
double draw_people(double of, double mean, double variance, double u) {
  if (!(mean > 0)) return 0.0;
  if (mean < binomial_exact_below) return binomial_quantile(of, std::min(1.0, mean / of), u);
  return std::clamp(std::floor(mean + std::sqrt(variance) * normal_quantile_fast(u) + 0.5), 0.0, of);
}

/// The crowd of one side of one place after the step. Two flows of many people are one normal quantile: the sum of two
/// normals.
double draw_crowd(const Flows& flows, double out, std::uint64_t word) {
  const double u = uniform_of(static_cast<std::uint32_t>(word >> 32U));
  if (flows.going_out >= binomial_exact_below && flows.going_home >= binomial_exact_below) {
    const double sd = std::sqrt(flows.going_out_variance + flows.going_home_variance);
    return std::clamp(std::floor(flows.expected + sd * normal_quantile_fast(u) + 0.5), 0.0, out + flows.home);
  }
  return out + draw_people(flows.home, flows.going_out, flows.going_out_variance, u) -
         draw_people(out, flows.going_home, flows.going_home_variance, uniform_of(static_cast<std::uint32_t>(word)));
}

/// The classes of one place in one step: people, people out, and products with the chance of going out, by class. The
/// loops that fill them are apart from those that add them up: the compiler makes vectors of the former.
struct Classes {
  double* out;
  const double* size;
  std::array<double, class_count> chance, size_chance, out_chance, size_chance2, out_chance2;
};

/// Chances of one side.
void find_chances(Classes& classes, const double* odds_of_class, double factor, std::size_t from, std::size_t to,
                  double moved) {
  double* __restrict chance = classes.chance.data();
  for (std::size_t k = from; k < to; ++k) {
    const double odds = odds_of_class[k] * factor;
    chance[k] = moved * odds / (1.0 + odds);
  }
}

void multiply(Classes& classes) {
  const double* __restrict out = classes.out;
  const double* __restrict size = classes.size;
  for (std::size_t k = 0; k < class_count; ++k) {
    const double chance = classes.chance[k];
    classes.size_chance[k] = size[k] * chance;
    classes.out_chance[k] = out[k] * chance;
    classes.size_chance2[k] = size[k] * chance * chance;
    classes.out_chance2[k] = out[k] * chance * chance;
  }
}

/// Sums of the classes `from` to `to`: at home a class loses (size - out) chance, in the street out (moved - chance),
/// each with its binomial variance. Of these classes' people `away` are still out for the other side.
Flows add_up(const Classes& classes, std::size_t from, std::size_t to, double moved, double people, double out,
             double away) {
  double size_chance = 0;
  double out_chance = 0;
  double size_chance2 = 0;
  double out_chance2 = 0;
  for (std::size_t k = from; k < to; ++k) {
    size_chance += classes.size_chance[k];
    out_chance += classes.out_chance[k];
    size_chance2 += classes.size_chance2[k];
    out_chance2 += classes.out_chance2[k];
  }
  Flows flows;
  const double home = std::max(0.0, people - out);
  flows.home = std::max(0.0, home - away);
  const double here = home > 0 ? flows.home / home : 0.0;
  flows.going_out = here * std::max(0.0, size_chance - out_chance);
  flows.going_out_variance = flows.going_out - here * (size_chance2 - out_chance2);
  flows.going_home = std::max(0.0, moved * out - out_chance);
  flows.going_home_variance = flows.going_home - (moved * moved * out - 2.0 * moved * out_chance + out_chance2);
  flows.expected = out + flows.going_out - flows.going_home;
  return flows;
}

/// Draws the crowd of the side to which the classes `from` to `to` lean; returns its size. How the classes share in
/// what chance adds follows their expectations: what comes of them later depends, in the mean, on their sum alone.
double move_side(Classes& classes, std::size_t from, std::size_t to, double moved, double people, double out,
                 double away, std::uint64_t word) {
  const Flows flows = add_up(classes, from, to, moved, people, out, away);
  if (!(out > 0) && flows.going_out < too_few) return 0.0;
  const double crowd = draw_crowd(flows, out, word);
  const double scale = flows.expected > 0 ? crowd / flows.expected : 0.0;
  double sum = 0.0;
  for (std::size_t k = from; k < to; ++k) {
    classes.out[k] = std::min(classes.size[k], (classes.out[k] * (1.0 - moved) + classes.size_chance[k]) * scale);
    sum += classes.out[k];
  }
  // A class cannot have more people out than it has; but for that the sum is the crowd.
  return std::min(crowd, std::ceil(sum - 1e-6));
}

/// Whether the classes from `divide` on lean to the ruler, and only they.
bool divides(const PublicState& people, double leaning, std::size_t divide) {
  if (divide > class_count) return false;
  return (divide == 0 || leaning + people.middle[divide - 1] <= 0) &&
         (divide == class_count || leaning + people.middle[divide] > 0);
}

std::size_t find_divide(const PublicState& people, double leaning) {
  std::size_t divide = 0;
  while (divide < class_count && leaning + people.middle[divide] <= 0) ++divide;
  return divide;
}

void set_divide(PlaceCrowd& place, const double* size, std::size_t divide) {
  place.divide = divide;
  place.against = 0.0;
  for (std::size_t k = 0; k < divide; ++k) place.against += size[k];
}

/// Classes that have come to lean to the other side: who of them is out stays there for a while, and goes home.
void turn_classes(PlaceCrowd& place, const Classes& classes, std::size_t divide) {
  const std::size_t before = place.divide > class_count ? divide : place.divide;
  for (std::size_t k = std::min(before, divide); k < std::max(before, divide); ++k) {
    // Those below the divide lean against the ruler now.
    double& side = divide > before ? place.turned_for : place.turned_against;
    double& crowd = divide > before ? place.out_for : place.out_against;
    side += classes.out[k];
    crowd = std::max(0.0, crowd - classes.out[k]);
    classes.out[k] = 0.0;
  }
  set_divide(place, classes.size, divide);
}

/// What is left of such a crowd after a step.
double turned_left(double turned, double moved, std::uint64_t bits) {
  if (!(turned > 0)) return 0.0;
  const double people = std::ceil(turned);
  const double left = people - binomial_quantile(people, moved, uniform_of(static_cast<std::uint32_t>(bits)));
  return std::min(turned, left);
}

/// Tells of a crowd in the capital that has become large, or has gone.
void watch_crowd(Country& country, bool& is_large, double out, EventKind gathers) {
  const double share = out / country.state.people.places[static_cast<std::size_t>(country.world.capital)].population;
  const double half = country.theta.people.crowd_half;
  if (is_large ? share > 0.4 * half : share < half) return;
  is_large = !is_large;
  tell(country, is_large ? gathers : EventKind::crowds_disperse, none, country.world.capital, out);
}

void shoot(Country& country) {
  PublicState& people = country.state.people;
  const PublicTheta& theta = country.theta.people;
  const auto capital = static_cast<std::size_t>(country.world.capital);
  const double hazard = theta.shooting_rate * people.will_to_shoot * crowd_against(country, capital) * country.weeks();
  if (!people.shooting_clock.rings(country.draws, DrawPurpose::shooting, country_hash, hazard)) return;
  const double u = country.draws.block(DrawPurpose::shooting, country_hash, people.shooting_clock.count - 1)[1];
  const double dead = std::ceil(
      std::min(theta.shooting_deaths * std::exp(normal_quantile_fast(u)), people.places[capital].streets_against()));
  if (dead < 1) return;
  country.state.rulers.now.killings += std::min(1.0, std::log1p(dead) / std::log1p(100.0));
  country.state.country.deaths += dead;
  tell(country, EventKind::protesters_killed, none, country.world.capital, dead);
}

}  // namespace

PublicState::PublicState(const World& world)
    : places(world.places.size()),
      size(world.places.size() * class_count),
      out(world.places.size() * class_count),
      toward_last(world.places.size()),
      toward_deposed(world.places.size()),
      toward_old_class(world.places.size()) {}

void start_public(Country& country) {
  PublicState& people = country.state.people;
  const World& world = country.world;
  make_classes(people, country.theta.people.conviction);
  std::fill(people.out.begin(), people.out.end(), 0.0);
  people.population = people.out_against = people.out_for = people.country_shock = 0;
  people.shooting_clock = HazardClock{};
  people.crowd_is_large_against = people.crowd_is_large_for = false;
  people.pace = PublicState::Pace{};
  for (std::size_t index = 0; index < world.places.size(); ++index) {
    PlaceCrowd& place = people.places[index];
    place = PlaceCrowd{};
    place.population = std::floor(country.input(world.places[index].population));
    people.population += place.population;
    double left = place.population;
    for (std::size_t k = 0; k + 1 < class_count; ++k) {
      // From the ends inward, so that rounding falls on the large classes.
      const std::size_t at = k % 2 == 0 ? k / 2 : class_count - 1 - k / 2;
      const double size = std::min(left, std::round(people.weight[at] * place.population));
      people.size[index * class_count + at] = size;
      left -= size;
    }
    people.size[index * class_count + class_count / 2] = left;
    place.stepped_at = country.hour;
  }
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

void step_crowd(Country& country, std::size_t index) {
  PublicState& people = country.state.people;
  PlaceCrowd& place = people.places[index];
  const PublicTheta& theta = country.theta.people;
  const double hours = country.hour - place.stepped_at;
  place.stepped_at = country.hour;
  if (!(place.population > 0) || !(hours > 0)) return;
  const PublicState::Pace& pace = pace_of(country, hours);
  const auto words = country.draws.words(DrawPurpose::crowd, country.world.places[index].hash, date_key(country.hour));
  place.shock = step_shock(pace, place.shock, theta.shock_place,
                           normal_quantile_fast(uniform_of(static_cast<std::uint32_t>(words[2]))));

  const double leaning = leaning_in(country, index);
  const double elsewhere = theta.coupling / people.population;
  const double scale = 1.0 / place.population;
  const auto pull = [&](double here, double everywhere) {
    return theta.contagion * saturating(here * scale + everywhere * elsewhere, theta.contagion_half);
  };
  Rulers& rulers = country.state.rulers;
  const bool is_capital = index == static_cast<std::size_t>(country.world.capital);
  // While soldiers contest the capital nobody is there to shoot at crowds in its streets.
  const bool contested = rulers.attempt_is_on && is_capital;
  const double common = people.country_shock + place.shock - theta.cost;
  // Those who organised the protest before the coup oppose the old class, and stand by a junta that has overthrown it.
  const double movement = theta.organisation * people.protest_before;
  const bool faces_old_class = is_old_class(rulers.now.kind);
  const bool faces_who_overthrew_it = rulers.now.kind == RulerKind::junta && rulers.now.overthrew_old_class;
  const double drive_against = common + pull(place.streets_against(), people.out_against) +
                               (faces_old_class ? movement : 0.0) + theta.organisation * rulers.now.organised_against +
                               theta.call * place.call_against -
                               (contested ? 0.0 : theta.repression * people.will_to_shoot);
  const double drive_for = common + pull(place.streets_for(), people.out_for) +
                           (faces_who_overthrew_it ? movement : 0.0) + theta.call * place.call_for +
                           (rulers.is_on_air ? theta.ruler_call : 0.0);

  const std::size_t first = index * class_count;
  Classes classes;  // its arrays are filled below
  classes.out = &people.out[first];
  classes.size = &people.size[first];
  const double before_against = place.streets_against();
  const double before_for = place.streets_for();
  if (!divides(people, leaning, place.divide)) turn_classes(place, classes, find_divide(people, leaning));
  const std::size_t divide = place.divide;
  const double factor_against = std::exp(drive_against - theta.conviction * leaning);
  const double factor_for = std::exp(drive_for + theta.conviction * leaning);
  const double moved = pace.moved;
  find_chances(classes, people.odds_against.data(), factor_against, 0, divide, moved);
  find_chances(classes, people.odds_for.data(), factor_for, divide, class_count, moved);
  multiply(classes);
  place.out_against =
      move_side(classes, 0, divide, moved, place.against, place.out_against, place.turned_for, words[0]);
  place.out_for = move_side(classes, divide, class_count, moved, place.population - place.against, place.out_for,
                            place.turned_against, words[1]);
  place.turned_against = turned_left(place.turned_against, moved, words[2] >> 32U);
  place.turned_for = turned_left(place.turned_for, moved, words[3]);
  const double against = place.streets_against();
  const double supporting = place.streets_for();
  people.out_against += against - before_against;
  people.out_for += supporting - before_for;
  if (is_capital) {
    rulers.now.peak_against = std::max(rulers.now.peak_against, against * scale);
    rulers.now.peak_for = std::max(rulers.now.peak_for, supporting * scale);
    watch_crowd(country, people.crowd_is_large_against, against, EventKind::crowds_gather_against);
    watch_crowd(country, people.crowd_is_large_for, supporting, EventKind::crowds_gather_for);
  }
}

void step_public(Country& country, bool with_capital) {
  PublicState& people = country.state.people;
  const PublicTheta& theta = country.theta.people;
  Rulers& rulers = country.state.rulers;
  rulers.now.killings *= std::exp(-country.days() / theta.killings_days);
  const double z =
      normal_quantile_fast(country.draws.uniform(DrawPurpose::crowd, country_hash, date_key(country.hour)));
  people.country_shock = step_shock(pace_of(country, country.step), people.country_shock, theta.shock_country, z);
  people.national = weight_of_events(country);
  people.will_to_shoot = will_to_shoot(country);
  for (const std::int32_t place : country.state.places_first.order) {
    if (with_capital || place != country.world.capital) step_crowd(country, static_cast<std::size_t>(place));
  }
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

/// Sends those who are out against and for the ruler back to classes that lean so: which classes these are, under a new
/// question, follows from the convictions, the most extreme first.
void place_crowds(PublicState& people, std::size_t index, double leaning, double left_against, double left_for) {
  PlaceCrowd& place = people.places[index];
  people.out_against -= left_against;
  people.out_for -= left_for;
  place.out_against = place.out_for = place.turned_against = place.turned_for = 0;
  double* out = &people.out[index * class_count];
  const double* size = &people.size[index * class_count];
  const std::size_t divide = find_divide(people, leaning);
  set_divide(place, size, divide);
  for (std::size_t k = 0; k < divide; ++k) {
    out[k] = std::min(size[k], left_against);
    left_against -= out[k];
    place.out_against += out[k];
  }
  for (std::size_t k = class_count; k-- > divide;) {
    out[k] = std::min(size[k], left_for);
    left_for -= out[k];
    place.out_for += out[k];
  }
  people.out_against += place.out_against;
  people.out_for += place.out_for;
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
    const double against = place.streets_against();
    const double supporting = place.streets_for();
    place_crowds(people, index, leaning_in(country, index), sides_turn ? supporting : against,
                 sides_turn ? against : supporting);
  }
}

}  // namespace interregnum
