#include "model/seizure/ruler.hpp"

#include <cmath>

#include "model/seizure/beliefs.hpp"

namespace interregnum {

namespace {

constexpr std::uint64_t escape_occurrence = 4;  // after the draws of his four clocks

bool is_in_capital(const Seizure& seizure) {
  return seizure.state.plan.ruler_place == seizure.world.capital && !seizure.state.fled;
}

void capture(Seizure& seizure, std::int32_t held_at, std::int32_t told_at) {
  SeizureState& state = seizure.state;
  state.captured = true;
  state.captive_at = held_at;
  state.on_air = false;
  note_gain(seizure);
  announce(seizure);
  tell(seizure, EventKind::ruler_captured, none, told_at, state.plan.ruler_place);
}

}  // namespace

double broadcast_rate(const Seizure& seizure) {
  const SeizureState& state = seizure.state;
  return state.resigned || state.captured || state.on_air ? 0.0 : seizure.theta.broadcast_rate;
}

double flight_rate(const Seizure& seizure) {
  const SeizureState& state = seizure.state;
  if (state.resigned || state.captured || !is_in_capital(seizure)) return 0.0;
  return seizure.theta.flight_rate * std::exp(seizure.theta.flight_slope * public_index_without_stall(seizure));
}

double resignation_rate(const Seizure& seizure) {
  const SeizureState& state = seizure.state;
  const double index = public_index(seizure);  // as it was when something last changed
  if (state.resigned || (!state.captured && index <= 0)) return 0.0;
  return seizure.theta.resignation_rate * std::exp(seizure.theta.resignation_slope * index) *
         (state.captured ? seizure.theta.captive_factor : 1.0);
}

double search_rate(const Seizure& seizure) {
  const SeizureState& state = seizure.state;
  if (state.resigned || state.captured || !is_in_capital(seizure)) return 0.0;
  return state.sites[seizure.world.presidency].held_by_plot ? seizure.theta.search_rate : 0.0;
}

void ruler_speaks(Seizure& seizure) {
  SeizureState& state = seizure.state;
  const World& world = seizure.world;
  state.on_air = true;
  announce(seizure);
  tell(seizure, EventKind::ruler_on_air, none, none, state.fled ? none : state.plan.ruler_place);
  for (std::size_t site = 0; site < world.sites.size(); ++site) {
    // A broadcaster that the ruler's side holds is now seen to be used.
    if (world.sites[site].kind == SiteKind::broadcaster && !state.sites[site].held_by_plot)
      set_site_signal(seizure, static_cast<std::int32_t>(site), -1.0);
  }
}

void ruler_flees(Seizure& seizure) {
  seizure.state.fled = true;
  announce(seizure);
  tell(seizure, EventKind::ruler_flees, none, none, seizure.state.plan.ruler_place);
}

void ruler_resigns(Seizure& seizure) {
  seizure.state.resigned = true;
  note_gain(seizure);
  announce(seizure);
  tell(seizure, EventKind::ruler_resigns, none, none, seizure.state.plan.ruler_place);
}

void ruler_is_found(Seizure& seizure) { capture(seizure, seizure.world.presidency, none); }

void ruler_site_falls(Seizure& seizure, std::int32_t site) {
  SeizureState& state = seizure.state;
  if (site != state.plan.ruler_site || state.captured || state.fled || state.resigned || state.escaped) return;
  if (seizure.draws.uniform(DrawPurpose::ruler, ruler_hash, escape_occurrence) < seizure.theta.capture) {
    capture(seizure, site, site);
  } else {
    state.escaped = true;
    tell(seizure, EventKind::ruler_escapes, none, site, state.plan.ruler_place);
  }
}

void ruler_site_retaken(Seizure& seizure, std::int32_t site) {
  SeizureState& state = seizure.state;
  if (!state.captured || state.resigned || state.captive_at != site) return;
  state.captured = false;
  state.captive_at = none;
  state.escaped = true;
  state.index_changed = true;
  tell(seizure, EventKind::ruler_freed, none, site, state.plan.ruler_place);
}

bool ruler_is_out(const Seizure& seizure) {
  const SeizureState& state = seizure.state;
  return state.captured || state.resigned || state.fled || state.plan.ruler_place != seizure.world.capital;
}

}  // namespace interregnum
