#include <gtest/gtest.h>

#include "engine/ensemble.hpp"
#include "stage.hpp"
#include "support.hpp"

namespace interregnum {
namespace {

std::vector<RunRecord> ensemble_records(const World& world, int threads, std::uint64_t count,
                                        const ThetaDraws& thetas = default_theta()) {
  std::vector<RunRecord> records;
  EnsembleCallbacks callbacks;
  callbacks.records = [&](std::span<const RunRecord> batch) {
    records.insert(records.end(), batch.begin(), batch.end());
  };
  run_ensemble(world, thetas, {1, 0, count, threads}, callbacks);
  return records;
}

void expect_same(const std::vector<RunRecord>& left, const std::vector<RunRecord>& right) {
  ASSERT_EQ(left.size(), right.size());
  for (std::size_t index = 0; index < left.size() && !testing::Test::HasFailure(); ++index)
    test::expect_same(left[index], right[index]);
}

TEST(Engine, RecordsAreTheSameForAnyNumberOfThreads) {
  const World world = test::world_of(test::full_country(), {"plot.tier={junior: 0.5, senior: 0.5}"});
  const auto one = ensemble_records(world, 1, 3100);  // more than one batch
  expect_same(one, ensemble_records(world, 2, 3100));
  expect_same(one, ensemble_records(world, 7, 3100));
}

// Nothing of one replicate may leak into the next through the state that they share: each is played once more on a
// fresh one.
TEST(Engine, AReplicateDoesNotDependOnThoseBeforeIt) {
  const World world = test::world_of(test::full_country(), {"plot.tier={junior: 0.5, senior: 0.5}"});
  std::vector<RunRecord> fresh;
  for (std::uint64_t replicate = 0; replicate < 3000; ++replicate) {
    State state(world);
    fresh.push_back(run(world, default_theta(), {1, 0, replicate}, state));
  }
  expect_same(ensemble_records(world, 1, 3000), fresh);
}

TEST(Engine, WithManyDrawsOfTheParametersTheRecordsAreThoseOfEachDraw) {
  const World world = test::world_of(test::full_country());
  std::vector<Theta> drawn;
  for (std::uint64_t draw = 0; draw < 30; ++draw) drawn.push_back(draw_theta(default_theta(), 1, draw));
  const ThetaDraws thetas(std::move(drawn));
  const auto records = ensemble_records(world, 1, 3100, thetas);
  expect_same(records, ensemble_records(world, 2, 3100, thetas));
  expect_same(records, ensemble_records(world, 7, 3100, thetas));
  State state(world);
  for (std::uint64_t replicate = 0; replicate < 600; ++replicate) {
    const RunRecord alone = run(world, thetas.of_replicate(replicate), {1, 0, replicate}, state);
    test::expect_same(alone, records[replicate]);
    EXPECT_EQ(records[replicate].parameter_draw, thetas.number_for(replicate));
  }
}

TEST(Engine, MoreReplicatesLeaveTheFirstOnesAsTheyWere) {
  const World world = test::world_of(test::small_country());
  auto more = ensemble_records(world, 2, 3000);
  more.resize(100);
  expect_same(ensemble_records(world, 2, 100), more);
}

TEST(Engine, StoppingKeepsWhatIsDone) {
  const World world = test::world_of(test::small_country());
  std::uint64_t kept = 0;
  EnsembleCallbacks callbacks;
  callbacks.records = [&](std::span<const RunRecord> batch) { kept += batch.size(); };
  callbacks.stop = [&] { return kept > 0; };
  const EnsembleResult result = run_ensemble(world, default_theta(), {1, 0, 1000000, 2}, callbacks);
  EXPECT_EQ(result.done, kept);
  EXPECT_GT(kept, 0U);
  EXPECT_LT(kept, 1000000U);
}

TEST(Engine, ReplicatesShareDrawsOfTheInputsInGroups) {
  const World world = test::world_of(test::small_country(), {"plot.tier={junior: 0.5, senior: 0.5}"});
  const auto records = ensemble_records(world, 1, 400);
  int changes = 0;
  for (std::size_t index = 1; index < records.size(); ++index) {
    if (records[index].input_draw == records[index - 1].input_draw) {
      ASSERT_EQ(records[index].tier, records[index - 1].tier);
    } else {
      changes += records[index].tier != records[index - 1].tier ? 1 : 0;
    }
  }
  EXPECT_GT(changes, 20);  // about half of 99
}

}  // namespace
}  // namespace interregnum
