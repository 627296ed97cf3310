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

}  // namespace

void start_clocks(Seizure& seizure) {
  SeizureState& state = seizure.state;
  for (std::size_t clock = 0; clock < state.clocks.size(); ++clock) {
    // The ruler's clocks and his escape were the first draws under his name; later clocks come after them.
    const bool is_rulers = static_cast<RateClock>(clock) <= RateClock::search;
    const std::size_t occurrence = is_rulers ? clock : clock + 1;
    state.clocks[clock] = {seizure.draws.exponential(DrawPurpose::ruler, ruler_hash, occurrence), state.now, 0.0,
                           Schedule::never};
  }
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
  state.index_changed = true;  // and with it the rates: a clock that has rung stops
}

}  // namespace interregnum
