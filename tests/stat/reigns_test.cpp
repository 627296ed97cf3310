#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "stage.hpp"

// Properties of every future, read off its events as a reader of a chronicle would: they hold in each or are broken, so
// that there is no false alarm. What makes the tests sharp is counted too, that they may not pass for want of cases.
namespace interregnum {
namespace {

bool is_about_elections(EventKind kind) { return kind >= EventKind::election_held && kind <= EventKind::election_lost; }

/// Ends a ruler's time, other than by a coup.
bool is_removal(EventKind kind) { return kind >= EventKind::junta_falls_to_crowd && kind <= EventKind::capital_falls; }

/// What happens in futures of a country that is seldom quiet.
template <class Look>
void look_at_futures(std::uint64_t futures, const Look& look) {
  const World world = test::world_of(
      test::full_country(),
      {"horizon=72 months",
       "calendar=[{event: presidential_election, date: 1975-01-03}, {event: legislative_election, date: 1976-02-01}, "
       "{event: presidential_election, date: 1977-02-01}, {event: presidential_election, date: 1979-02-01}]",
       "transition.elections_after=3..9 months"});
  Theta theta = default_theta();
  for (double* rate : {&theta.onset.junior, &theta.onset.middle, &theta.onset.senior}) *rate += 1.5;
  theta.consolidation.win = 1.5;
  theta.consolidation.postpone = -1.0;
  theta.consolidation.election_overtaken = 0.5;
  theta.consolidation.handover = -5.0;
  State state(world);
  state.log.keep_events = true;
  for (std::uint64_t future = 0; future < futures; ++future) {
    SCOPED_TRACE("future " + std::to_string(future));
    run(world, theta, {5, 0, future}, state, Until::horizon);
    look(state.log.events);
  }
}

/// One past the event that decides the attempt which begins at `from`.
std::size_t end_of_attempt(const std::vector<Event>& events, std::size_t from) {
  for (std::size_t at = from + 1; at < events.size(); ++at) {
    const EventKind kind = events[at].kind;
    const bool goes_on =
        at + 1 < events.size() && events[at + 1].hour == events[at].hour &&
        (events[at + 1].kind == EventKind::power_lost || events[at + 1].kind == EventKind::power_taken);
    if (kind == EventKind::power_lost || kind == EventKind::seven_days_held || is_removal(kind)) return at + 1;
    const bool may_end_it =
        kind == EventKind::plot_dispersed || kind == EventKind::climb_down || kind == EventKind::day_seven_decides;
    if (may_end_it && !goes_on) return at + 1;
  }
  return events.size();
}

TEST(Reigns, NobodyVotesWhileAnAttemptIsOn) {
  std::uint64_t attempts = 0;
  std::uint64_t elections = 0;
  look_at_futures(150, [&](const std::vector<Event>& events) {
    for (const Event& event : events) elections += is_about_elections(event.kind) ? 1 : 0;
    for (std::size_t at = 0; at < events.size(); ++at) {
      if (events[at].kind != EventKind::attempt_begins) continue;
      ++attempts;
      const std::size_t end = end_of_attempt(events, at);
      for (std::size_t during = at; during < end; ++during)
        EXPECT_FALSE(is_about_elections(events[during].kind) &&
                     !(is_removal(events[end - 1].kind) && events[during].hour == events[end - 1].hour))
            << "at hour " << events[during].hour;
    }
  });
  EXPECT_GT(attempts, 300U);
  EXPECT_GT(elections, 300U);
}

TEST(Reigns, NobodyWhoWasElectedIsReplacedAsAStandIn) {
  std::uint64_t victories = 0;
  look_at_futures(150, [&](const std::vector<Event>& events) {
    bool elected = false;
    for (const Event& event : events) {
      if (event.kind == EventKind::election_won) {
        elected = true;
        ++victories;
      }
      if (event.kind == EventKind::power_taken || is_removal(event.kind)) elected = false;
      EXPECT_FALSE(elected && event.kind == EventKind::stand_in_replaced);
    }
  });
  EXPECT_GT(victories, 40U);
}

TEST(Reigns, WhoeverWasOutAndRulesAgainIsAnnounced) {
  std::uint64_t returns = 0;
  look_at_futures(150, [&](const std::vector<Event>& events) {
    for (std::size_t at = 0; at < events.size(); ++at) {
      if (events[at].kind != EventKind::attempt_begins) continue;
      const std::size_t end = end_of_attempt(events, at);
      const EventKind last = events[end - 1].kind;
      if (end == events.size() || last == EventKind::seven_days_held || is_removal(last)) continue;
      bool captured = false;
      bool gone = false;
      for (std::size_t during = at; during < end; ++during) {
        const EventKind kind = events[during].kind;
        captured = kind == EventKind::ruler_captured || (captured && kind != EventKind::ruler_freed);
        gone = gone || kind == EventKind::ruler_flees || kind == EventKind::ruler_resigns ||
               kind == EventKind::power_taken;
      }
      const bool out = captured || gone;
      bool announced = false;
      for (std::size_t after = end; after < events.size() && events[after].hour == events[end - 1].hour; ++after) {
        const EventKind kind = events[after].kind;
        announced = announced || kind == EventKind::ruler_back || kind == EventKind::successor_takes_office ||
                    kind == EventKind::leader_replaced;
      }
      EXPECT_EQ(out, announced) << "attempt at hour " << events[at].hour;
      returns += out ? 1 : 0;
    }
  });
  EXPECT_GT(returns, 20U);
}

}  // namespace
}  // namespace interregnum
