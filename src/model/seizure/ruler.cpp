#include "model/seizure/ruler.hpp"

#include <algorithm>
#include <cmath>

#include "base/identifiers.hpp"
#include "model/seizure/beliefs.hpp"

namespace interregnum {

namespace {

constexpr std::uint64_t ruler_hash = hash_identifier("ruler");
constexpr std::uint64_t escape_occurrence = ruler_clock_count;  // after the clocks' own draws

double rate_of(const Seizure& seizure, RulerClock clock) {
  const SeizureState& state = seizure.state;
  const SeizureTheta& theta = seizure.theta;
  if (state.resigned) return 0.0;
  const bool in_capital = state.plan.ruler_place == seizure.world.capital && !state.fled;
  switch (clock) {
    case RulerClock::broadcast:
      return state.captured || state.on_air ? 0.0 : theta.broadcast_rate;
    case RulerClock::flight:
      if (state.captured || !in_capital) return 0.0;
      return theta.flight_rate * std::exp(theta.flight_slope * public_index_without_stall(seizure));
    case RulerClock::resignation:
      return theta.resignation_rate * std::exp(theta.resignation_slope * public_index_without_stall(seizure)) *
             (state.captured ? theta.captive_factor : 1.0);
    case RulerClock::search:
      return !state.captured && in_capital && state.sites[seizure.world.presidency].held_by_plot ? theta.search_rate
                                                                                                 : 0.0;
  }
  return 0.0;
}

void capture(Seizure& seizure, std::int32_t site) {
  seizure.state.captured = true;
  seizure.state.on_air = false;
  note_gain(seizure);
  announce(seizure);
  tell(seizure, EventKind::ruler_captured, none, site, seizure.state.plan.ruler_place);
}

}  // namespace

void start_ruler_clocks(Seizure& seizure) {
  for (std::size_t clock = 0; clock < ruler_clock_count; ++clock) {
    seizure.state.ruler_clocks[clock] = {seizure.draws.exponential(DrawPurpose::ruler, ruler_hash, clock),
                                         seizure.state.now, 0.0, Schedule::never};
  }
  update_ruler_clocks(seizure);
}

void update_ruler_clocks(Seizure& seizure) {
  SeizureState& state = seizure.state;
  state.ruler_due = Schedule::never;
  for (std::size_t index = 0; index < ruler_clock_count; ++index) {
    SeizureState::Clock& clock = state.ruler_clocks[index];
    const double rate = rate_of(seizure, static_cast<RulerClock>(index));
    if (rate != clock.rate) {
      clock.left = std::max(0.0, clock.left - (state.now - clock.at) * clock.rate);
      clock.at = state.now;
      clock.rate = rate;
      clock.due = rate > 0 ? state.now + clock.left / rate : Schedule::never;
    }
    state.ruler_due = std::min(state.ruler_due, clock.due);
  }
}

void ring_ruler_clock(Seizure& seizure) {
  SeizureState& state = seizure.state;
  const World& world = seizure.world;
  std::size_t first = 0;
  while (state.ruler_clocks[first].due != state.ruler_due) ++first;
  switch (static_cast<RulerClock>(first)) {
    case RulerClock::broadcast: {
      state.on_air = true;
      announce(seizure);
      tell(seizure, EventKind::ruler_on_air, none, none, state.fled ? none : state.plan.ruler_place);
      for (std::size_t site = 0; site < world.sites.size(); ++site) {
        // A broadcaster that the ruler's side holds is now seen to be used.
        if (world.sites[site].kind == SiteKind::broadcaster && !state.sites[site].held_by_plot) {
          set_site_signal(seizure, static_cast<std::int32_t>(site), -1.0);
        }
      }
      break;
    }
    case RulerClock::flight:
      state.fled = true;
      announce(seizure);
      tell(seizure, EventKind::ruler_flees, none, none, state.plan.ruler_place);
      break;
    case RulerClock::resignation:
      state.resigned = true;
      note_gain(seizure);
      announce(seizure);
      tell(seizure, EventKind::ruler_resigns, none, none, state.plan.ruler_place);
      break;
    case RulerClock::search:
      capture(seizure, none);
      break;
  }
  state.index_changed = true;  // and with it the rates: a clock that has rung stops
}

void ruler_site_falls(Seizure& seizure, std::int32_t site) {
  SeizureState& state = seizure.state;
  if (site != state.plan.ruler_site || state.captured || state.fled || state.resigned) return;
  if (seizure.draws.uniform(DrawPurpose::ruler, ruler_hash, escape_occurrence) < seizure.theta.capture) {
    capture(seizure, site);
  } else {
    tell(seizure, EventKind::ruler_escapes, none, site, state.plan.ruler_place);
  }
}

bool ruler_is_out(const Seizure& seizure) {
  const SeizureState& state = seizure.state;
  return state.captured || state.resigned || state.fled || state.plan.ruler_place != seizure.world.capital;
}

}  // namespace interregnum
