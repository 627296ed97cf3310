#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

#include "analysis/outcomes.hpp"
#include "base/diagnostics.hpp"
#include "engine/ensemble.hpp"
#include "model/parameter.hpp"
#include "model/theta_draws.hpp"
#include "report/run_report.hpp"
#include "stage.hpp"
#include "support.hpp"

// An ensemble may be played in ranges, on several machines, and put together again.
namespace interregnum {
namespace {

struct Range {
  std::uint64_t first, count;
};

/// Six draws that differ in what soldiers risk, so that replicates come in groups of two kinds.
ThetaDraws six_draws() {
  std::vector<Theta> draws(6, default_theta());
  for (std::size_t draw = 0; draw < draws.size(); ++draw)
    draws[draw].seizure.baseline += 0.2 * static_cast<double>(draw) - 0.5;
  return ThetaDraws(std::move(draws));
}

OutcomeSummary play(const World& world, const ThetaDraws& thetas, Design design, Range range) {
  OutcomeSummary summary;
  EnsembleSettings settings;
  settings.design = design;
  settings.first = range.first;
  settings.replicates = range.count;
  EnsembleCallbacks callbacks;
  callbacks.records = [&](std::span<const RunRecord> records) { summary.add(records); };
  run_ensemble(world, thetas, settings, callbacks);
  return summary;
}

/// Splits at random legal places, in random order, each part through its file form: the same text and the same report.
void expect_any_split_to_be_the_whole(Design design, std::uint64_t count, std::size_t parts) {
  const World world = test::world_of(test::full_country(), {"plot.tier={junior: 0.5, senior: 0.5}"});
  const ThetaDraws thetas = six_draws();
  const OutcomeSummary whole = play(world, thetas, design, {0, count});
  RunDescription description;
  description.wanted = count;
  const std::string report = run_json(description, whole).dump();
  std::mt19937_64 random(7);
  for (int round = 0; round < 3; ++round) {
    std::vector<std::uint64_t> cuts{0, count};
    while (cuts.size() < parts + 1) {
      const std::uint64_t cut = random() % (count / range_step(design)) * range_step(design);
      if (std::find(cuts.begin(), cuts.end(), cut) == cuts.end()) cuts.push_back(cut);
    }
    std::sort(cuts.begin(), cuts.end());
    std::vector<Range> ranges;
    for (std::size_t part = 0; part < parts; ++part) ranges.push_back({cuts[part], cuts[part + 1] - cuts[part]});
    std::shuffle(ranges.begin(), ranges.end(), random);
    OutcomeSummary merged;
    for (const Range& range : ranges) merged.merge(OutcomeSummary::of_text(play(world, thetas, design, range).text()));
    EXPECT_EQ(merged.text(), whole.text());
    EXPECT_EQ(run_json(description, merged).dump(), report);
  }
}

TEST(Ranges, AnySplitInAnyOrderIsTheWholeInTheSpreadDesign) {
  expect_any_split_to_be_the_whole(Design::spread, 9100, 4);  // the last range ends where it likes
}

TEST(Ranges, AnySplitInAnyOrderIsTheWholeInTheNestedDesign) {
  expect_any_split_to_be_the_whole(Design::nested, 1003, 9);
}

TEST(Ranges, MergingIsAssociativeAndHasANeutralElement) {
  const World world = test::world_of(test::full_country());
  const ThetaDraws thetas = six_draws();
  std::vector<OutcomeSummary> parts;
  for (std::uint64_t part = 0; part < 3; ++part)
    parts.push_back(play(world, thetas, Design::nested, {part * 160, 160}));
  OutcomeSummary left = parts[0];
  left.merge(parts[1]);
  left.merge(parts[2]);
  OutcomeSummary right = parts[1];
  right.merge(parts[2]);
  OutcomeSummary first = parts[0];
  first.merge(right);
  first.merge(OutcomeSummary());
  EXPECT_EQ(left.text(), first.text());
  EXPECT_NE(left.text(), right.text());
}

TEST(Ranges, ThatWouldPartReplicatesWhichShareDrawsAreRefused) {
  const World world = test::world_of(test::full_country());
  EXPECT_THROW(play(world, default_theta(), Design::spread, {1000, 10}), InputError);
  EXPECT_THROW(play(world, default_theta(), Design::nested, {8, 10}), InputError);
  EXPECT_NO_THROW(play(world, default_theta(), Design::nested, {32, 10}));
}

TEST(Ranges, ATextThatIsNoSummaryIsRefused) {
  const std::string text = OutcomeSummary().text();
  for (const std::string& damaged :
       {std::string("{}"), text.substr(0, text.size() / 2), std::string("[1]"), std::string("{\"steps\": \"many\"}")})
    EXPECT_THROW(OutcomeSummary::of_text(damaged), std::invalid_argument) << damaged;
}

}  // namespace
}  // namespace interregnum
