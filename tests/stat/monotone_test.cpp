#include <gtest/gtest.h>

#include "support.hpp"

// Where theory is monotone the model must be, in paired runs. A single pair may go the other way (one more loyal unit
// can draw fire away from another); the mean may not. Each test asks for a difference of the right sign larger than 4
// standard errors: a model without the effect passes with probability 3e-5.
namespace interregnum {
namespace {

using test::paired_difference;
using test::records_of;
using test::seizures_of;
using test::small_country;
using test::world_of;

constexpr std::uint64_t count = 8000;

void expect_fewer_seizures(const std::vector<RunRecord>& first, const std::vector<RunRecord>& second) {
  const auto difference = paired_difference(first, second);
  EXPECT_LT(difference.mean, -4 * difference.standard_error);
}

TEST(Monotone, MoreLoyalLeaningMeansFewerSeizures) {
  const auto before = seizures_of(world_of(small_country(), {"units.armour.leaning=0.2"}), default_theta(), count);
  const auto after = seizures_of(world_of(small_country(), {"units.armour.leaning=-0.2"}), default_theta(), count);
  expect_fewer_seizures(before, after);
}

TEST(Monotone, MoreLoyalSoldiersMeanFewerSeizures) {
  const auto before = seizures_of(world_of(small_country(), {"units.guard.strength=150"}), default_theta(), count);
  const auto after = seizures_of(world_of(small_country(), {"units.guard.strength=900"}), default_theta(), count);
  expect_fewer_seizures(before, after);
}

TEST(Monotone, MorePlottersMeanMoreSeizures) {
  const auto fewer = seizures_of(world_of(small_country(), {"units.plotters.strength=300"}), default_theta(), count);
  const auto more = seizures_of(world_of(small_country(), {"units.plotters.strength=1500"}), default_theta(), count);
  expect_fewer_seizures(more, fewer);
}

TEST(Monotone, HigherRankMeansMoreSeizures) {
  const auto junior = seizures_of(world_of(small_country(), {"plot.tier=junior"}), default_theta(), count);
  const auto middle = seizures_of(world_of(small_country(), {"plot.tier=middle"}), default_theta(), count);
  const auto senior = seizures_of(world_of(small_country(), {"plot.tier=senior"}), default_theta(), count);
  expect_fewer_seizures(middle, junior);
  expect_fewer_seizures(senior, middle);
}

TEST(Monotone, WithoutAChainOfCommandSeniorLeadersBringNoBelief) {
  const Theta none = test::theta_with({"chain_of_command=0", "commitment=0", "counter_rate=0"});
  const auto middle = seizures_of(world_of(small_country(), {"plot.tier=middle"}), none, count);
  const auto senior = seizures_of(world_of(small_country(), {"plot.tier=senior"}), none, count);
  // Rank enters through the chain of command, and through who may rise against a plot in power: a general does not rise
  // against his own. With both off middle and senior leaders fare alike to the replicate.
  EXPECT_EQ(paired_difference(middle, senior).mean, 0.0);
}

// Worlds that differ in one value share every other draw: a value that plays no part changes no replicate.
TEST(Paired, AValueThatPlaysNoPartChangesNothing) {
  Theta theta = default_theta();
  theta.people.organisation = 0.0;  // switches off what earlier protest does
  const auto before = records_of(world_of(small_country()), theta, 2000);
  const auto after = records_of(world_of(small_country(), {"public={protest_before: 50k}"}), theta, 2000);
  for (std::size_t index = 0; index < before.size(); ++index) {
    ASSERT_EQ(before[index].outcome, after[index].outcome);
    ASSERT_EQ(before[index].decided_hour, after[index].decided_hour);
    ASSERT_EQ(before[index].ended_hour, after[index].ended_hour);
  }
}

// One more unit that never acts (no soldiers, no road) must not shift anybody else's draws.
TEST(Paired, OneMoreUnitThatCannotActChangesNobodyElse) {
  const auto before = seizures_of(world_of(small_country()), default_theta(), 2000);
  const auto after = seizures_of(
      world_of(small_country(),
               {"places.island={population: 10}", "units.a_hermit={place: island, strength: 0, commander: junior}"}),
      default_theta(), 2000);
  for (std::size_t index = 0; index < before.size(); ++index) ASSERT_EQ(before[index].outcome, after[index].outcome);
}

}  // namespace
}  // namespace interregnum
