#include "model/consolidation.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>

#include "model/seizure/confrontation.hpp"
#include "stage.hpp"

// How juntas hold and lose power, against closed forms (`expect_share`: false-alarm rate 1e-6 a comparison).
namespace interregnum {
namespace {

using test::expect_share;
using test::Stage;

constexpr std::uint64_t count = 10000;

/// A junta that nothing but what the test adds can remove, with an army that nothing has split.
Theta secure_theta() {
  Theta theta = default_theta();
  theta.consolidation.uprising = theta.consolidation.handover = -40.0;
  theta.consolidation.ouster = theta.consolidation.leader_death = theta.consolidation.leader_succession = 0.0;
  theta.consolidation.settling = 0.0;
  theta.consolidation.handover_support = theta.consolidation.win_support = theta.consolidation.postpone_support = 0.0;
  return theta;
}

struct Fates {
  std::array<double, outcome_count> how{};
  std::array<double, 5> leader{};
  double by_election = 0, elected = 0;
};

/// What has become of juntas after so many weeks; `prepare` sets what else there is, each step.
Fates fates_after(
    const World& world, const Theta& theta, int weeks, const std::function<void(Stage&)>& prepare = [](Stage&) {}) {
  Fates fates;
  for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
    Stage stage(world, theta, replicate);
    junta_takes_power(stage.country);
    Removal removal;
    for (int number = 0; number < weeks && !removal.happens; ++number) {
      stage.pass(168.0);
      prepare(stage);
      removal = step_consolidation(stage.country);
    }
    ++fates.how[static_cast<std::size_t>(removal.how)];
    ++fates.leader[static_cast<std::size_t>(stage.state.country.leader_exit)];
    fates.by_election += removal.handover == HandoverKind::election ? 1.0 : 0.0;
    fates.elected += stage.state.rulers.now.elected ? 1.0 : 0.0;
  }
  return fates;
}

double removed(const Fates& fates, Outcome how) { return fates.how[static_cast<std::size_t>(how)]; }
double years(int weeks) { return weeks * 168.0 / hours_per_year; }

TEST(Juntas, HandOverAfterAnExponentialTime) {
  const World world = test::world_of(test::small_country());
  Theta theta = secure_theta();
  theta.consolidation.handover = std::log(0.6);
  for (const int weeks : {10, 52, 150}) {
    const Fates fates = fates_after(world, theta, weeks);
    expect_share(removed(fates, Outcome::handover), count, 1.0 - std::exp(-0.6 * years(weeks)));
    EXPECT_EQ(removed(fates, Outcome::handover) + removed(fates, Outcome::in_power), count);
    EXPECT_EQ(fates.by_election, 0.0);
  }
}

TEST(Juntas, HandOverTheSoonerTheMorePressesThem) {
  const World world = test::world_of(test::small_country());
  Theta theta = secure_theta();
  theta.consolidation.handover = std::log(0.2);
  const ConsolidationTheta& weights = theta.consolidation;
  const Fates fates = fates_after(world, theta, 52, [](Stage& stage) {
    stage.state.country.sanctions = 0.7;
    stage.state.patrons.envoys = 0.4;
    stage.state.blocs.opposing = 0.5;
    stage.state.blocs.endorsing = 0.2;
  });
  const double rate = 0.2 * std::exp(0.7 * weights.handover_sanctions + 0.4 * weights.handover_envoys +
                                     (0.5 - 0.2) * weights.handover_blocs);
  expect_share(removed(fates, Outcome::handover), count, 1.0 - std::exp(-rate * years(52)));
}

TEST(Juntas, FallToCrowdsByTheirSizeAndTheArmysWill) {
  const World world = test::world_of(test::small_country());
  Theta theta = secure_theta();
  theta.consolidation.uprising = std::log(0.3);
  for (const double share : {0.005, 0.02}) {
    const Fates fates = fates_after(
        world, theta, 40, [share](Stage& stage) { stage.capital().out_against = share * stage.capital().population; });
    const double will =
        1.0 /
        (1.0 + std::exp(-theta.people.will_to_shoot - theta.people.will_cohesion * (cohesion_of_a_sound_army - 0.5)));
    const double rate = 0.3 * std::pow(share / 0.01, theta.consolidation.uprising_crowds) *
                        std::exp(-theta.consolidation.uprising_shoot * (will - 0.5));
    expect_share(removed(fates, Outcome::uprising), count, 1.0 - std::exp(-rate * years(40)));
  }
  const Fates quiet = fates_after(
      world, theta, 40, [](Stage& stage) { stage.capital().out_against = 0.0009 * stage.capital().population; });
  EXPECT_EQ(removed(quiet, Outcome::uprising), 0.0);  // below a tenth of a per cent nobody falls
}

TEST(Juntas, AreDrivenOutByTheOddsOfTheForceThatCame) {
  // The police of this country are 400 to 600: here one number for all draws of the inputs.
  const World sure = test::world_of(test::small_country(), {"units.police.strength=500"});
  Theta theta = secure_theta();
  theta.consolidation.ouster = 4.0;
  Stage fixed(sure, theta, 0);
  const double share = contest_probability(
      theta.insurgency.foreign_weight * 500, defence_of(fixed.country, static_cast<std::size_t>(sure.capital)),
      theta.consolidation.ouster_decisiveness, theta.insurgency.defender_advantage);
  EXPECT_GT(share, 0.1);
  EXPECT_LT(share, 0.9);
  const Fates fates = fates_after(sure, theta, 20, [](Stage& each) { each.state.patrons.hostile_force = 500.0; });
  expect_share(removed(fates, Outcome::intervention), count, 1.0 - std::exp(-4.0 * share * years(20)));
}

TEST(Juntas, RaceOfTwoEndsIsWonInProportionToTheirRates) {
  const World world = test::world_of(test::small_country());
  Theta theta = secure_theta();
  theta.consolidation.handover = std::log(0.3);
  theta.consolidation.uprising = std::log(0.5);
  theta.consolidation.uprising_shoot = 0.0;
  theta.consolidation.handover_crowds = 0.0;
  const Fates fates = fates_after(
      world, theta, 100, [](Stage& stage) { stage.capital().out_against = 0.01 * stage.capital().population; });
  // In steps of a week both would ring at once in one of two hundred removals, and the crowd is asked first: exactly,
  // of each week's removals a share (1 - exp(-u)) / (1 - exp(-u-h)) is its own.
  const double u = 0.5 * years(1);
  const double h = 0.3 * years(1);
  const double either = 1.0 - std::exp(-100 * (u + h));
  expect_share(removed(fates, Outcome::uprising), count, either * (1 - std::exp(-u)) / (1 - std::exp(-u - h)));
  expect_share(removed(fates, Outcome::handover), count, either * (1.0 - (1 - std::exp(-u)) / (1 - std::exp(-u - h))));
}

TEST(Leaders, DieAndAreReplacedAfterExponentialTimes) {
  const World world = test::world_of(test::small_country());
  Theta theta = secure_theta();
  theta.consolidation.leader_death = 0.2;
  theta.consolidation.leader_succession = 0.3;
  const Fates fates = fates_after(world, theta, 60);
  const double left = std::exp(-0.5 * years(60));
  expect_share(fates.leader[static_cast<std::size_t>(LeaderExit::in_office)], count, left);
  const double d = 0.2 * years(1);
  const double s = 0.3 * years(1);  // in one step death comes first
  const double deaths = (1 - std::exp(-d)) / (1 - std::exp(-d - s));
  expect_share(fates.leader[static_cast<std::size_t>(LeaderExit::death)], count, (1 - left) * deaths);
  expect_share(fates.leader[static_cast<std::size_t>(LeaderExit::succession)], count, (1 - left) * (1 - deaths));
}

TEST(Leaders, WhoAreStandInsAreReplacedAtTheirOwnRate) {
  const World world = test::world_of(test::small_country() + "transition: {head: civilian}\n");
  Theta theta = secure_theta();
  theta.consolidation.leader_succession = 5.0;  // of no concern to a civilian
  theta.consolidation.stand_in = 0.8;
  const Fates fates = fates_after(world, theta, 50);
  expect_share(fates.leader[static_cast<std::size_t>(LeaderExit::stand_in_replaced)], count,
               1.0 - std::exp(-0.8 * years(50)));
  EXPECT_EQ(fates.leader[static_cast<std::size_t>(LeaderExit::succession)], 0.0);
}

/// What weekly steps at a yearly rate sum to, while the junta is new to power.
double summed_while_new(double rate, double settling, double half, int weeks) {
  double sum = 0.0;
  for (int week = 1; week <= weeks; ++week)
    sum += rate * years(1) * std::exp(settling * std::exp2(-week * 168.0 / hours_per_month / half));
  return sum;
}

TEST(Juntas, AreUnsettledWhileTheyAreNew) {
  Theta theta = secure_theta();
  theta.consolidation.settling = 1.2;
  theta.consolidation.settling_months = 2.0;
  theta.consolidation.handover = std::log(0.5);
  theta.consolidation.handover_cohesion = 0.0;
  const World world = test::world_of(test::small_country());
  for (const int weeks : {4, 30}) {
    const double kept = std::exp(-summed_while_new(0.5, 1.2, 2.0, weeks));
    expect_share(removed(fates_after(world, theta, weeks), Outcome::handover), count, 1.0 - kept);
  }
  theta.consolidation.handover = -40.0;
  theta.consolidation.leader_succession = 0.5;
  theta.consolidation.succession_cohesion = 0.0;
  expect_share(fates_after(world, theta, 30).leader[static_cast<std::size_t>(LeaderExit::succession)], count,
               1.0 - std::exp(-summed_while_new(0.5, 1.2, 2.0, 30)));
  theta.consolidation.stand_in = 0.5;
  const World with_stand_in = test::world_of(test::small_country() + "transition: {head: civilian}\n");
  expect_share(fates_after(with_stand_in, theta, 30).leader[static_cast<std::size_t>(LeaderExit::stand_in_replaced)],
               count, 1.0 - std::exp(-summed_while_new(0.5, 1.2, 2.0, 30)));
}

TEST(Elections, ThatTheJuntaPromisedArePutOffWonOrLost) {
  const World world = test::world_of(test::small_country() + "transition: {elections_after: 6 months}\n");
  Theta theta = secure_theta();
  theta.consolidation.postpone = 0.4;
  theta.consolidation.postponed_months = 12;
  theta.consolidation.win = -0.3;
  const double postponed = 1.0 / (1.0 + std::exp(-0.4));
  const double won = 1.0 / (1.0 + std::exp(0.3));
  const Fates before = fates_after(world, theta, 26);  // 182 days of 182.6
  EXPECT_EQ(removed(before, Outcome::in_power), count);
  EXPECT_EQ(before.elected, 0.0);
  const Fates after = fates_after(world, theta, 27);
  expect_share(after.by_election, count, (1 - postponed) * (1 - won));
  expect_share(after.elected, count, (1 - postponed) * won);
  const Fates later = fates_after(world, theta, 80);  // a second time, after 18 months
  expect_share(later.by_election, count, (1 - postponed * postponed) * (1 - won));
  expect_share(later.elected, count, (1 - postponed * postponed) * won);
}

TEST(Elections, ThatWereDueAreOvertakenAsOftenAsTheParameterSays) {
  const World world =
      test::world_of(test::small_country() + "calendar:\n  - {event: presidential_election, date: 1975-06-01}\n");
  Theta theta = secure_theta();
  theta.consolidation.election_overtaken = 0.7;
  theta.consolidation.postpone = -6.0;
  theta.consolidation.win = 0.0;
  const double postponed = 1.0 / (1.0 + std::exp(6.0));
  const Fates fates = fates_after(world, theta, 30);
  expect_share(fates.elected, count, 0.3 * (1 - postponed) * 0.5);
  expect_share(fates.by_election, count, 0.3 * (1 - postponed) * 0.5);
}

TEST(Elections, UnderAnOrdinaryGovernmentAreWonByItsSupport) {
  const World world = test::world_of(test::small_country() +
                                     "calendar:\n  - {event: presidential_election, date: 1975-06-01}\n"
                                     "public: {support: 0.5, economy: 0, corruption: 0}\n");
  double changes = 0;
  for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
    Stage stage(world, default_theta(), replicate);
    for (int number = 0; number < 30; ++number) {
      stage.pass(168.0);
      EXPECT_FALSE(step_consolidation(stage.country).happens);
    }
    changes += stage.state.rulers.now.kind == RulerKind::civilians ? 1.0 : 0.0;
  }
  expect_share(changes, count, 0.5);
}

TEST(Armies, BecomeSoundAgainExponentially) {
  const World world = test::world_of(test::small_country());
  Theta theta = default_theta();
  Stage stage(world, theta, 0);
  for (const double cohesion : {0.2, 1.0}) {
    stage.state.country.cohesion = cohesion;
    for (int step = 0; step < 10; ++step) {
      stage.pass(0.2 * hours_per_year);
      step_consolidation(stage.country);
    }
    EXPECT_NEAR(stage.state.country.cohesion, 0.7 + (cohesion - 0.7) * std::exp(-2.0 * theta.consolidation.recovery),
                1e-12);
  }
}

TEST(Armies, AreOnlyPurgedWhereTheyAreTorn) {
  const World world = test::world_of(test::small_country());
  Theta theta = secure_theta();
  theta.consolidation.recovery = 0.0;
  theta.consolidation.purge_rate = 1.0;
  for (const double cohesion : {0.7, 0.35}) {
    double purged = 0;
    for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
      Stage stage(world, theta, replicate);
      junta_takes_power(stage.country);
      stage.state.country.cohesion = cohesion;
      for (int number = 0; number < 52; ++number) {
        stage.pass(168.0);
        step_consolidation(stage.country);
      }
      purged += stage.state.country.cohesion < cohesion - 1e-9 ? 1.0 : 0.0;
    }
    expect_share(purged, count, 1.0 - std::exp(-(1.0 - cohesion / 0.7) * years(52)));
  }
}

TEST(Restoration, BringsTheOldClassBackByItsFollowing) {
  const World world =
      test::world_of(test::small_country() +
                     "blocs:\n  rulers: {following: 0.3, stance: 0.9, ruling_class: true}\n"
                     "  others: {following: 0.5, stance: -0.5}\n  third: {following: 0.4, stance: 0.2}\n");
  double restored = 0;
  for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
    Stage stage(world, default_theta(), replicate);
    junta_takes_power(stage.country);
    bring_successor(stage.country, Outcome::handover);
    restored += stage.state.rulers.now.kind == RulerKind::restored ? 1.0 : 0.0;
  }
  // Of odds 0.31 : 0.51.
  expect_share(restored, count, 0.31 / (0.31 + 0.51));
}

TEST(Restoration, NeedsAnOldClass) {
  const World world = test::world_of(test::small_country() + "blocs:\n  others: {following: 0.5, stance: -0.5}\n");
  for (std::uint64_t replicate = 0; replicate < 200; ++replicate) {
    Stage stage(world, default_theta(), replicate);
    junta_takes_power(stage.country);
    bring_successor(stage.country, Outcome::uprising);
    ASSERT_EQ(stage.state.rulers.now.kind, RulerKind::civilians);
  }
}

}  // namespace
}  // namespace interregnum
