#include <gtest/gtest.h>

#include <map>

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
    const ReplicateId id{1, 0, replicate};
    const RunRecord alone = run(world, thetas.of_replicate(id), id, state);
    test::expect_same(alone, records[replicate]);
    EXPECT_EQ(records[replicate].parameter_draw, thetas.number_for(id));
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

/// The replicates that share each draw of the inputs.
std::map<std::uint64_t, std::vector<std::size_t>> by_input_draw(const std::vector<RunRecord>& records) {
  std::map<std::uint64_t, std::vector<std::size_t>> sharing;
  for (std::size_t index = 0; index < records.size(); ++index) sharing[records[index].input_draw].push_back(index);
  return sharing;
}

TEST(Engine, ReplicatesShareDrawsAsTheDesignSays) {
  const World world = test::world_of(test::small_country(), {"plot.tier={junior: 0.5, senior: 0.5}"});
  std::vector<Theta> drawn(50, default_theta());
  const ThetaDraws thetas(std::move(drawn));
  for (const Design design : {Design::spread, Design::nested}) {
    const std::uint64_t count = design == Design::spread ? 3000 : 400;
    std::vector<RunRecord> records;
    EnsembleCallbacks callbacks;
    callbacks.records = [&](std::span<const RunRecord> batch) {
      records.insert(records.end(), batch.begin(), batch.end());
    };
    run_ensemble(world, thetas, {3, 0, count, 2, Until::seizure, design}, callbacks);
    const auto sharing = by_input_draw(records);
    EXPECT_EQ(sharing.size(), design == Design::spread ? 2000U : 100U);
    for (const auto& [draw, members] : sharing) {
      for (const std::size_t member : members) {
        ASSERT_EQ(records[member].tier, records[members.front()].tier);
        ASSERT_EQ(records[member].parameter_draw, records[members.front()].parameter_draw);
        if (design == Design::spread) {
          ASSERT_EQ((member - members.front()) % 1000, 0U);
        } else {
          ASSERT_EQ(member / 4, members.front() / 4);
        }
      }
    }
  }
}

TEST(Engine, ADesignIsTheSameForARunOfAnyLength) {
  // Numbers of draws depend on the replicate alone; futures of a comparison are those replicates that share nothing.
  std::uint64_t next = 0;
  for (std::uint64_t replicate = 0; replicate < 7000; ++replicate) {
    const ReplicateId id{1, 0, replicate};
    if (replicate % 2000 < 1000) {
      EXPECT_EQ(replicate_of_future(next), replicate);
      EXPECT_EQ(id.input_draw(), next++);
    } else {
      EXPECT_EQ(id.input_draw(), (ReplicateId{1, 0, replicate - 1000}.input_draw()));
    }
    EXPECT_EQ(id.parameter_turn(), id.input_draw());
  }
}

}  // namespace
}  // namespace interregnum
