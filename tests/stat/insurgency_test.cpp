#include "model/insurgency.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "model/seizure/confrontation.hpp"
#include "stage.hpp"

// The war against closed forms (`expect_share`: false-alarm rate 1e-6 a comparison). A clock rings once a step at most,
// which with steps of a day delays a ring by half a day in the mean; rates here are so low that this is a quarter of a
// standard error or less.
namespace interregnum {
namespace {

using test::expect_share;
using test::Stage;

constexpr std::uint64_t count = 6000;
constexpr double weeks_a_day = 1.0 / 7.0;

/// Towns of 10,000 with nobody to defend them but a garrison each.
std::string country_at_war(const std::string& groups) {
  return R"(interregnum: 1
name: A country at war
country: XXX
start: 1975-01-01 04:00
places:
  capital: {population: 80k, capital: true, sites: [presidency]}
  east: {population: 10k}
  far_east: {population: 10k}
roads:
  - {between: [capital, east], distance: 100 km}
  - {between: [east, far_east], distance: 100 km}
units:
  guard: {place: capital, strength: 1000, commander: senior}
  garrison: {place: far_east, strength: 400, commander: middle}
plot: {tier: middle, units: [guard], objectives: [presidency]}
armed_groups:
)" + groups;
}

/// Nobody grows, tires or is torn; nobody attacks but who is named.
Theta quiet_theta() {
  Theta theta = default_theta();
  theta.insurgency.growth = theta.insurgency.supply_lost = 0.0;
  theta.insurgency.repelled_losses = 0.0;
  theta.insurgency.retake_rate = 0.0;
  theta.insurgency.local_force = 0.0;
  theta.insurgency.truce_break = 0.0;
  theta.consolidation.defeat = 0.0;
  return theta;
}

template <class Condition>
double share_after(const World& world, const Theta& theta, int days, Condition condition) {
  double met = 0;
  for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
    Stage stage(world, theta, replicate);
    for (int day = 0; day < days; ++day) {
      stage.pass(24.0);
      step_insurgency(stage.country);
    }
    met += condition(stage.state.war) ? 1.0 : 0.0;
  }
  return met;
}

double odds_of(const Theta& theta, double attack, double defence) {
  const double a = std::pow(attack, theta.insurgency.decisiveness);
  return a / (a + std::pow(theta.insurgency.defender_advantage * defence, theta.insurgency.decisiveness));
}

// Attacks come as often as they promise, and succeed as often: a town falls at the rate of attacks times the odds
// twice. A separatist attacks where it comes from and next to it; only the far east has anybody near to be attacked.
TEST(War, ATownFallsAfterAnExponentialTime) {
  const World world = test::world_of(country_at_war("  band: {strength: 2000, cause: separatist, based: [far_east]}\n"),
                                     {"units.outpost={place: east, strength: 1000000, commander: middle}"});
  Theta theta = quiet_theta();
  theta.insurgency.attack_rate = 0.12;
  const double odds = odds_of(theta, theta.insurgency.concentration * 2000, 400);
  EXPECT_GT(odds, 0.2);
  for (const int days : {30, 150}) {
    const double lost = share_after(world, theta, days, [](const InsurgencyState& war) { return war.holder[2] == 0; });
    expect_share(lost, count, 1.0 - std::exp(-theta.insurgency.attack_rate * odds * odds * days * weeks_a_day));
  }
}

TEST(War, ATownIsTakenBackAfterAnExponentialTime) {
  const World world = test::world_of(country_at_war("  band: {strength: 800, cause: jihadist, holds: [far_east]}\n"));
  Theta theta = quiet_theta();
  theta.insurgency.attack_rate = 0.0;
  theta.insurgency.retake_rate = 0.2;
  // 1,400 soldiers in all, of whom some can be sent.
  const double odds = odds_of(theta, theta.insurgency.mobile_share * 1400, theta.insurgency.concentration * 800);
  for (const int days : {100, 400}) {
    const double back =
        share_after(world, theta, days, [](const InsurgencyState& war) { return war.holder[2] == none; });
    expect_share(back, count, 1.0 - std::exp(-theta.insurgency.retake_rate * odds * odds * days * weeks_a_day));
  }
}

TEST(War, RivalsTakeEachOthersTowns) {
  const World world =
      test::world_of(country_at_war("  band: {strength: 800, cause: jihadist, holds: [far_east]}\n"
                                    "  others: {strength: 900, cause: jihadist, based: [far_east], "
                                    "rivals: [band]}\n"));
  Theta theta = quiet_theta();
  theta.insurgency.attack_rate = 0.0;
  theta.insurgency.rival_rate = 0.05;
  const double odds = odds_of(theta, 900, 800);
  // Who has lost it has no town left near it to come back from.
  const double taken = share_after(world, theta, 100, [](const InsurgencyState& war) { return war.holder[2] == 1; });
  expect_share(taken, count, 1.0 - std::exp(-theta.insurgency.rival_rate * odds * 100 * weeks_a_day));
}

TEST(War, TrucesHoldAtFirstAsOftenAsTheFileSaysAndBreakAfterAnExponentialTime) {
  const World world =
      test::world_of(country_at_war("  band: {strength: 800, cause: jihadist, based: [far_east], at_peace: 0.6}\n"));
  Theta theta = quiet_theta();
  theta.insurgency.truce_break = 0.5;
  const auto at_peace = [](const InsurgencyState& war) { return war.groups[0].at_peace; };
  expect_share(share_after(world, theta, 0, at_peace), count, 0.6);
  const double rate =
      theta.insurgency.truce_break * std::exp(theta.insurgency.truce_disorder * (1.0 - cohesion_of_a_sound_army));
  expect_share(share_after(world, theta, 365, at_peace), count, 0.6 * std::exp(-rate * 365 / 365.2425));
}

TEST(War, GroupsAtPeaceAttackNobody) {
  const World world =
      test::world_of(country_at_war("  band: {strength: 90000, cause: jihadist, based: [far_east], at_peace: 1}\n"));
  EXPECT_EQ(share_after(world, quiet_theta(), 300, [](const InsurgencyState& war) { return war.towns_lost > 0; }), 0.0);
}

TEST(War, GroupsGrowByRecruitsAndSupplyWhileItLasts) {
  const World world =
      test::world_of(country_at_war("  band: {strength: 800, cause: jihadist, supply: 10, "
                                    "supply_from: 1974, supply_until: 1975-06-30}\n"));
  Theta theta = quiet_theta();
  Stage stage(world, theta, 0);
  const auto pass_days = [&](int days) {
    for (int day = 0; day < days; ++day) {
      stage.pass(24.0);
      step_insurgency(stage.country);
    }
  };
  pass_days(100);
  EXPECT_NEAR(stage.state.war.groups[0].strength, 800 + 10 * 100 * 24.0 / hours_per_month, 1e-9);
  EXPECT_TRUE(stage.state.war.groups[0].supplied);
  pass_days(100);  // to 20 July
  EXPECT_FALSE(stage.state.war.groups[0].supplied);
  EXPECT_TRUE(stage.state.log.saw(EventKind::supply_ends));
  const double after = stage.state.war.groups[0].strength;
  // From 4 am on 1 January to the end of 30 June are 180 days and 20 hours: 180 whole steps.
  EXPECT_NEAR(after, 800 + 10 * 180 * 24.0 / hours_per_month, 1e-9);
  stage.theta.insurgency.growth = 0.3;
  stage.theta.insurgency.supply_lost = 0.5;
  pass_days(365);
  EXPECT_NEAR(stage.state.war.groups[0].strength, after * std::exp(-0.2 * 365 / 365.2425), 1e-9);
}

TEST(War, SeparatistsKeepToTheirOwnCountryAndJihadistsDoNot) {
  for (const auto& [cause, reaches] : {std::pair{"separatist", false}, {"jihadist", true}}) {
    const World world = test::world_of(
        country_at_war(std::string("  band: {strength: 900000, cause: ") + cause + ", based: [far_east]}\n"));
    const double capitals = share_after(world, default_theta(), 1000, [&](const InsurgencyState& war) {
      return war.holder[static_cast<std::size_t>(world.capital)] != none;
    });
    if (reaches)
      EXPECT_GT(capitals, 0.5 * count);
    else
      EXPECT_EQ(capitals, 0.0);
  }
}

TEST(War, TownsLostCountByTheirPeople) {
  const World world = test::world_of(country_at_war("  band: {strength: 800, cause: jihadist, holds: [east]}\n  men: "
                                                    "{strength: 9, cause: militia, holds: [far_east]}\n"),
                                     {"places.far_east.population=30k"});
  Stage stage(world, default_theta(), 0);
  EXPECT_NEAR(stage.state.country.lost_share, 40.0 / 120.0, 1e-12);
  EXPECT_NEAR(stage.state.war.lost_to[0], 10.0 / 120.0, 1e-12);
  EXPECT_NEAR(stage.state.war.lost_to[1], 30.0 / 120.0, 1e-12);
  EXPECT_NEAR(stage.state.war.peak_lost, 40.0 / 120.0, 1e-12);
}

double more_lost_z(const World& first, const World& second, const Theta& theta, double cohesion_of_second) {
  const auto towns_lost = [&](const World& world, std::uint64_t replicate, bool torn) {
    Stage stage(world, theta, replicate);
    if (torn) stage.state.country.cohesion = cohesion_of_second;
    for (int number = 0; number < 60; ++number) {
      stage.pass(168.0);
      step_insurgency(stage.country);
    }
    return static_cast<double>(stage.state.war.towns_lost);
  };
  return test::paired_z(1000, [&](std::uint64_t replicate) {
    return towns_lost(second, replicate, true) - towns_lost(first, replicate, false);
  });
}

// More than 5 standard errors each, which a model without the effect shows with probability 3e-7.
TEST(War, MoreTownsAreLostToStrongerGroupsWeakerGarrisonsAndTornArmies) {
  const std::string text = country_at_war("  band: {strength: 1000, cause: jihadist, based: [far_east]}\n");
  const World world = test::world_of(text);
  const Theta theta = default_theta();
  constexpr double sound = cohesion_of_a_sound_army;
  EXPECT_GT(more_lost_z(world, test::world_of(text, {"armed_groups.band.strength=2000"}), theta, sound), 5.0);
  EXPECT_LT(more_lost_z(world, test::world_of(text, {"units.garrison.strength=1200"}), theta, sound), -5.0);
  EXPECT_GT(more_lost_z(world, world, theta, 0.3), 5.0);
  const World helped = test::world_of(text +
                                      "patrons:\n  friend: {kind: state, alignment: 1, force_present: 4000, "
                                      "stationed: [east, far_east]}\n");
  EXPECT_LT(more_lost_z(world, helped, theta, sound), -5.0);
}

TEST(War, ADefeatTearsTheArmyByWhatItLost) {
  const World world =
      test::world_of(country_at_war("  band: {strength: 1000000, cause: separatist, based: [far_east]}\n"),
                     {"units.outpost={place: east, strength: 100000000, commander: middle}"});
  Theta theta = quiet_theta();
  theta.consolidation.defeat = 0.5;
  theta.insurgency.attack_rate = 10.0;
  theta.insurgency.rout_losses = 0.25;
  Stage stage(world, theta, 0);
  while (stage.state.war.towns_lost == 0 && stage.country.hour < hours_per_year) {
    stage.pass(168.0);
    step_insurgency(stage.country);
  }
  ASSERT_EQ(stage.state.war.holder[2], 0);
  const double army = 1000 + 400 + 100000000.0;
  EXPECT_NEAR(stage.state.country.cohesion, cohesion_of_a_sound_army * (1 - 0.5 * (0.1 + 0.25 * 400 / army)), 1e-9);
  EXPECT_NEAR(stage.state.war.garrison[2], 300.0, 1e-9);
}

}  // namespace
}  // namespace interregnum
