#include "model/seizure/beliefs.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "model/state.hpp"
#include "support.hpp"

namespace interregnum {
namespace {

Stance best_action(double leaning, double hold_value, double precision, ShockDifferences shocks, double pi) {
  const double q = 2 * pi - 1;
  const double join = leaning + q + shocks.join / precision;
  const double resist = -leaning - q + shocks.resist / precision;
  const double hold = hold_value * (1 - std::abs(q));
  if (join > hold && join > resist) return Stance::join;
  return resist > hold ? Stance::resist : Stance::hold;
}

// The two thresholds say the same as comparing the three utilities, over a grid of leanings, shocks and beliefs.
TEST(Beliefs, ThresholdsAgreeWithTheUtilities) {
  for (double leaning = -1.5; leaning <= 1.5; leaning += 0.3) {
    for (double hold_value = 0; hold_value < 1; hold_value += 0.3) {
      for (double join = -3.05; join <= 3; join += 0.7) {
        for (double resist = -3.02; resist <= 3; resist += 0.7) {
          const ActionThresholds thresholds = action_thresholds(leaning, hold_value, 2.5, {join, resist});
          ASSERT_LE(thresholds.resist_below, thresholds.join_above);
          for (double pi = 0.013; pi < 1; pi += 0.041) {
            const double belief = std::log(pi / (1 - pi));
            const Stance expected = best_action(leaning, hold_value, 2.5, {join, resist}, pi);
            const Stance found = belief > thresholds.join_above     ? Stance::join
                                 : belief < thresholds.resist_below ? Stance::resist
                                                                    : Stance::hold;
            ASSERT_EQ(found, expected) << leaning << ' ' << hold_value << ' ' << join << ' ' << resist << ' ' << pi;
          }
        }
      }
    }
  }
}

class BeliefsInACountry : public ::testing::Test {
 protected:
  World world = test::world_of(test::small_country());
  Theta theta = default_theta();
  State state{world};
  Draws draws{1, 0, 0};
  Seizure seizure{world, theta.seizure, draws, state.inputs, state.seizure, state.log};
};

TEST_F(BeliefsInACountry, OperationalTimeRunsFasterWhileASignalIsNews) {
  state.seizure.reset(0.0);
  theta.seizure.revision_rate = 0.5;
  theta.seizure.signal_boost = 3;
  theta.seizure.signal_hours = 2;
  announce(seizure);
  // Two hours at 0.5 (1 + 3), then 0.5 an hour.
  EXPECT_DOUBLE_EQ(hour_of_operational(seizure, 4.0), 2.0);
  EXPECT_DOUBLE_EQ(hour_of_operational(seizure, 5.0), 4.0);
  advance_to(seizure, 3.0);
  EXPECT_DOUBLE_EQ(state.seizure.operational, 4.5);
  EXPECT_DOUBLE_EQ(hour_of_operational(seizure, 5.0), 4.0);
}

TEST_F(BeliefsInACountry, ImpatienceGrowsToItsCapAndAGainEndsIt) {
  state.seizure.reset(0.0);
  const double start = public_index(seizure);
  advance_to(seizure, 10.0);
  EXPECT_NEAR(start - public_index(seizure), theta.seizure.stall * 10.0, 1e-12);
  advance_to(seizure, 100.0);
  EXPECT_NEAR(start - public_index(seizure), theta.seizure.stall * theta.seizure.stall_cap, 1e-12);
  note_gain(seizure);
  EXPECT_NEAR(public_index(seizure), start, 1e-12);
}

}  // namespace
}  // namespace interregnum
