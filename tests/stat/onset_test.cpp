#include "model/onset.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "stage.hpp"

// Whether it comes to an attempt at all, when, and by whom, against closed forms (`expect_share`: false-alarm rate 1e-6
// a comparison).
namespace interregnum {
namespace {

using test::expect_share;
using test::Stage;

constexpr std::uint64_t count = 20000;

std::string watched_country() { return test::small_country() + "begins: watch\nhorizon: 12 months\n"; }

/// Nothing but the ranks' own rates.
Theta plain_theta() {
  Theta theta = default_theta();
  OnsetTheta& onset = theta.onset;
  onset.recent = onset.income = onset.democracy = onset.military_regime = onset.tenure = onset.election_near = 0.0;
  onset.turnout = onset.towns_lost = onset.cohesion = onset.training = 0.0;
  onset.junior = std::log(0.1);
  onset.middle = std::log(0.3);
  onset.senior = std::log(0.2);
  return theta;
}

TEST(HazardClock, RingsAfterAnExponentialTimeWhateverItsStepsAndHowOftenTheHazardChanges) {
  for (const double step : {0.01, 0.13}) {
    double by_one = 0;
    double by_three = 0;
    for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
      const Draws draws(5, 0, replicate);
      HazardClock clock;
      double hazard = 0;
      // A hazard that is at first half and then one and a half times the other.
      while (!clock.rings(draws, DrawPurpose::onset, 1, (hazard < 0.5 ? 0.5 : 1.5) * step))
        hazard += (hazard < 0.5 ? 0.5 : 1.5) * step;
      EXPECT_EQ(clock.count, 1U);
      // It has rung in the step that began at `hazard`.
      by_one += hazard < 1.0 ? 1.0 : 0.0;
      by_three += hazard < 3.0 ? 1.0 : 0.0;
    }
    // By the end of the step that passes the limit.
    const auto passed = [step](double limit) {
      double hazard = 0;
      while (hazard < limit) hazard += (hazard < 0.5 ? 0.5 : 1.5) * step;
      return hazard;
    };
    expect_share(by_one, count, 1.0 - std::exp(-passed(1.0)));
    expect_share(by_three, count, 1.0 - std::exp(-passed(3.0)));
  }
}

TEST(HazardClock, DrawsAnewAfterItHasRungAndNeverWithoutHazard) {
  const Draws draws(5, 0, 0);
  HazardClock clock;
  EXPECT_FALSE(clock.rings(draws, DrawPurpose::onset, 1, 0.0));
  EXPECT_EQ(clock.count, 0U);
  EXPECT_TRUE(clock.rings(draws, DrawPurpose::onset, 1, 1e6));
  EXPECT_TRUE(clock.rings(draws, DrawPurpose::onset, 1, 1e6));
  EXPECT_EQ(clock.count, 2U);
}

TEST(Onset, AnAttemptComesWithinAYearByTheSumOfTheRates) {
  const World world = test::world_of(watched_country());
  const Theta theta = plain_theta();
  State state(world);
  double attempts = 0;
  double half = 0;
  std::array<double, 3> tiers{};
  for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
    const RunRecord record = run(world, theta, {7, 0, replicate}, state, Until::seizure);
    if (std::isnan(record.attempt_hour)) continue;
    ASSERT_LE(record.attempt_hour, hours_per_year);
    ++attempts;
    half += record.attempt_hour <= 26 * 168.0 ? 1.0 : 0.0;
    ASSERT_TRUE(record.tier);
    ++tiers[static_cast<std::size_t>(*record.tier)];
  }
  expect_share(attempts, count, 1.0 - std::exp(-0.6));
  expect_share(half, count, 1.0 - std::exp(-0.6 * 26 * 168.0 / hours_per_year));
  // Of two ranks that would move in the same step (a week, a day at first) the higher does, in less than one of two
  // hundred attempts: that moves a rank's share of all replicates by less than a quarter of a standard error.
  expect_share(tiers[0], count, (1.0 - std::exp(-0.6)) * 0.1 / 0.6);
  expect_share(tiers[1], count, (1.0 - std::exp(-0.6)) * 0.3 / 0.6);
  expect_share(tiers[2], count, (1.0 - std::exp(-0.6)) * 0.2 / 0.6);
}

TEST(Onset, TheHazardIsTheSumOfItsTerms) {
  const World world = test::world_of(
      watched_country() +
      "regime: {type: electoral_democracy, military: 0.25, gdp_per_head: 5400, country_effect: 0.6}\nruler: {name: X, "
      "since: 1972-01-01}\n"
      "history:\n  - {date: 1973-01-01, outcome: failed}\n  - {date: 1960-01-01, outcome: failed}\n"
      "calendar:\n  - {event: presidential_election, date: 1975-05-01}\n"
      "patrons:\n  one: {kind: state, alignment: 0, training: 0.3}\n  two: {kind: state, alignment: 0, training: "
      "0.2}\n");
  Theta theta = default_theta();
  theta.onset.democracy = 0.3;
  theta.onset.extremes = -0.7;
  const OnsetTheta& onset = theta.onset;
  Stage stage(world, theta, 0);
  stage.state.country.cohesion = 0.4;
  stage.state.country.lost_share = 0.1;
  const double population = stage.capital().population;
  stage.capital().out_against = 0.03 * population;
  const double years = -world.history.back().hour / hours_per_year;
  const double tenure = -world.ruler_since / hours_per_year;
  EXPECT_NEAR(log_hazard(stage.country),
              onset.recent * std::exp(-years / onset.recent_years) + onset.income * std::log(2.0) +
                  0.4 * onset.democracy + 0.16 * onset.extremes + 0.25 * onset.military_regime + onset.tenure * tenure +
                  onset.election_near + onset.turnout * (0.03 / (0.03 + theta.people.crowd_half) - 0.4) +
                  onset.towns_lost * 0.2 + onset.cohesion * 0.3 + onset.training * 0.35 + 0.6 + onset.level.of(1975),
              1e-12);
}

TEST(Onset, AWatchedCountryWithoutRatesSeesNoAttempt) {
  Theta theta = plain_theta();
  theta.onset.junior = theta.onset.middle = theta.onset.senior = -12.0;
  // 3 exp(-12) a year, for 2,000 years: no attempt with a chance of 96 %, over three with one of 1e-7.
  const auto records = test::records_of(test::world_of(watched_country()), theta, 2000);
  int attempts = 0;
  for (const RunRecord& record : records) attempts += record.outcome != Outcome::no_attempt ? 1 : 0;
  EXPECT_LE(attempts, 3);
}

// Each later plot draws its first unit in proportion to weights; who cannot reach the capital, or has no soldiers,
// never.
TEST(Onset, LaterPlotsBeginInUnitsInProportionToTheirWeights) {
  const World world =
      test::world_of(watched_country(), {"units.police.strength=500", "places.island={population: 10}",
                                         "units.hermits={place: island, strength: 9000, commander: senior}",
                                         "units.empty={place: capital, strength: 0, commander: senior}"});
  const Theta theta = default_theta();
  for (const Rank tier : {Rank::junior, Rank::senior}) {
    std::vector<double> chosen(world.units);
    std::vector<double> weight(world.units);
    std::vector<double> attitude(world.units);
    for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
      Stage stage(world, theta, replicate);
      stage.state.onset.attempts = 1;
      for (std::size_t unit = 0; unit < world.units; ++unit)
        stage.state.onset.attitude[unit] = attitude[unit] = 0.1 * static_cast<double>(unit) - 0.2;
      AttemptPlan plan;
      ASSERT_TRUE(plan_attempt(stage.country, tier, plan));
      ASSERT_EQ(plan.units.size(), tier == Rank::junior ? 1U : 2U);
      ASSERT_EQ(plan.leaning.size(), world.actors.size());
      ++chosen[static_cast<std::size_t>(plan.units[0])];
      if (replicate > 0) continue;
      for (std::size_t unit = 0; unit < world.units; ++unit) {
        const Actor& actor = world.actors[unit];
        const double strength = stage.country.input(actor.strength);
        if (!(strength > 0) || actor.id == "hermits") continue;
        // The barracks are next to the capital; the province is not.
        const double near = actor.id == "infantry" ? 0.0 : theta.onset.in_capital;
        const double rank = tier == Rank::senior && actor.rank != Rank::senior ? -0.7 : 0.0;
        weight[unit] = std::sqrt(strength) * std::exp(near + rank - theta.onset.grievance * attitude[unit]);
      }
    }
    double sum = 0;
    for (const double each : weight) sum += each;
    for (std::size_t unit = 0; unit < world.units; ++unit) expect_share(chosen[unit], count, weight[unit] / sum);
  }
}

TEST(Onset, WithoutAUnitThatCanReachTheCapitalNobodyPlotsAgain) {
  const World world = test::world_of(watched_country(),
                                     {"units.plotters.strength=0", "units.guard.strength=0", "units.police.strength=0",
                                      "units.armour.strength=0", "units.infantry.strength=0"});
  Stage stage(world, default_theta(), 0);
  stage.state.onset.attempts = 1;
  AttemptPlan plan;
  EXPECT_FALSE(plan_attempt(stage.country, Rank::middle, plan));
  EXPECT_EQ(stage.state.onset.attempts, 1U);
}

/// Share of replicates with an attempt within the year.
double attempts_within_a_year(const World& world, const Theta& theta) {
  State state(world);
  double attempts = 0;
  for (std::uint64_t replicate = 0; replicate < 4000; ++replicate) {
    const RunRecord record = run(world, theta, {7, 0, replicate}, state, Until::seizure);
    attempts += std::isnan(record.attempt_hour) ? 0.0 : 1.0;
  }
  return attempts / 4000;
}

// Closed form: an attempt just before the start adds `recent`, fading over the year; the integral of its hazard is
// exact up to the steps of a week, taken here with the same steps' ends.
TEST(Onset, ARecentAttemptMakesAnotherLikelierForAWhile) {
  Theta theta = plain_theta();
  theta.onset.recent = 1.5;
  theta.onset.recent_years = 0.5;
  const World world = test::world_of(watched_country() + "history:\n  - {date: 1975-01-01, outcome: failed}\n");
  double hazard = 0;
  double hour = 0;
  double length = theta.clock.fine_step;
  while (hour < hours_per_year) {
    length = hour < theta.clock.fine_days * hours_per_day ? theta.clock.fine_step : theta.clock.coarse_step;
    const double next = std::min(hours_per_year, (std::floor(hour / length + 1e-9) + 1.0) * length);
    const double since = (next - world.history.back().hour) / hours_per_year;
    hazard += 0.6 * std::exp(1.5 * std::exp(-since / 0.5)) * (next - hour) / hours_per_year;
    hour = next;
  }
  const double share = attempts_within_a_year(world, theta);
  expect_share(share * 4000, 4000, 1.0 - std::exp(-hazard));
  EXPECT_GT(1.0 - std::exp(-hazard), 0.55);  // against 0.45 without it
}

}  // namespace
}  // namespace interregnum
