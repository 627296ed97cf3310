#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "model/seizure/seizure.hpp"
#include "scenario/files.hpp"
#include "stage.hpp"
#include "support.hpp"

namespace interregnum {
namespace {

std::vector<World> countries() {
  std::vector<World> worlds{test::world_of(test::full_country())};
  for (const auto& file : std::filesystem::directory_iterator(SCENARIOS)) {
    if (file.path().extension() == ".yaml") worlds.push_back(compile(load_scenario(file.path().string(), {})));
  }
  return worlds;
}

double soldiers_of_file(const World& world, const State& state) {
  double sum = 0.0;
  for (std::size_t unit = 0; unit < world.units; ++unit) sum += state.inputs[world.actors[unit].strength];
  return sum;
}

double soldiers_present(const SeizureState& state) {
  double sum = 0.0;
  for (const ActorState& actor : state.actors) sum += actor.strength;
  return sum;
}

/// Plans the attempt number `number` by officers of a rank, and lets it begin. False if nobody can move.
bool begin(test::Stage& stage, std::uint32_t number, Rank tier) {
  stage.state.onset.attempts = number;
  if (!plan_attempt(stage.country, tier, stage.state.seizure.plan)) return false;
  stage.state.seizure.plan.tier = tier;
  Seizure seizure{stage.country.world, stage.theta.seizure, stage.draws.for_attempt(number),
                  stage.state.inputs,  stage.state.seizure, stage.state.log};
  SeizureResult result;
  begin_seizure(seizure, 0.0, result);
  return true;
}

// Every attempt, the first and all later ones, is played by the soldiers of the country file: a unit stands there
// whole, or as its mutineers and the rest of it, never twice and never not at all.
TEST(Army, IsThereOnceInEveryAttempt) {
  std::size_t attempts = 0;
  for (const World& world : countries()) {
    for (std::uint64_t replicate = 0; replicate < 24; ++replicate) {
      for (const Rank tier : {Rank::junior, Rank::middle, Rank::senior}) {
        for (const std::uint32_t number : {0U, 1U, 2U}) {
          test::Stage stage(world, default_theta(), replicate);
          if (!begin(stage, number, tier)) continue;
          ++attempts;
          ASSERT_NEAR(soldiers_present(stage.state.seizure) / soldiers_of_file(world, stage.state), 1.0, 1e-9)
              << world.scenario_name << ", attempt " << number << ", rank " << static_cast<int>(tier);
        }
      }
    }
  }
  EXPECT_GT(attempts, 1000U);
}

// Units that were not split think as one: their rest, which was nowhere, has no opinion of its own afterwards.
TEST(Army, TheRestOfAUnitThatWasNotSplitThinksAsTheUnit) {
  const World world = test::world_of(test::full_country());
  for (std::uint64_t replicate = 0; replicate < 50; ++replicate) {
    test::Stage stage(world, default_theta(), replicate);
    ASSERT_TRUE(begin(stage, 1, Rank::middle));
    settle_attitudes(stage.country, true);
    for (std::size_t unit = 0; unit < world.units; ++unit) {
      const auto rest = static_cast<std::size_t>(world.actors[unit].remainder);
      EXPECT_EQ(stage.state.onset.attitude[rest], stage.state.onset.attitude[unit]);
    }
  }
}

}  // namespace
}  // namespace interregnum
