#include "model/rulers.hpp"

#include <algorithm>

#include "base/contract.hpp"
#include "model/country.hpp"

namespace interregnum {

namespace {

Reign begin_reign(Country& country, RulerKind kind) {
  Rulers& rulers = country.state.rulers;
  Reign reign;
  reign.kind = kind;
  reign.era = ++rulers.eras;
  reign.since = country.hour;
  reign.lost_before = country.state.country.lost_share;
  reign.overthrew_old_class = came_by_force(kind) && is_old_class(rulers.now.kind);
  return reign;
}

/// A junta with what it announces. A later one is taken to announce what the first did: the file knows no other.
Reign begin_junta(Country& country) {
  const World& world = country.world;
  const OnsetState& onset = country.state.onset;
  Reign reign = begin_reign(country, RulerKind::junta);
  reign.from_plot_of_file = reign.leader_is_followed = onset.attempts <= 1;
  const double soldiers = country.input(world.council_soldiers);
  const double civilians = country.input(world.council_civilians);
  reign.transition_announced = world.transition_is_known;
  reign.civilian_seats = soldiers + civilians > 0 ? civilians / (soldiers + civilians) : 0.0;
  reign.military_head = country.input(world.head) < 0.5;
  reign.government_dissolved = country.input(world.government) > 0.5;
  if (world.elections_are_promised) reign.election_due = country.hour + country.input(world.elections_after);
  return reign;
}

/// The same government under somebody else: what it has announced stands, what its old head did is his own.
Reign succeed(Country& country) {
  const Reign& before = country.state.rulers.now;
  Reign reign = begin_reign(country, before.kind);
  reign.overthrew_old_class = before.overthrew_old_class;
  reign.elected = before.elected;
  return reign;
}

/// Everybody meets another ruler. The order matters: the public's leaning toward the old ruler is noted before anything
/// of his is gone, and that toward the new one starts from what blocs say and patrons do to him, which is nothing yet.
void install(Country& country, const Reign& reign, Welcome welcome, bool sides_turn) {
  note_leanings(country);
  country.state.rulers.now = reign;
  country.state.rulers.is_on_air = false;
  blocs_meet_new_ruler(country);
  patrons_meet_new_ruler(country);
  public_meets_ruler(country, welcome, sides_turn);
}

/// A ruler who came by no attempt: nobody waits to be back, and the army has no account to settle with him.
void install_for_good(Country& country, const Reign& reign, Welcome welcome) {
  install(country, reign, welcome, true);
  country.state.rulers.plot_rules = false;
  forget_attitudes(country);
}

void depose(Country& country) {
  // Armed groups whose capital is taken from them do not hold it while the plot does.
  if (country.state.rulers.now.kind == RulerKind::insurgents)
    country.state.rulers.now.capital_of = capital_passes_to(country, none);
  country.state.rulers.deposed = country.state.rulers.now;
  country.state.rulers.plot_rules = true;
  keep_leanings(country);
  keep_words(country);
  keep_courses(country);
}

/// The deposed ruler is back with all that was his, and all that others held of him.
void restore_deposed(Country& country) {
  Rulers& rulers = country.state.rulers;
  const double days = (country.hour - rulers.now.since) / hours_per_day;
  rulers.now = rulers.deposed;
  rulers.plot_rules = rulers.is_on_air = false;
  // The memory of his soldiers' killings has faded as it would have in any case.
  rulers.now.killings *= std::exp(-days / country.theta.people.killings_days);
  take_up_words(country);
  take_up_courses(country);
  if (rulers.now.capital_of != none) {
    capital_passes_to(country, rulers.now.capital_of);
    rulers.now.capital_of = none;
  }
  public_meets_ruler(country, Welcome::again, true);
}

void succession(Country& country) {
  const RulerKind kind = country.state.rulers.now.kind;
  install(country, succeed(country), is_old_class(kind) ? Welcome::old_class : Welcome::blank, false);
  tell(country, EventKind::successor_takes_office);
}

/// Whoever ruled before the attempt rules again or still. A resignation that was forced from a captive is void once he
/// is free; one that nobody forced stands, and his side puts up another.
void survive(Country& country) {
  Rulers& rulers = country.state.rulers;
  const SeizureState& seizure = country.state.seizure;
  const bool was_out = rulers.plot_rules || seizure.captured || seizure.fled;
  if (rulers.plot_rules) restore_deposed(country);
  rulers.is_on_air = false;
  patrons_see_attempt_fail(country);
  if (!seizure.resigned || seizure.captured) {
    if (was_out) tell(country, EventKind::ruler_back);
  } else if (!came_by_force(rulers.now.kind)) {
    succession(country);
  } else {
    replace_leader(country, LeaderExit::succession);
  }
}

}  // namespace

void start_rulers(Country& country) {
  country.state.rulers = Rulers{};
  country.state.rulers.now.since = country.world.ruler_since;
}

void change_ruler(Country& country, RulerChange change) {
  Rulers& rulers = country.state.rulers;
  switch (change) {
    case RulerChange::seizure:
      depose(country);
      install(country, begin_junta(country), Welcome::by_force, true);
      if (country.world.transition_is_known || country.world.elections_are_promised)
        tell(country, EventKind::transition_announced, none, none, rulers.now.civilian_seats);
      return;
    case RulerChange::hold:
      expects(rulers.plot_rules, "only a plot that rules can have held power", rulers.plot_rules);
      rulers.plot_rules = false;
      return;
    case RulerChange::survival:
      survive(country);
      return;
    case RulerChange::to_civilians:
      install_for_good(country, begin_reign(country, RulerKind::civilians), Welcome::blank);
      return;
    case RulerChange::to_old_class:
      install_for_good(country, begin_reign(country, RulerKind::restored), Welcome::old_class);
      tell(country, EventKind::old_class_returns);
      return;
    case RulerChange::to_insurgents:
      install_for_good(country, begin_reign(country, RulerKind::insurgents), Welcome::by_force);
      return;
    case RulerChange::election: {
      Reign reign = begin_reign(country, RulerKind::civilians);
      reign.elected = true;
      install_for_good(country, reign, Welcome::blank);
      return;
    }
    case RulerChange::succession:
      succession(country);
      return;
    case RulerChange::victory:
      expects(rulers.now.kind == RulerKind::junta, "only a junta's side wins its elections", rulers.now.kind);
      rulers.now.elected = true;
      rulers.now.government_dissolved = false;
      rulers.now.election_due = rulers.now.old_election_due = no_date;
      return;
  }
}

double broken_order(const Country& country) {
  const Reign& reign = country.state.rulers.now;
  if (reign.elected) return 0.0;
  const double dissolved = reign.government_dissolved ? 1.0 : 0.0;
  const double soldiers = reign.military_head ? 1.0 : 0.0;
  const double dateless = std::min(reign.election_due, reign.old_election_due) == no_date ? 1.0 : 0.0;
  // Elections that were due and did not take place weigh as much as any of these.
  const double overtaken = reign.election_was_overtaken ? 1.0 : 0.0;
  return std::min(1.0, (dissolved + soldiers + dateless + overtaken) / 3.0);
}

}  // namespace interregnum
