#include "model/crowds.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "base/binomial.hpp"
#include "base/distribution.hpp"
#include "model/country.hpp"

namespace interregnum {

namespace {

// Upper ends of the classes' shares of the people, from the least to the middle; the upper half mirrors it.
constexpr std::array<double, class_count / 2> lower_half{0.0005, 0.002, 0.006, 0.016, 0.04, 0.10, 0.25, 0.5};
// Fewer people than this are not expected to move in a step: nobody does.
constexpr double too_few = 1e-7;
// A change of what drives people, in logits, that a town does not wait to take notice of.
constexpr double noticed = 0.2;

double normal_below(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

/// Upper end of a class, as a share of the people.
double upper_end(std::size_t index) {
  if (index < class_count / 2) return lower_half[index];
  return index + 1 == class_count ? 1.0 : 1.0 - lower_half[class_count - 2 - index];
}

/// What follows from the length of a step alone.
const CrowdPace& pace_of(Country& country, double hours) {
  CrowdPace& pace = country.state.people.pace;
  if (pace.hours == hours) return pace;
  const PublicTheta& theta = country.theta.people;
  pace.hours = hours;
  pace.moved = 1.0 - std::exp(-hours / (theta.crowd_days * hours_per_day));
  pace.shock_kept = std::exp(-hours / (theta.shock_days * hours_per_day));
  pace.shock_new = std::sqrt(1.0 - pace.shock_kept * pace.shock_kept);
  return pace;
}

/// One step of a chance that reverts to zero (an Ornstein-Uhlenbeck process, exact for any step).
double step_shock(const CrowdPace& pace, double shock, double sd, double z) {
  return pace.shock_kept * shock + sd * pace.shock_new * z;
}

/// Key of what chance does to crowds in the step that ends at `hour`: the date itself, so that no two steps share a
/// draw and two worlds share those of the dates that they have in common.
std::uint64_t date_key(double hour) { return std::bit_cast<std::uint64_t>(hour); }

/// What brings people out, on either side; in logits.
struct Drive {
  double against = 0, supporting = 0;
};

/// What moves the people of every place alike, but for chance.
Drive common_drive(const Country& country, bool contested) {
  const PublicState& people = country.state.people;
  const PublicTheta& theta = country.theta.people;
  const Rulers& rulers = country.state.rulers;
  // Those who organised the protest before the coup oppose the old class, and stand by a junta that has overthrown it.
  const double movement = theta.organisation * people.protest_before;
  const bool faces_old_class = is_old_class(rulers.now.kind);
  const bool faces_who_overthrew_it = rulers.now.kind == RulerKind::junta && rulers.now.overthrew_old_class;
  const double convinced = theta.conviction * people.national;
  return {-theta.cost - convinced + (faces_old_class ? movement : 0.0) +
              theta.organisation * rulers.now.organised_against -
              (contested ? 0.0 : theta.repression * people.will_to_shoot),
          -theta.cost + convinced + (faces_who_overthrew_it ? movement : 0.0) +
              (rulers.is_on_air ? theta.ruler_call : 0.0)};
}

/// Whether the people of a place that is not due have cause to do otherwise than when its crowds moved last.
bool has_news(const PlaceCrowd& place, const Drive& common) {
  return std::abs(common.against - place.met_against) > noticed ||
         std::abs(common.supporting - place.met_for) > noticed;
}

/// Where the crowd of one side tends.
struct Target {
  double share = 0;   ///< of the place's people, out in the end if all else stays
  double chance = 0;  ///< mean over those who would be out then of their chance to be
};

struct Targets {
  Target against, supporting;
};

/// Chance to be out, by what drives people out: as good as the odds while these are small, `most_out` in the end.
double chance_of_odds(double odds) { return most_out * odds / (most_out + odds); }

/// Two loops: compilers make vectors of the first, and all of them add up in the order of the second.
Targets find_targets(const LeaningClasses& classes, const LeaningSplit& split, double factor_against,
                     double factor_for) {
  LeaningClasses::Row parts;    // filled below
  LeaningClasses::Row squares;  // likewise
  const double* __restrict odds_of = classes.odds[split.parted].data();
  for (std::size_t k = 0; k < class_count; ++k) {
    const double chance = chance_of_odds(odds_of[k] * (k < split.parted ? factor_against : factor_for));
    parts[k] = classes.weight[k] * chance;
    squares[k] = parts[k] * chance;
  }
  const auto add_up = [&](std::size_t from, std::size_t to, double weight, double odds) {
    const double chance = chance_of_odds(odds);
    double share = weight * chance;
    double sum = share * chance;
    for (std::size_t k = from; k < to; ++k) {
      share += parts[k];
      sum += squares[k];
    }
    return Target{share, share > 0 ? sum / share : 0.0};
  };
  return {add_up(0, split.parted, split.weight_against, split.odds_against * factor_against),
          add_up(split.parted + 1, class_count, split.weight_for, split.odds_for * factor_for)};
}

/// A number of people by inversion, of many with different chances: the sum of the classes' binomials. Few of them: a
/// binomial of the same mean over all (off by at most the spread of the chances, Ehm 1991); many: a normal quantile
/// with the variance of the sum.
double draw_people(double of, double mean, double variance, double u) {
  if (!(mean > 0)) return 0.0;
  if (mean < binomial_exact_below) return binomial_quantile(of, std::min(1.0, mean / of), u);
  return std::clamp(std::floor(mean + std::sqrt(variance) * normal_quantile_fast(u) + 0.5), 0.0, of);
}

/// The crowd of one side of one place after a step in which the share `moved` makes up its mind anew. `people` lean to
/// that side, and `away` of them are still out for the other one. The expectation is exact. Its spread takes it that
/// those who are out are spread over the classes as in the end.
double next_crowd(const Target& target, double moved, double population, double people, double out, double away,
                  std::uint64_t word) {
  const double all_home = std::max(0.0, std::floor(people) - out);
  const double home = std::max(0.0, all_home - away);
  const double here = all_home > 0 ? home / all_home : 0.0;
  const double tends = population * target.share;
  const double leaving_home = std::max(0.0, moved * (tends - out * target.chance));
  const double going_out = here * leaving_home;
  if (!(out > 0) && going_out < too_few) return 0.0;
  const double going_home = leaving_home - moved * (tends - out);
  const double variance_out = going_out * (1.0 - moved * target.chance);
  const double variance_home = going_home * (1.0 - moved * (1.0 - target.chance));
  const double u = uniform_of(static_cast<std::uint32_t>(word >> 32U));
  if (going_out >= binomial_exact_below && going_home >= binomial_exact_below) {
    // Two flows of many people are one normal quantile: the sum of two normals.
    const double sd = std::sqrt(variance_out + variance_home);
    return std::clamp(std::floor(out + going_out - going_home + sd * normal_quantile_fast(u) + 0.5), 0.0, out + home);
  }
  return out + draw_people(home, going_out, variance_out, u) -
         draw_people(out, going_home, variance_home, uniform_of(static_cast<std::uint32_t>(word)));
}

/// Tells of a crowd in the capital that has become large, or has gone.
void watch_crowd(Country& country, bool& is_large, double out, EventKind gathers) {
  const double share = out / country.state.people.places[static_cast<std::size_t>(country.world.capital)].population;
  const double half = country.theta.people.crowd_half;
  if (is_large ? share > 0.4 * half : share < half) return;
  is_large = !is_large;
  tell(country, is_large ? gathers : EventKind::crowds_disperse, none, country.world.capital, out);
}

void watch_capital(Country& country, const PlaceCrowd& place) {
  PublicState& people = country.state.people;
  Reign& reign = country.state.rulers.now;
  reign.peak_against = std::max(reign.peak_against, place.share_against());
  reign.peak_for = std::max(reign.peak_for, place.share_for());
  watch_crowd(country, people.crowd_is_large_against, place.out_against, EventKind::crowds_gather_against);
  watch_crowd(country, people.crowd_is_large_for, place.out_for, EventKind::crowds_gather_for);
}

/// Moves the crowds of a place toward what its people want now. `own`: their leaning but for what the nation shares.
void move_crowds(Country& country, PlaceCrowd& place, const Drive& common, double own, const CrowdPace& pace,
                 std::uint64_t against, std::uint64_t supporting) {
  PublicState& people = country.state.people;
  const PublicTheta& theta = country.theta.people;
  const double here = 1.0 / place.population;
  const double elsewhere = theta.coupling / people.population;
  const auto pull = [&](double out_here, double out_everywhere) {
    return theta.contagion * saturating(out_here * here + out_everywhere * elsewhere, theta.contagion_half);
  };
  const double chance = people.country_shock + place.shock;
  const double convinced = theta.conviction * own;
  const double drive_against = common.against + chance + theta.call * place.call_against - convinced +
                               pull(place.out_against, people.out_against);
  const double drive_for =
      common.supporting + chance + theta.call * place.call_for + convinced + pull(place.out_for, people.out_for);
  const Targets targets = find_targets(people.classes, place.split, std::exp(drive_against), std::exp(drive_for));
  const double who_oppose = place.population * place.split.share_against;
  const double who_support = place.population - who_oppose;
  const double before_against = place.out_against;
  const double before_for = place.out_for;
  // Who has come to lean to the other side while out stays there for a while, and goes home.
  const double turned_for = std::max(0.0, before_against - who_oppose);
  const double turned_against = std::max(0.0, before_for - who_support);
  place.out_against =
      next_crowd(targets.against, pace.moved, place.population, who_oppose, before_against, turned_against, against);
  place.out_for =
      next_crowd(targets.supporting, pace.moved, place.population, who_support, before_for, turned_for, supporting);
  people.out_against += place.out_against - before_against;
  people.out_for += place.out_for - before_for;
}

void step_place(Country& country, std::size_t index, const Drive& common) {
  PublicState& people = country.state.people;
  PlaceCrowd& place = people.places[index];
  const PublicTheta& theta = country.theta.people;
  const double hours = country.hour - place.stepped_at;
  place.stepped_at = country.hour;
  if (!(place.population > 0) || !(hours > 0)) return;
  const CrowdPace& pace = pace_of(country, hours);
  const auto words = country.draws.words(DrawPurpose::crowd, country.world.places[index].hash, date_key(country.hour));
  place.shock = step_shock(pace, place.shock, theta.shock_place,
                           normal_quantile_fast(uniform_of(static_cast<std::uint32_t>(words[2]))));
  const double leaning = leaning_in(country, index);
  people.classes.part(leaning, place.split);
  move_crowds(country, place, common, leaning - people.national, pace, words[0], words[1]);
  if (index == static_cast<std::size_t>(country.world.capital)) watch_capital(country, place);
}

}  // namespace

LeaningClasses::LeaningClasses() {
  for (std::size_t k = 0; k < class_count; ++k) {
    below_[k + 1] = upper_end(k);
    weight[k] = below_[k + 1] - below_[k];
  }
  constexpr double infinite = std::numeric_limits<double>::infinity();
  edge_.front() = -infinite;
  edge_.back() = infinite;
  for (std::size_t k = 1; k < class_count; ++k) edge_[k] = normal_quantile(below_[k]);
}

// The mean of exp(conviction · q) over the standard normal between two quantiles is known in closed form. Turnout is
// nearly proportional to it, so classes of any width give the turnout of individuals.
void LeaningClasses::make_odds(double conviction) {
  if (conviction_ == conviction) return;
  conviction_ = conviction;
  scale_ = std::exp(0.5 * conviction * conviction);
  less_.back() = more_.back() = 1.0;
  for (std::size_t k = 1; k < class_count; ++k) {
    less_[k] = normal_below(edge_[k] - conviction);
    more_[class_count - k] = 1.0 - less_[k];  // the edges are those of a mirror
  }
  for (std::size_t k = 0; k < class_count; ++k) {
    odds_for[k] = scale_ * (less_[k + 1] - less_[k]) / weight[k];
    odds_against[class_count - 1 - k] = odds_for[k];
  }
  for (std::size_t parted = 0; parted < class_count; ++parted) {
    for (std::size_t k = 0; k < class_count; ++k) odds[parted][k] = k < parted ? odds_against[k] : odds_for[k];
  }
}

void LeaningClasses::part(double leaning, LeaningSplit& split) const {
  // Hardship moves leanings a little in every step: less than this moves no crowd by a thousandth.
  constexpr double too_little = 5e-4;
  if (std::abs(leaning - split.leaning) < too_little) return;
  split.leaning = leaning;
  const double line = -leaning;
  std::size_t k = split.parted;
  while (k + 1 < class_count && line >= edge_[k + 1]) ++k;
  while (k > 0 && line < edge_[k]) --k;
  split.parted = k;
  split.share_against = std::clamp(normal_below(line), below_[k], below_[k + 1]);
  split.weight_against = split.share_against - below_[k];
  split.weight_for = below_[k + 1] - split.share_against;
  const auto mean = [&](double mass, double share) { return share > 0 ? scale_ * std::max(0.0, mass) / share : 0.0; };
  split.odds_against = mean(normal_below(line + conviction_) - more_[k], split.weight_against);
  split.odds_for = mean(less_[k + 1] - normal_below(line - conviction_), split.weight_for);
}

void start_crowds(Country& country) {
  PublicState& people = country.state.people;
  const World& world = country.world;
  const PublicTheta& theta = country.theta.people;
  people.classes.make_odds(theta.conviction);
  people.population = people.out_against = people.out_for = people.country_shock = 0;
  people.crowd_is_large_against = people.crowd_is_large_for = false;
  people.pace = CrowdPace{};
  for (std::size_t index = 0; index < world.places.size(); ++index) {
    PlaceCrowd& place = people.places[index];
    place = PlaceCrowd{};
    place.population = std::floor(country.input(world.places[index].population));
    place.stepped_at = country.hour;
    people.population += place.population;
  }
}

void step_crowd(Country& country, std::size_t place) {
  // While soldiers contest the capital nobody is there to shoot at crowds in its streets.
  const bool contested = country.state.rulers.attempt_is_on && place == static_cast<std::size_t>(country.world.capital);
  step_place(country, place, common_drive(country, contested));
}

void step_crowds(Country& country, bool with_capital) {
  PublicState& people = country.state.people;
  const double z =
      normal_quantile_fast(country.draws.uniform(DrawPurpose::crowd, country_hash, date_key(country.hour)));
  people.country_shock =
      step_shock(pace_of(country, country.step), people.country_shock, country.theta.people.shock_country, z);
  const Drive common = common_drive(country, false);
  const double wait = country.theta.clock.town_steps * country.step;
  for (const std::int32_t number : country.state.places_first.order) {
    const auto index = static_cast<std::size_t>(number);
    PlaceCrowd& place = people.places[index];
    if (number == country.world.capital) {
      if (with_capital) step_place(country, index, common);
      continue;
    }
    if (country.hour < place.due_at && !has_news(place, common)) continue;
    place.due_at = (std::floor(country.hour / wait + 1e-9) + 1.0) * wait;
    place.met_against = common.against;
    place.met_for = common.supporting;
    step_place(country, index, common);
  }
}

void place_crowds(Country& country, std::size_t index, double against, double supporting) {
  PublicState& people = country.state.people;
  PlaceCrowd& place = people.places[index];
  people.out_against -= against;
  people.out_for -= supporting;
  people.classes.part(leaning_in(country, index), place.split);
  const double who_oppose = place.population * place.split.share_against;
  place.out_against = std::min(against, std::floor(who_oppose));
  place.out_for = std::min(supporting, std::floor(place.population - who_oppose));
  place.due_at = 0;
  people.out_against += place.out_against;
  people.out_for += place.out_for;
}

}  // namespace interregnum
