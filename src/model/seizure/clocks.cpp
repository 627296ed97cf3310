#include "model/seizure/clocks.hpp"

#include <algorithm>

#include "base/identifiers.hpp"
#include "model/seizure/aftermath.hpp"
#include "model/seizure/ruler.hpp"

namespace interregnum {

namespace {

double rate_of(const Seizure& seizure, RateClock clock) {
  switch (clock) {
    case RateClock::broadcast:
      return broadcast_rate(seizure);
    case RateClock::flight:
      return flight_rate(seizure);
    case RateClock::resignation:
      return resignation_rate(seizure);
    case RateClock::search:
      return search_rate(seizure);
    case RateClock::climb_down:
      return climb_down_rate(seizure);
    case RateClock::counter_move:
      return counter_move_rate(seizure);
  }
  return 0.0;
}

/// Gives a clock a new unit-exponential time; it runs from now on, at the rate that `update_clocks` finds.
void wind(Seizure& seizure, std::size_t clock, std::uint64_t rings) {
  constexpr std::uint64_t draws_of_a_round = 16;  // the ruler's escape and all clocks have one each
  // The ruler's four clocks and his escape were the first draws under this key; later clocks come after them.
  const bool is_rulers = static_cast<RateClock>(clock) <= RateClock::search;
  const std::uint64_t occurrence = (is_rulers ? clock : clock + 1) + rings * draws_of_a_round;
  const double left = seizure.draws.exponential(DrawPurpose::ruler, ruler_hash, occurrence);
  seizure.state.clocks[clock] = {left, seizure.state.now, 0.0, Schedule::never, rings};
}

}  // namespace

void start_clocks(Seizure& seizure) {
  SeizureState& state = seizure.state;
  for (std::size_t clock = 0; clock < state.clocks.size(); ++clock) wind(seizure, clock, 0);
  update_clocks(seizure);
}

void update_clocks(Seizure& seizure) {
  SeizureState& state = seizure.state;
  state.clock_due = Schedule::never;
  for (std::size_t index = 0; index < state.clocks.size(); ++index) {
    SeizureState::Clock& clock = state.clocks[index];
    const double rate = rate_of(seizure, static_cast<RateClock>(index));
    if (rate != clock.rate) {
      clock.left = std::max(0.0, clock.left - (state.now - clock.at) * clock.rate);
      clock.at = state.now;
      clock.rate = rate;
      clock.due = rate > 0 ? state.now + clock.left / rate : Schedule::never;
    }
    state.clock_due = std::min(state.clock_due, clock.due);
  }
}

void ring_clock(Seizure& seizure) {
  SeizureState& state = seizure.state;
  std::size_t first = 0;
  while (state.clocks[first].due != state.clock_due) ++first;
  wind(seizure, first, state.clocks[first].rings + 1);
  switch (static_cast<RateClock>(first)) {
    case RateClock::broadcast:
      ruler_speaks(seizure);
      break;
    case RateClock::flight:
      ruler_flees(seizure);
      break;
    case RateClock::resignation:
      ruler_resigns(seizure);
      break;
    case RateClock::search:
      ruler_is_found(seizure);
      break;
    case RateClock::climb_down:
      plot_climbs_down(seizure);
      break;
    case RateClock::counter_move:
      officers_rise(seizure);
      break;
  }
  state.index_changed = true;  // and with it the rates: most of what has happened does not happen again
}

}  // namespace interregnum
