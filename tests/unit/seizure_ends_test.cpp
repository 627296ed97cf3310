#include "scoring/seizure_ends.hpp"

#include <gtest/gtest.h>

#include <array>

namespace interregnum {
namespace {

using enum OverthrownFate;

TEST(SeizureEnds, AFailureThatWasRealizedWasLostAgain) {
  Attempt attempt;
  EXPECT_EQ(lost_again(attempt), std::nullopt);  // no entry
  attempt.succeeded = true;
  EXPECT_EQ(lost_again(attempt), std::nullopt);
  attempt.cdp_realized = 0;
  EXPECT_EQ(lost_again(attempt), false);  // Powell & Thyne's word counts
  attempt.cdp_realized = 1;
  EXPECT_EQ(lost_again(attempt), false);
  attempt.succeeded = false;
  EXPECT_EQ(lost_again(attempt), true);
  attempt.cdp_realized = 0;
  EXPECT_EQ(lost_again(attempt), std::nullopt);  // never taken
}

TEST(SeizureEnds, InTheModelByItsOutcome) {
  for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
    RunRecord run;
    run.outcome = static_cast<Outcome>(outcome);
    std::optional<bool> expected;
    if (run.outcome == Outcome::reversed) expected = true;
    if (is_seized(run.outcome)) expected = false;
    EXPECT_EQ(lost_again(run), expected) << outcome_names[outcome];
  }
}

/// All 64 combinations: killed counts before fled or exiled, and those before custody.
TEST(SeizureEnds, FatesExcludeEachOtherInTheirOrder) {
  const std::array flags{&Attempt::cdp_killed, &Attempt::cdp_fled,    &Attempt::cdp_exile,
                         &Attempt::cdp_jailed, &Attempt::cdp_harrest, &Attempt::cdp_tried};
  constexpr std::array fates{killed, fled, fled, custody, custody, custody};
  for (unsigned combination = 0; combination < 64; ++combination) {
    Attempt attempt;
    OverthrownFate expected = unharmed;
    for (std::size_t flag = flags.size(); flag-- > 0;) {
      const bool is_set = (combination >> flag & 1U) != 0;
      attempt.*flags[flag] = is_set ? 1.0 : 0.0;
      if (is_set) expected = fates[flag];
    }
    EXPECT_EQ(fate_of_overthrown(attempt), expected) << combination;
    for (const auto flag : flags) {
      Attempt unknown = attempt;
      unknown.*flag = std::nullopt;
      EXPECT_EQ(fate_of_overthrown(unknown), std::nullopt) << combination;
    }
  }
}

TEST(SeizureEnds, TheModelsFates) {
  RunRecord run;
  EXPECT_EQ(fate_of_overthrown(run), unharmed);
  run.ruler_fate = RulerFate::resigned;
  EXPECT_EQ(fate_of_overthrown(run), unharmed);
  run.ruler_fate = RulerFate::fled;
  EXPECT_EQ(fate_of_overthrown(run), fled);
  run.ruler_fate = RulerFate::captured;
  EXPECT_EQ(fate_of_overthrown(run), custody);
}

}  // namespace
}  // namespace interregnum
