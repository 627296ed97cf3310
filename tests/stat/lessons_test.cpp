#include "model/lessons.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "stage.hpp"

// What plotters learn from earlier attempts, against closed forms (`expect_share`: false-alarm rate 1e-6).
namespace interregnum {
namespace {

using test::expect_share;
using test::Stage;

constexpr std::uint64_t count = 20000;

/// An attempt five years before, with or without what made it fail.
std::string with_history(const std::string& lessons) {
  return test::small_country() + "history:\n  - {date: 1970-01-01, outcome: failed" +
         (lessons.empty() ? "" : ", lessons: [" + lessons + "]") +
         "}\nblocs:\n  union: {following: 0.3, stance: 0, pact: 0.2}\n";
}

TEST(Lessons, AreRememberedTheLessTheOlderTheyAre) {
  const World world = test::world_of(with_history("no_support_base, towns_lost"));
  const Theta theta = default_theta();
  Stage stage(world, theta, 0);
  const double years = -world.history[0].hour / hours_per_year;
  EXPECT_NEAR(years, 5.0, 0.01);
  const double memory = std::exp(-years / theta.lessons.memory_years);
  const auto& held = stage.state.lessons.memory;
  EXPECT_NEAR(held[static_cast<std::size_t>(Lesson::no_support_base)], memory, 1e-12);
  EXPECT_EQ(held[static_cast<std::size_t>(Lesson::split_army)], 0.0);
  EXPECT_EQ(held[static_cast<std::size_t>(Lesson::foreign_pretext)], 0.0);
  EXPECT_NEAR(held[static_cast<std::size_t>(Lesson::towns_lost)], memory, 1e-12);
  remember(stage.country, Lesson::split_army);
  for (int step = 0; step < 10; ++step) {
    stage.pass(0.3 * hours_per_year);
    step_lessons(stage.country);
  }
  EXPECT_NEAR(held[static_cast<std::size_t>(Lesson::no_support_base)],
              memory * std::exp(-3.0 / theta.lessons.memory_years), 1e-12);
  EXPECT_NEAR(held[static_cast<std::size_t>(Lesson::split_army)], std::exp(-3.0 / theta.lessons.memory_years), 1e-12);
}

TEST(Lessons, ArePreparedAgainstAsOftenAsTheirMemorySays) {
  const World world = test::world_of(with_history("no_support_base, split_army"));
  for (const double learning : {0.3, 2.0}) {
    Theta theta = default_theta();
    theta.lessons.learning = learning;
    const double memory = std::exp(world.history[0].hour / hours_per_year / theta.lessons.memory_years);
    const double chance = 1.0 - std::exp(-learning * memory);
    double prepared = 0;
    double both = 0;
    double pacts = 0;
    for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
      Stage stage(world, theta, replicate);
      const auto& against = stage.state.lessons.prepared;
      prepared += against[0] ? 1.0 : 0.0;
      both += against[0] && against[1] ? 1.0 : 0.0;
      pacts += stage.state.blocs.blocs[0].has_pact ? 1.0 : 0.0;
      ASSERT_FALSE(against[2] || against[3]);
    }
    expect_share(prepared, count, chance);
    expect_share(both, count, chance * chance);
    // A plot that seeks pacts finds one with half of those who would not have had it.
    expect_share(pacts, count, 0.2 + chance * 0.5 * 0.8);
  }
}

bool same_bits(double left, double right) {
  return std::bit_cast<std::uint64_t>(left) == std::bit_cast<std::uint64_t>(right);
}

TEST(Lessons, AreOffByDefaultAndWhatWasLearntChangesNothing) {
  ASSERT_EQ(default_theta().lessons.learning, 0.0);
  const auto without = test::records_of(test::world_of(with_history("")), default_theta(), 500);
  const auto with = test::records_of(
      test::world_of(with_history("no_support_base, split_army, foreign_pretext, towns_lost")), default_theta(), 500);
  for (std::size_t index = 0; index < with.size(); ++index) {
    ASSERT_EQ(with[index].outcome, without[index].outcome);
    ASSERT_EQ(with[index].kinds_seen, without[index].kinds_seen);
    ASSERT_TRUE(same_bits(with[index].ended_hour, without[index].ended_hour));
    ASSERT_TRUE(same_bits(with[index].initial_cohesion, without[index].initial_cohesion));
    ASSERT_TRUE(same_bits(with[index].peak_against, without[index].peak_against));
  }
}

TEST(Lessons, OnceTheyAreLearntMovePactsArmyAndSeizures) {
  Theta theta = default_theta();
  theta.lessons.learning = 10.0;  // surely: 1 - exp(-6)
  const World with = test::world_of(with_history("no_support_base, split_army, towns_lost"));
  const World without = test::world_of(with_history(""));
  // Pairs share every draw, so that a pact once had is never lost by seeking one. A split army learnt of adds to every
  // unit's leaning: more seizures by over 4 standard errors (false alarm: 3e-5, as in monotone_test.cpp).
  for (std::uint64_t replicate = 0; replicate < 500; ++replicate) {
    const bool before = Stage(without, theta, replicate).state.blocs.blocs[0].has_pact;
    const bool after = Stage(with, theta, replicate).state.blocs.blocs[0].has_pact;
    ASSERT_TRUE(after || !before);
  }
  const auto difference =
      test::paired_difference(test::records_of(without, theta, 4000), test::records_of(with, theta, 4000));
  EXPECT_GT(difference.mean, 4 * difference.standard_error);
}

}  // namespace
}  // namespace interregnum
