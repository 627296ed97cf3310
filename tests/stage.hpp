#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

#include "model/country.hpp"
#include "support.hpp"

namespace interregnum::test {

/// One replicate of a country, whose mechanisms a test moves one by one; started in the order of engine/replicate.cpp.
struct Stage {
  Stage(const World& world, const Theta& theta, std::uint64_t replicate, std::uint64_t seed = 3)
      : draws(seed, 0, replicate), state(world), country{world, theta, draws, state, 0.0, 0.0} {
    draw_inputs(world, seed, 0, replicate, state);
    start_consolidation(country);
    start_lessons(country);
    start_blocs(country);
    start_public(country);
    weigh_followings(country);
    start_insurgency(country);
    start_patrons(country);
    start_onset(country);
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  /// Lets time pass; the test says for whom.
  void pass(double hours) {
    country.hour += hours;
    country.step = hours;
  }

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

}  // namespace interregnum::test
