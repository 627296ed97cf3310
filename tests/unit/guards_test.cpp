#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "stage.hpp"

// The ends of what a country file may say: nobody lives there, nothing is known, everything is very large, or time is
// very short or long. All of it has to run and to give records that make sense.
namespace interregnum {
namespace {

bool is_share(double value) { return value >= 0.0 && value <= 1.0 + 1e-9; }

/// What holds of every record, whatever the country. `watched`: hours count to the horizon from the start, not from the
/// decision.
void expect_sense(const RunRecord& record, double horizon, bool watched) {
  SCOPED_TRACE("replicate " + std::to_string(record.replicate) + ": " +
               std::string(outcome_names[static_cast<std::size_t>(record.outcome)]));
  const bool attempted = record.outcome != Outcome::no_attempt;
  const bool taken = attempted && record.outcome != Outcome::failed;
  EXPECT_EQ(std::isfinite(record.attempt_hour), attempted);
  EXPECT_EQ(std::isfinite(record.decided_hour), attempted);
  EXPECT_EQ(std::isfinite(record.taken_hour), taken);
  EXPECT_TRUE(std::isfinite(record.ended_hour));
  if (attempted) {
    EXPECT_LE(record.attempt_hour, record.decided_hour);
    EXPECT_LE(record.decided_hour, record.ended_hour);
    if (watched) {
      EXPECT_LE(record.attempt_hour, horizon);
    }
  }
  if (taken) {
    EXPECT_LE(record.attempt_hour, record.taken_hour);
    EXPECT_LE(record.taken_hour, record.ended_hour);
    EXPECT_TRUE(is_share(record.initial_cohesion));
  }
  if (is_seized(record.outcome) && !watched) {
    EXPECT_LE(record.ended_hour, record.decided_hour + horizon);
  }
  if (record.outcome == Outcome::in_power && !watched) {
    EXPECT_EQ(record.ended_hour, record.decided_hour + horizon);
  }
  if (record.outcome == Outcome::no_attempt) {
    EXPECT_EQ(record.ended_hour, horizon);
    EXPECT_EQ(record.ruler_fate, RulerFate::at_large);
  }
  EXPECT_EQ(record.handover != HandoverKind::no_handover, record.outcome == Outcome::handover);
  EXPECT_EQ(std::isfinite(record.leader_exit_hour), record.leader_exit != LeaderExit::in_office);
  for (const double later : {record.another_attempt_hour, record.another_seizure_hour}) {
    if (!std::isnan(later)) {
      EXPECT_LE(record.decided_hour, later);
    }
  }
  EXPECT_GE(record.deaths, 0.0);
  EXPECT_GE(record.deaths_in_all, record.deaths);
  EXPECT_TRUE(std::isfinite(record.deaths_in_all));
  for (const double share : {record.peak_against, record.peak_for, record.peak_lost}) EXPECT_TRUE(is_share(share));
  for (const Reason& reason : record.reasons.top()) EXPECT_TRUE(std::isfinite(reason.amount));
}

std::vector<RunRecord> expect_all_make_sense(const std::string& text, const std::vector<std::string>& changes,
                                             std::uint64_t count, const Theta& theta = default_theta()) {
  const World world = test::world_of(text, changes);
  const auto records = test::records_of(world, theta, count, 9);
  State state(world);
  for (const RunRecord& record : records) {
    draw_inputs(world, 9, 0, record.input_draw, state);
    expect_sense(record, state.inputs[world.horizon], !world.begins_with_attempt);
  }
  return records;
}

std::uint64_t seizures(const std::vector<RunRecord>& records) {
  std::uint64_t count = 0;
  for (const RunRecord& record : records) count += is_seized(record.outcome) ? 1 : 0;
  return count;
}

TEST(Guards, AFullCountryMakesSense) {
  const auto records = expect_all_make_sense(test::full_country(), {}, 600);
  EXPECT_GT(seizures(records), 100U);
  EXPECT_LT(seizures(records), 600U);
}

TEST(Guards, ACountryWithoutPeople) {
  expect_all_make_sense(test::full_country(),
                        {"places.capital.population=0", "places.barracks.population=0", "places.province.population=0"},
                        100);
}

TEST(Guards, ACapitalWithoutPeople) {
  expect_all_make_sense(test::full_country(), {"places.capital.population=0"}, 100);
}

TEST(Guards, AnArmyWithoutSoldiers) {
  const auto records =
      expect_all_make_sense(test::full_country(),
                            {"units.plotters.strength=0", "units.guard.strength=0", "units.police.strength=0",
                             "units.armour.strength=0", "units.infantry.strength=0"},
                            100);
  EXPECT_EQ(seizures(records), 0U);
}

constexpr const char* one_place = R"(interregnum: 1
name: One place
country: XXX
start: 1975-01-01 04:00
places:
  capital: {population: 10k, capital: true, sites: [presidency]}
units:
  plotters: {place: capital, strength: 200, commander: middle}
plot: {tier: middle, units: [plotters], objectives: [presidency]}
)";

TEST(Guards, ACountryOfOnePlaceAndOneUnitWithoutBlocsPatronsOrGroups) {
  expect_all_make_sense(one_place, {}, 300);
  expect_all_make_sense(one_place, {"begins=watch"}, 300);
}

TEST(Guards, AHorizonOfADayAndOfThirtyYears) {
  expect_all_make_sense(test::full_country(), {"horizon=1 days"}, 300);
  const auto records = expect_all_make_sense(test::full_country(), {"horizon=30 years"}, 40);
  EXPECT_GT(seizures(records), 0U);
  expect_all_make_sense(one_place, {"horizon=30 years"}, 40);
}

TEST(Guards, AllParametersAtTheirBounds) {
  // One at a time at its lowest and highest: nothing may break, whatever comes of it.
  const World world = test::world_of(test::full_country());
  State state(world);
  for (const ParameterEntry& entry : parameter_list()) {
    if (entry.mechanism == "clock") continue;  // steps of an hour for years take long
    for (const double value : {entry.low, entry.high}) {
      Theta theta = default_theta();
      entry.value(theta) = value;
      SCOPED_TRACE(entry.key + "=" + std::to_string(value));
      for (std::uint64_t replicate = 0; replicate < 3; ++replicate) {
        const RunRecord record = run(world, theta, {9, 0, replicate}, state);
        expect_sense(record, state.inputs[world.horizon], false);
      }
    }
  }
}

// Attempts come close to the horizon here, and go on beyond it.
TEST(Guards, AWatchedCountryThatIsSureToSeeAttempts) {
  Theta theta = default_theta();
  theta.onset.middle = 2.0;
  const auto late = expect_all_make_sense(test::full_country(), {"begins=watch", "horizon=20 days"}, 2000, theta);
  EXPECT_GT(seizures(late), 200U);
  EXPECT_GT(seizures(expect_all_make_sense(test::full_country(), {"begins=watch", "horizon=24 months"}, 150, theta)),
            50U);
}

TEST(Guards, AVeryLargeCountry) {
  std::string text = R"(interregnum: 1
name: Large
country: XXX
start: 1975-01-01 04:00
horizon: 3 months
places:
  p0: {population: 5M, capital: true, sites: [presidency, broadcaster]}
)";
  for (int place = 1; place < 300; ++place) text += "  p" + std::to_string(place) + ": {population: 20k..80k}\n";
  text += "roads:\n";
  for (int place = 1; place < 300; ++place)
    text +=
        "  - {between: [p" + std::to_string(place) + ", p" + std::to_string((place - 1) / 3) + "], distance: 30 km}\n";
  text += "units:\n";
  for (int unit = 0; unit < 500; ++unit)
    text += "  u" + std::to_string(unit) + ": {place: p" + std::to_string((unit * 7) % 300) +
            ", strength: 300..600, commander: middle}\n";
  text += "plot: {tier: middle, units: [u0, u1, u2], objectives: [broadcaster, presidency]}\n";
  text += "blocs:\n  union: {following: 0.2, stance: -0.4}\narmed_groups:\n";
  for (int group = 0; group < 5; ++group)
    text += "  g" + std::to_string(group) + ": {strength: 800, cause: jihadist, based: [p" +
            std::to_string(250 + group) + "]}\n";
  expect_all_make_sense(text, {}, 8);
}

// Nothing of one replicate is left in the state for the next: the same replicates in order, each on a fresh state, and
// in another order mixed with others and with other parameters.
TEST(Guards, AReplicateIsTheSameOnAnyStateInAnyOrder) {
  for (const char* begins : {"begins=attempt", "begins=watch"}) {
    const World world = test::world_of(test::full_country(), {begins});
    Theta theta = default_theta();
    theta.onset.middle = theta.onset.senior = -1.0;
    Theta other = theta;
    other.people.conviction = 1.6;  // makes other classes of leaning
    other.people.crowd_days = 0.3;
    State shared(world);
    for (std::uint64_t number = 0; number < 150; ++number) {
      const std::uint64_t replicate = (number * 47) % 150;
      State fresh(world);
      const RunRecord alone = run(world, theta, {4, 0, replicate}, fresh);
      run(world, other, {8, 1, number}, shared);
      run(world, theta, {4, 0, replicate + 1}, shared, Until::seizure);
      SCOPED_TRACE(replicate);
      test::expect_same(alone, run(world, theta, {4, 0, replicate}, shared));
    }
  }
}

// Units on an island without a road to the capital: the plot of the file may rise there and fail, but nobody ever
// seizes power, and nobody plots a second time.
TEST(Guards, NobodySeizesPowerWhoCannotReachTheCapital) {
  const std::string text = R"(interregnum: 1
name: An island
country: XXX
start: 1975-01-01 04:00
horizon: 60 months
begins: watch
places:
  capital: {population: 100k, capital: true, sites: [presidency]}
  island: {population: 20k, sites: [armoury]}
units:
  plotters: {place: island, strength: 900, commander: middle, leaning: 1}
  others: {place: island, strength: 900, commander: senior, leaning: 1}
plot: {tier: middle, units: [plotters], objectives: [armoury]}
)";
  Theta theta = default_theta();
  theta.onset.junior = theta.onset.middle = theta.onset.senior = 1.0;
  const auto records = expect_all_make_sense(text, {}, 100, theta);
  std::uint64_t attempts = 0;
  for (const RunRecord& record : records) {
    attempts += record.outcome != Outcome::no_attempt ? 1 : 0;
    EXPECT_TRUE(record.outcome == Outcome::no_attempt || record.outcome == Outcome::failed);
    EXPECT_TRUE(std::isnan(record.another_attempt_hour));
  }
  EXPECT_GT(attempts, 50U);
}

}  // namespace
}  // namespace interregnum
