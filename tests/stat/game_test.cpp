#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "model/seizure/confrontation.hpp"
#include "support.hpp"

// Closed forms of small games. Seeds are fixed; each comparison states its standard error and false-alarm rate.
namespace interregnum {
namespace {

using test::theta_with;
using test::world_of;

struct ChoiceProbabilities {
  double join, resist;
};

/// Logit choice among join, hold and resist at public index `index` (McKelvey & Palfrey 1995): the kept Gumbel shocks
/// integrate to it.
ChoiceProbabilities choice(double leaning, double index, const SeizureTheta& theta) {
  const double q = std::tanh(index / 2);
  const double join = std::exp(theta.choice_precision * (leaning + q));
  const double resist = std::exp(-theta.choice_precision * (leaning + q));
  const double hold = std::exp(theta.choice_precision * theta.hold_value * (1 - std::abs(q)));
  return {join / (join + resist + hold), resist / (join + resist + hold)};
}

// Unit A has moved, unit B has not declared; only declarations are seen, and columns take twelve hours to get anywhere.
// Let X0 be the index at the start, Xr and Xj that after B has declared against and for. With A the stronger, A stays
// in iff
//   it wants to at X0 and B does not resist, or it still wants to at Xr; or
//   it wants out at X0, B wants to join, B's clock rings first (one half) and A wants to stay at Xj.
// A's wishes at two indices are nested, because its best action is monotone in the index.
TEST(TwoUnitGame, AgreesWithItsExactEquilibrium) {
  const std::string country = R"(interregnum: 1
name: Two units
country: XXX
start: 1975-01-01 04:00
places: {capital: {population: 1000, capital: true, sites: [presidency]}}
units:
  a: {place: capital, strength: 600, commander: middle, leaning: -0.4}
  b: {place: capital, strength: 400, commander: middle, leaning: 0.1}
plot: {tier: middle, units: [a], objectives: [presidency]}
)";
  const Theta theta = theta_with({"city_hours=12", "city_spread=0", "private_signal=0", "declaration=0", "stall=0",
                                  "broadcast_rate=0", "flight_rate=0", "resignation_rate=0", "revision_rate=10",
                                  "momentum=2", "baseline=0.3", "commitment=0.5"});
  const SeizureTheta& t = theta.seizure;
  const double a = 0.6;
  const double b = 0.4;
  const double x0 = t.baseline + t.momentum * (a - t.undeclared_loyalty * b);
  const double xr = t.baseline + t.momentum * (a - b);
  const double xj = t.baseline + t.momentum;
  const double leaning_a = -0.4 + t.commitment;
  const double a0 = choice(leaning_a, x0, t).join;
  const ChoiceProbabilities b0 = choice(0.1, x0, t);
  const double stays = a0 * (1 - b0.resist) + b0.resist * choice(leaning_a, xr, t).join +
                       0.5 * b0.join * (choice(leaning_a, xj, t).join - a0);
  ASSERT_GT(stays, 0.2);
  ASSERT_LT(stays, 0.9);

  const World world = world_of(country);
  State state(world);
  state.log.keep_events = true;
  constexpr int count = 200000;
  int left = 0;
  for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
    run(world, theta, {4, 0, replicate}, state, Until::seizure);
    left += std::any_of(state.log.events.begin(), state.log.events.end(), [](const Event& event) {
      const bool leaves = event.kind == EventKind::plotters_give_up || event.kind == EventKind::unit_resists;
      return leaves && event.actor == 0 && event.hour < 12;
    });
  }
  // Nothing is uncertain in the file, so replicates are independent: standard error at most .0011, false alarm at 4.5
  // of them 7e-6.
  EXPECT_NEAR(1.0 - static_cast<double>(left) / count, stays, 4.5 * std::sqrt(stays * (1 - stays) / count));
}

// A column that always fires meets guards who always do: the share of first fights that the plot wins is the contest's.
TEST(Contest, FrequenciesAreThoseOfTheContest) {
  const World world = world_of(test::small_country(),
                               {"units.plotters.leaning=5", "units.guard.leaning=-5", "units.plotters.strength=500",
                                "units.guard.strength=300", "plot.objectives=[presidency]"});
  const Theta theta =
      theta_with({"reluctance=-2", "commitment=4", "city_hours=0.05", "preparation_hours=72", "revision_rate=0.01"});
  const double expected = contest_probability(500, 300, theta.seizure.decisiveness, theta.seizure.defender_advantage);
  State state(world);
  state.log.keep_events = true;
  int fights = 0;
  int won = 0;
  for (std::uint64_t replicate = 0; replicate < 20000; ++replicate) {
    run(world, theta, {5, 0, replicate}, state, Until::seizure);
    double attackers = 0;
    for (const Event& event : state.log.events) {
      if (event.kind == EventKind::fighting_begins) attackers = event.amount;
      const bool plot_wins = event.kind == EventKind::plot_wins_fight;
      if (!plot_wins && event.kind != EventKind::loyalists_win_fight) continue;
      // Only fights of the two units alone, the plotters attacking.
      if (attackers == 500 && event.site == world.presidency) {
        ++fights;
        won += plot_wins ? 1 : 0;
      }
      break;
    }
  }
  ASSERT_GT(fights, 10000);
  // Standard error at most .005; false alarm at 4.5 of them 7e-6.
  EXPECT_NEAR(static_cast<double>(won) / fights, expected, 4.5 * std::sqrt(expected * (1 - expected) / fights));
}

// With constant rates the ruler's resignation is exponential: survival to hour t is exp(-rate t) as long as nothing
// else can happen.
TEST(Clocks, ResignationAtAConstantRateIsExponential) {
  const World world = world_of(test::small_country(), {"units.plotters.leaning=5"});
  const Theta theta = theta_with({"resignation_slope=0", "resignation_rate=0.2", "flight_rate=0", "capture=0",
                                  "search_rate=0", "commitment=4", "city_hours=12", "city_spread=0", "broadcast_rate=0",
                                  "leader_taken=0", "baseline=6", "stall=0"});
  State state(world);
  state.log.keep_events = true;
  constexpr int count = 40000;
  int resigned_by_5 = 0;
  for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
    run(world, theta, {6, 0, replicate}, state, Until::seizure);
    for (const Event& event : state.log.events) {
      if (event.hour > 5) break;
      if (event.kind == EventKind::ruler_resigns) ++resigned_by_5;
    }
  }
  const double expected = 1 - std::exp(-0.2 * 5);
  // No column arrives before hour 12 and the plotters are certain of themselves, so no attempt ends before hour 5.
  // Standard error .0024.
  EXPECT_NEAR(static_cast<double>(resigned_by_5) / count, expected, 4.5 * std::sqrt(expected * (1 - expected) / count));
}

}  // namespace
}  // namespace interregnum
