#include "analysis/outcomes.hpp"

#include <gtest/gtest.h>

namespace interregnum {
namespace {

RunRecord record(std::uint64_t replicate, Outcome outcome, double hour, double deaths) {
  RunRecord made;
  made.replicate = replicate;
  made.input_draw = replicate / 4;
  made.outcome = outcome;
  made.attempt_hour = 2;
  made.decided_hour = hour + 2;
  made.taken_hour = hour + 2;
  made.ended_hour = made.taken_hour + 720;
  made.deaths = deaths;
  made.kinds_seen.set(static_cast<std::size_t>(deaths > 0 ? EventKind::deaths : EventKind::standoff));
  return made;
}

TEST(Outcomes, AreCountedWithTheirTimesAndDeaths) {
  OutcomeSummary summary;
  const std::vector<RunRecord> records{record(0, Outcome::in_power, 10, 0), record(1, Outcome::in_power, 20, 5),
                                       record(2, Outcome::in_power, 30, 0), record(3, Outcome::failed, 60, 40),
                                       record(4, Outcome::reversed, 50, 0)};
  summary.add(records);
  EXPECT_EQ(summary.replicates(), 5U);
  EXPECT_DOUBLE_EQ(summary.seized().estimate().p, 0.6);
  EXPECT_DOUBLE_EQ(summary.outcome(Outcome::reversed).estimate().p, 0.2);
  EXPECT_DOUBLE_EQ(*summary.seized_time().quantile(0.5), 20.0);
  EXPECT_DOUBLE_EQ(*summary.ended(Outcome::failed).quantile(0.5), 60.0);     // from the beginning of the attempt
  EXPECT_DOUBLE_EQ(*summary.ended(Outcome::in_power).quantile(0.5), 720.0);  // from the seizure
  EXPECT_FALSE(summary.ended(Outcome::uprising).quantile(0.5));
  EXPECT_DOUBLE_EQ(summary.without_deaths().estimate().p, 0.6);
  EXPECT_DOUBLE_EQ(summary.without_deaths_if_seized().estimate().p, 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(summary.deaths_quantile(0.9)->value, 40.0);
  EXPECT_DOUBLE_EQ(summary.decided_within_48_hours().estimate().p, 0.6);
  const auto milestones = summary.milestones(2);
  ASSERT_EQ(milestones.size(), 2U);
  EXPECT_EQ(milestones[0].kind, EventKind::standoff);
  EXPECT_DOUBLE_EQ(milestones[0].probability.p, 0.6);
  EXPECT_EQ(milestones[1].kind, EventKind::deaths);
}

// How bloody and how long attempts are is asked of attempts: futures in which nobody moves change none of it.
TEST(Outcomes, SharesOfAttemptsLeaveOutFuturesWithoutOne) {
  OutcomeSummary summary;
  EXPECT_FALSE(summary.deaths_quantile(0.5));
  const std::vector<RunRecord> none(100);
  summary.add(none);
  EXPECT_EQ(summary.attempts(), 0U);
  EXPECT_FALSE(summary.deaths_quantile(0.5));
  const std::vector<RunRecord> records{record(100, Outcome::in_power, 10, 3), record(104, Outcome::failed, 60, 40),
                                       record(108, Outcome::failed, 20, 0), record(112, Outcome::failed, 30, 7)};
  summary.add(records);
  EXPECT_EQ(summary.replicates(), 104U);
  EXPECT_EQ(summary.attempts(), 4U);
  EXPECT_DOUBLE_EQ(summary.without_deaths().estimate().p, 0.25);
  EXPECT_DOUBLE_EQ(summary.without_deaths_if_not().estimate().p, 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(summary.decided_within_48_hours().estimate().p, 0.75);
  EXPECT_EQ(summary.undecided().trials(), 4U);
  EXPECT_DOUBLE_EQ(summary.deaths_quantile(0.5)->value, 3.0);
}

}  // namespace
}  // namespace interregnum
