#include "model/seizure/seizure.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "support.hpp"

namespace {
std::atomic<bool> counting{false};
std::atomic<long> allocations{0};
}  // namespace

// Every allocation of the test program passes here, so that those inside a replicate can be counted. None is inlined:
// the compiler would take one half of a pair for a mistake.
[[gnu::noinline]] void* operator new(std::size_t size) {
  if (counting) ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  if (counting) ++allocations;
  return std::malloc(size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace interregnum {
namespace {

using test::seizures_of;
using test::share_seized;
using test::small_country;
using test::theta_with;
using test::world_of;

TEST(Seizure, AllocatesNothingInsideAReplicate) {
  const World world = world_of(small_country(), {"plot.tier={junior: 0.3, middle: 0.4, senior: 0.3}"});
  const Theta theta = default_theta();
  State state(world);
  run(world, theta, {1, 0, 0}, state);
  allocations = 0;
  counting = true;
  for (std::uint64_t replicate = 0; replicate < 2000; ++replicate) run(world, theta, {2, 0, replicate}, state);
  counting = false;
  EXPECT_EQ(allocations, 0);
}

// Who began it shifts every officer's belief by its own parameter, and by nothing else.
TEST(Seizure, WhoBeganItMovesBeliefs) {
  const auto share = [](const std::string& who, const std::vector<std::string>& theta) {
    return share_seized(seizures_of(world_of(small_country(), {"plot.began_by=" + who}), theta_with(theta), 2000));
  };
  // All futures share their draws, so that two equal models give equal shares.
  const double of_soldiers = share("soldiers", {"palace=3", "dissidents=-3", "rebels=3"});
  for (const std::string who : {"palace", "dissidents", "rebels"}) {
    EXPECT_EQ(share(who, {}), of_soldiers) << who;
    // 2,000 paired futures: a shift of three logits moves far more of them than the .05 that are asked for.
    EXPECT_GT(share(who, {who + "=3"}), of_soldiers + 0.05) << who;
    EXPECT_LT(share(who, {who + "=-3"}), of_soldiers - 0.05) << who;
  }
  const double either = share("{soldiers: 0.5, rebels: 0.5}", {"rebels=3"});
  EXPECT_GT(either, of_soldiers + 0.02);
  EXPECT_LT(either, share("rebels", {"rebels=3"}) - 0.02);
}

// A file that does not say it: who is under no command of the army is no soldier.
TEST(Seizure, WhoBeganItFollowsFromTheFirstUnit) {
  const World soldiers = world_of(small_country());
  EXPECT_EQ(soldiers.inputs[soldiers.began_by].distribution.mean(), static_cast<double>(Initiator::soldiers));
  std::string text = small_country();
  const std::string superior = "plotters: {place: barracks, strength: 700, commander: middle, superior: region,";
  ASSERT_NE(text.find(superior), std::string::npos);
  text.replace(text.find(superior), superior.size(), "plotters: {place: barracks, strength: 700, commander: middle,");
  const World band = world_of(text);
  EXPECT_EQ(band.inputs[band.began_by].distribution.mean(), static_cast<double>(Initiator::dissidents));
}

// The energy of nothing: without soldiers who can move there is no coup.
TEST(Seizure, APlotWithoutSoldiersNeverSeizesPower) {
  const World world = world_of(small_country(), {"units.plotters.strength=0"});
  for (const RunRecord& record : seizures_of(world, default_theta(), 500)) {
    EXPECT_EQ(record.outcome, Outcome::failed);
    EXPECT_DOUBLE_EQ(record.decided_hour, 0.0);
  }
}

TEST(Seizure, AnArmyThatIsAllWithThePlotTakesPowerWithoutAShot) {
  const World world =
      world_of(small_country(),
               {"units.guard.leaning=5", "units.police.leaning=5", "units.armour.leaning=5", "units.infantry.leaning=5",
                "units.plotters.leaning=5", "commands.staff.leaning=5", "commands.region.leaning=5"});
  Theta theta = default_theta();
  theta.consolidation.handover = -12.0;  // nobody bargains it away within the seven days
  theta.seizure.climb_down_rate = 0.0;
  const auto records = seizures_of(world, theta, 1000);
  EXPECT_EQ(share_seized(records), 1.0);
  for (const RunRecord& record : records) EXPECT_EQ(record.deaths, 0.0);
}

TEST(Seizure, AnArmyThatIsAllAgainstItDefeatsIt) {
  const World world =
      world_of(small_country(), {"units.guard.leaning=-5", "units.police.leaning=-5", "units.armour.leaning=-5",
                                 "units.infantry.leaning=-5", "commands.staff.leaning=-5", "commands.region.leaning=-5",
                                 "units.infantry.strength=9000", "units.guard.strength=9000"});
  EXPECT_LT(share_seized(seizures_of(world, theta_with({"decisiveness=6"}), 1000)), 0.02);
}

TEST(Seizure, EventsComeInTheOrderOfTimeAndBeliefsAreProbabilities) {
  const World world = world_of(small_country());
  State state(world);
  state.log.keep_events = true;
  for (std::uint64_t replicate = 0; replicate < 300; ++replicate) {
    const RunRecord record = run(world, default_theta(), {1, 0, replicate}, state, Until::seizure);
    ASSERT_EQ(state.log.events.front().kind, EventKind::attempt_begins);
    double before = 0;
    double deaths = 0;
    EventKind last = EventKind::attempt_begins;  // of the attempt itself
    for (const Event& event : state.log.events) {
      ASSERT_GE(event.hour, before);
      before = event.hour;
      ASSERT_EQ(std::isnan(event.belief), event.kind >= first_stepped_event);
      if (event.kind >= first_stepped_event) continue;
      last = event.kind;
      ASSERT_GE(event.belief, 0.0);
      ASSERT_LE(event.belief, 1.0);
      if (event.kind == EventKind::deaths) deaths += event.amount;
    }
    ASSERT_DOUBLE_EQ(deaths, record.deaths);
    ASSERT_LE(before, 2 * hours_to_hold);
    ASSERT_EQ(last == EventKind::seven_days_held, is_seized(record.outcome));
    if (last == EventKind::power_lost) {
      ASSERT_EQ(record.outcome, Outcome::reversed);
    } else if (record.outcome == Outcome::reversed) {
      // Power was lost otherwise than by arms: to a crowd, foreigners, insurgents, by bargain.
      const auto is_removal = [](const Event& event) {
        return event.kind >= EventKind::junta_falls_to_crowd && event.kind <= EventKind::capital_falls;
      };
      ASSERT_TRUE(std::any_of(state.log.events.begin(), state.log.events.end(), is_removal));
    }
  }
}

TEST(Seizure, PowerCountsAsTakenOnlyAfterItHasBeenHeldForSevenDays) {
  const World world = world_of(small_country());
  State state(world);
  state.log.keep_events = true;
  int seized = 0;
  for (std::uint64_t replicate = 0; replicate < 300; ++replicate) {
    const RunRecord record = run(world, default_theta(), {1, 0, replicate}, state, Until::seizure);
    if (!is_seized(record.outcome)) continue;
    ++seized;
    ASSERT_DOUBLE_EQ(state.log.events.back().hour, record.taken_hour + hours_to_hold);
    ASSERT_DOUBLE_EQ(record.decided_hour, record.taken_hour);
  }
  EXPECT_GT(seized, 20);
}

// With no impatience, no other clocks and commanders who never fire or yield, nothing is ever decided: day seven must
// do it.
TEST(Seizure, DaySevenDecidesWhatIsStillOpen) {
  const World world =
      world_of(small_country(), {"units.plotters.leaning=5", "units.guard.leaning=-5", "units.police.leaning=-5"});
  const Theta theta = theta_with(
      {"stall=0", "reluctance=6", "standoff_hours=96", "flight_rate=0", "resignation_rate=0", "baseline=-6"});
  int undecided = 0;
  for (const RunRecord& record : seizures_of(world, theta, 400)) {
    if (!record.undecided_at_day_seven) continue;
    ++undecided;
    ASSERT_GE(record.decided_hour, hours_to_hold);
  }
  EXPECT_GT(undecided, 0);
}

TEST(Seizure, SmallestCountries) {
  const std::string one_place = R"(interregnum: 1
name: One town
country: XXX
start: 1975-01-01 04:00
places: {capital: {population: 0, capital: true, sites: [presidency]}}
units: {plotters: {place: capital, strength: 10, commander: junior}}
plot: {tier: junior, units: [plotters], objectives: [presidency]}
)";
  const auto records = seizures_of(world_of(one_place), default_theta(), 200);
  EXPECT_GT(share_seized(records), 0.0);
  const auto elsewhere =
      seizures_of(world_of(small_country(), {"ruler={name: R, place: province}"}), default_theta(), 200);
  EXPECT_EQ(elsewhere.size(), 200U);
}

TEST(Seizure, ExtremeParametersEndToo) {
  const World world = world_of(small_country());
  for (const ParameterEntry& parameter : parameter_list()) {
    for (const double value : {parameter.low, parameter.high}) {
      Theta theta = default_theta();
      parameter.value(theta) = value;
      for (const RunRecord& record : seizures_of(world, theta, 50)) {
        ASSERT_LE(record.decided_hour, 2 * hours_to_hold) << parameter.key << " = " << value;
        ASSERT_LT(record.steps, 20000U) << parameter.key << " = " << value;
      }
    }
  }
}

}  // namespace
}  // namespace interregnum
