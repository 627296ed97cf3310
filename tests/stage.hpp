#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "model/country.hpp"
#include "support.hpp"

namespace interregnum::test {

/// The small country with every section that a country file can have: people, blocs, armed groups, patrons, calendar,
/// transition, regime and history.
inline std::string full_country() {
  return small_country() + R"(horizon: 12 months
regime: {type: electoral_autocracy, gdp_per_head: 1800}
ruler: {name: X, since: 1969-03}
history:
  - {date: 1968, outcome: succeeded, lessons: [split_army]}
public: {support: 0.25..0.4, protest_before: 4k, places: {province: {support: 0.6}}}
blocs:
  unions: {following: 0.2..0.4, stance: -0.6, pact: 0.2}
  party: {following: 0.3, stance: 0.7, ruling_class: true, patron: neighbour, places: {province: {following: 0.5}}}
  clergy: {following: 0.4, stance: -0.1..0.2}
armed_groups:
  front: {strength: 1500, cause: jihadist, based: [province], rivals: [league]}
  league: {strength: 700, cause: separatist, holds: [province], at_peace: 0.5, supply: 30, supply_until: 1975-10}
patrons:
  neighbour: {kind: state, alignment: 0.6, influence: 0.4, training: 0.2, force_available: 1500, cost_of_force: 0.3}
  rival:
    {kind: state, alignment: -0.3, alignment_with_plotters: 0.4, influence: 0.3, rivals: [neighbour],
     can_block_mandates: true}
  union: {kind: regional_body, alignment: 0.2, influence: 0.3, gives_mandates: true, labels_extremist: [front]}
calendar:
  - {event: presidential_election, date: 1975-07-20}
transition:
  {council_soldiers: 6, council_civilians: 5, head: {military: 0.7, civilian: 0.3}, elections_after: 6..18 months}
)";
}

/// One replicate of a country, whose mechanisms a test moves one by one.
struct Stage {
  Stage(const World& world, const Theta& parameters, std::uint64_t replicate, std::uint64_t seed = 3)
      : theta(parameters), draws(seed, 0, replicate), state(world), country{world, theta, draws, state, 0.0, 0.0} {
    draw_inputs(world, seed, 0, replicate, state);
    start_country(country);
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  /// Lets time pass; the test says for whom.
  void pass(double hours) {
    country.hour += hours;
    country.step = hours;
  }

  /// The crowds of the capital.
  PlaceCrowd& capital() { return state.people.places[static_cast<std::size_t>(country.world.capital)]; }

  Theta theta;  ///< of its own: a test may pass a temporary
  Draws draws;
  State state;
  Country country;
};

/// A share of `count` independent trials against the chance that it estimates: within 4.9 standard errors of a binomial
/// share, which it leaves by chance once in a million times (and half a trial, for chances near 0 or 1).
inline void expect_share(double hits, std::uint64_t count, double chance) {
  const auto n = static_cast<double>(count);
  EXPECT_NEAR(hits / n, chance, 4.9 * std::sqrt(chance * (1.0 - chance) / n) + 0.5 / n);
}

/// Mean over paired replicates 0 … pairs-1 of `difference_in(replicate)`, in standard errors. Without an effect it is
/// beyond 5 with probability 3e-7 to a side.
template <class Difference>
double paired_z(std::uint64_t pairs, const Difference& difference_in) {
  double sum = 0;
  double squares = 0;
  for (std::uint64_t replicate = 0; replicate < pairs; ++replicate) {
    const double difference = difference_in(replicate);
    sum += difference;
    squares += difference * difference;
  }
  const auto n = static_cast<double>(pairs);
  const double mean = sum / n;
  return mean / std::max(1e-12, std::sqrt((squares / n - mean * mean) / n));
}

}  // namespace interregnum::test
