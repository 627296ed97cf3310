#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "base/distribution.hpp"
#include "model/seizure/aftermath.hpp"
#include "model/seizure/beliefs.hpp"
#include "model/seizure/ruler.hpp"
#include "model/seizure/seizure.hpp"
#include "stage.hpp"

// What no chronicle of a coup would tell, and what decides a contest beside fights: distance, fronts, crowds, terms,
// and officers who only went along.
namespace interregnum {
namespace {

using test::full_country;
using test::small_country;
using test::theta_with;
using test::world_of;

/// Calls `look(state, record)` after each of `count` futures, whose events are kept.
template <class Look>
void play(const World& world, const Theta& theta, std::uint64_t count, const Look& look) {
  State state(world);
  state.log.keep_events = true;
  for (std::uint64_t replicate = 0; replicate < count; ++replicate) {
    const RunRecord record = run(world, theta, {7, 0, replicate}, state, Until::seizure);
    look(state, record);
  }
}

/// The position of a unit among the actors.
std::int32_t unit_of(const World& world, const std::string& id) {
  for (std::size_t actor = 0; actor < world.units; ++actor) {
    if (world.actors[actor].id == id) return static_cast<std::int32_t>(actor);
  }
  ADD_FAILURE() << "no unit " << id;
  return 0;
}

/// Columns of the unit that set out for the capital while power was contested.
std::uint64_t marches_on_capital(const World& world, const Theta& theta, const std::string& unit) {
  std::uint64_t marches = 0;
  play(world, theta, 1000, [&](const State& state, const RunRecord&) {
    for (const Event& event : state.log.events) {
      if (event.kind == EventKind::power_taken) break;
      if (event.kind != EventKind::column_sets_out) continue;
      const bool to_capital = world.sites[static_cast<std::size_t>(event.site)].place == world.capital;
      marches += to_capital && world.actors[static_cast<std::size_t>(event.actor)].id == unit ? 1 : 0;
    }
  });
  return marches;
}

TEST(Geography, AGarrisonThatFacesAnArmedGroupMarchesOnlyOnOrders) {
  const World world = world_of(full_country(), {"units.infantry.leaning=-2"});
  EXPECT_EQ(marches_on_capital(world, theta_with({"front_orders=0"}), "infantry"), 0U);
  EXPECT_GT(marches_on_capital(world, theta_with({"front_orders=1"}), "infantry"), 100U);
}

TEST(Geography, AUnitTooFarAwayDeclaresAndStays) {
  const World world = world_of(small_country(), {"units.infantry.leaning=-2"});  // 320 km from the capital
  EXPECT_EQ(marches_on_capital(world, theta_with({"march_limit=2"}), "infantry"), 0U);
  EXPECT_GT(marches_on_capital(world, theta_with({"march_limit=1000"}), "infantry"), 100U);
}

// The plotters' way to the armoury of their own town takes a lognormal time with mean `city_hours`.
TEST(Geography, TimesWithinATownHaveTheirMean) {
  const Theta theta = theta_with({"city_hours=0.5", "city_spread=0.6"});
  const World world = world_of(small_country());
  const std::int32_t plotters = unit_of(world, "plotters");
  double sum = 0;
  double of = 0;
  play(world, theta, 20000, [&](const State& state, const RunRecord&) {
    for (const Event& event : state.log.events) {
      if (event.kind == EventKind::column_arrives && event.actor == plotters) {
        sum += event.hour;
        ++of;
        break;
      }
    }
  });
  // Plotters who give up on the way, within the first hours, are left out: few, and those with the longest ways.
  ASSERT_GT(of, 18000);
  const double sd = 0.5 * std::sqrt(std::exp(0.36) - 1.0);
  EXPECT_NEAR(sum / of, 0.5, 4.5 * sd / std::sqrt(of) + 0.01);
}

// Without detachments and regrouping sites of this country go to and fro; with them it is rare.
TEST(Sites, DoNotGoToAndFro) {
  const World world = world_of(small_country());
  const auto often = [&](const Theta& theta) {
    int futures = 0;
    play(world, theta, 2000, [&](const State& state, const RunRecord&) {
      std::map<std::int32_t, int> changes;
      int most = 0;
      for (const Event& event : state.log.events) {
        if (event.kind == EventKind::site_taken || event.kind == EventKind::site_retaken)
          most = std::max(most, ++changes[event.site]);
      }
      futures += most > 3 ? 1 : 0;
    });
    return futures;
  };
  EXPECT_LT(2 * often(default_theta()), often(theta_with({"detachment=0", "regroup_hours=0"})));
}

TEST(Sites, AreLeftToAPartOfTheUnitThatMovesOn) {
  const World world = world_of(small_country());
  int seen = 0;
  play(world, default_theta(), 2000, [&](const State& state, const RunRecord&) {
    const SeizureState& seizure = state.seizure;
    double at_sites = 0;
    double of_units = 0;
    double soldiers = 0;
    for (const SiteState& site : seizure.sites) {
      at_sites += site.detachment;
      if (site.detachment > 0) {
        ++seen;
        const ActorState& unit = seizure.actors[static_cast<std::size_t>(site.detached_from)];
        ASSERT_EQ(unit.stance == Stance::join, site.held_by_plot);
      }
    }
    for (const ActorState& actor : seizure.actors) {
      ASSERT_GE(actor.detached, -1e-9);
      of_units += actor.detached;
      soldiers += actor.strength + actor.detached;
    }
    double in_file = 0;
    for (std::size_t unit = 0; unit < world.units; ++unit) in_file += state.inputs[world.actors[unit].strength];
    ASSERT_NEAR(at_sites, of_units, 1e-6);
    ASSERT_LE(soldiers, in_file + 1e-6);  // fights cost some, nobody comes in
  });
  EXPECT_GT(seen, 500);
}

// With nothing private in officers' beliefs, and no impatience, their mean is the index that the ruler goes by.
TEST(Ruler, NobodyResignsFreelyWhileHisTroopsAreWinning) {
  const World world = world_of(small_country());
  const Theta theta =
      theta_with({"private_signal=0", "chain_of_command=0", "leader=0", "stall=0", "resignation_rate=0.05"});
  int free_men = 0;
  play(world, theta, 3000, [&](const State& state, const RunRecord&) {
    bool captured = false;
    for (const Event& event : state.log.events) {
      if (event.kind == EventKind::ruler_captured) captured = true;
      if (event.kind == EventKind::ruler_freed) captured = false;
      if (event.kind != EventKind::ruler_resigns || captured) continue;
      ++free_men;
      ASSERT_GE(event.belief, 0.5);
    }
  });
  EXPECT_GT(free_men, 50);
}

TEST(Ruler, IsFreeOnceLoyalTroopsHoldWhereHeWasCaught) {
  const World world = world_of(small_country());
  int freed = 0;
  play(world, default_theta(), 3000, [&](const State& state, const RunRecord&) {
    bool captured = false;
    bool resigned = false;
    int escapes = 0;
    for (const Event& event : state.log.events) {
      if (event.kind == EventKind::ruler_captured) captured = true;
      if (event.kind == EventKind::ruler_resigns) resigned = true;
      if (event.kind == EventKind::ruler_escapes) ++escapes;
      if (event.kind == EventKind::ruler_freed) {
        ASSERT_TRUE(captured && !resigned);
        captured = false;
        ++freed;
      }
    }
    ASSERT_LE(escapes, 1);
    // He is held at the presidency, which cannot be in loyal hands while he is.
    const bool presidency_loyal = !state.seizure.sites[static_cast<std::size_t>(world.presidency)].held_by_plot;
    ASSERT_FALSE(captured && !resigned && presidency_loyal);
  });
  EXPECT_GT(freed, 20);
}

/// An attempt that has just begun.
struct Beginning {
  Beginning(const World& world, const Theta& theta, std::uint64_t replicate = 0) : stage(world, theta, replicate) {
    stage.state.log.keep_events = true;
    seizure.state.plan.fronts.assign(world.places.size(), 0);
    plan_from_file(world, stage.state.inputs, stage.state.seizure.plan);
    begin_seizure(seizure, 0.0, result);
  }
  test::Stage stage;
  Seizure seizure{stage.country.world, stage.theta.seizure, stage.draws,
                  stage.state.inputs,  stage.state.seizure, stage.state.log};
  SeizureResult result;
};

TEST(Crowds, ObstructOnlyTheSideThatTheyAreAgainst) {
  const World world = world_of(small_country());
  Beginning beginning(world, default_theta());
  Seizure& seizure = beginning.seizure;
  set_street(seizure, 0.0, -0.6);
  EXPECT_DOUBLE_EQ(hostile_crowd(seizure, world.capital, Stance::join), 0.6);
  EXPECT_DOUBLE_EQ(hostile_crowd(seizure, world.capital, Stance::resist), 0.0);
  const std::int32_t elsewhere = world.actors[static_cast<std::size_t>(unit_of(world, "plotters"))].place;
  EXPECT_DOUBLE_EQ(hostile_crowd(seizure, elsewhere, Stance::join), 0.0);
  set_street(seizure, 0.0, 0.3);
  EXPECT_DOUBLE_EQ(hostile_crowd(seizure, world.capital, Stance::join), 0.0);
  EXPECT_DOUBLE_EQ(hostile_crowd(seizure, world.capital, Stance::resist), 0.3);
}

/// Plotters who go on whatever comes, in a capital whose crowds are a matter of streets and not of beliefs.
World resolute_plotters() {
  return world_of(small_country(), {"units.plotters.leaning=5", "units.guard.leaning=-5", "units.police.leaning=-5"});
}

TEST(Crowds, DoubleTheTimeInTownOfColumnsThatTheyAreAgainst) {
  const World world = resolute_plotters();
  const Theta theta = theta_with({"street=0", "obstruction=1", "city_hours=0.5", "city_spread=0"});
  const std::int32_t plotters = unit_of(world, "plotters");
  for (const double street : {0.0, -1.0, 1.0}) {
    Beginning beginning(world, theta);
    set_street(beginning.seizure, 0.0, street);
    advance_seizure(beginning.seizure, 48.0, beginning.result);
    double set_out = 0;
    double hours = 0;
    for (const Event& event : beginning.stage.state.log.events) {
      if (event.actor != plotters || event.site == none) continue;
      if (world.sites[static_cast<std::size_t>(event.site)].place != world.capital) continue;
      if (event.kind == EventKind::column_sets_out) set_out = event.hour;
      if (event.kind == EventKind::column_arrives) {
        hours = event.hour - set_out;
        break;
      }
    }
    // 20 km at 30 km an hour from the barracks, then half an hour in town.
    EXPECT_NEAR(hours, 20.0 / 30.0 + (street < 0 ? 1.0 : 0.5), 1e-9) << street;
  }
}

/// Fights that begin with crowds against the plot in the capital, and those of them that the plot wins.
struct Fights {
  double begun = 0, won = 0;
  Fights(const World& world, const Theta& theta) {
    for (std::uint64_t replicate = 0; replicate < 400; ++replicate) {
      Beginning beginning(world, theta, replicate);
      set_street(beginning.seizure, 0.0, -1.0);
      advance_seizure(beginning.seizure, 48.0, beginning.result);
      for (const Event& event : beginning.stage.state.log.events) {
        begun += event.kind == EventKind::fighting_begins ? 1 : 0;
        won += event.kind == EventKind::plot_wins_fight ? 1 : 0;
      }
    }
  }
};

// Both differences are many times what chance does to 400 futures that share their draws.
TEST(Crowds, CostThePlotFightsAndTheWillToFight) {
  const World world = resolute_plotters();
  const Fights without(world, theta_with({"street=0", "obstruction=0", "crowd_reluctance=0"}));
  const Fights weakened(world, theta_with({"street=0", "obstruction=5", "crowd_reluctance=0"}));
  const Fights reluctant(world, theta_with({"street=0", "obstruction=0", "crowd_reluctance=4"}));
  ASSERT_GT(without.begun, 200);
  EXPECT_LT(weakened.won / weakened.begun, without.won / without.begun - 0.15);
  EXPECT_LT(reluctant.begun, 0.7 * without.begun);
}

TEST(ClimbDown, HasItsRate) {
  const World world = world_of(small_country());
  Beginning beginning(world, theta_with({"climb_down_rate=0.01", "climb_down_slope=2"}));
  Seizure& seizure = beginning.seizure;
  EXPECT_DOUBLE_EQ(climb_down_rate(seizure), 0.0);  // nobody is against the plot yet
  set_street(seizure, 0.0, -0.5);
  const double no_hope = 1.0 / (1.0 + std::exp(public_index_without_stall(seizure)));
  EXPECT_NEAR(climb_down_rate(seizure), 0.01 * (std::exp(1.0) - 1.0) * no_hope, 1e-12);
  seizure.state.patron_term = -0.25;
  seizure.state.index_changed = true;
  const double less_hope = 1.0 / (1.0 + std::exp(public_index_without_stall(seizure)));
  EXPECT_NEAR(climb_down_rate(seizure), 0.01 * (std::exp(1.5) - 1.0) * less_hope, 1e-12);
  EXPECT_GT(less_hope, no_hope);
}

TEST(ClimbDown, EndsTheAttempt) {
  const World world = world_of(small_country());
  int terms = 0;
  play(world, theta_with({"climb_down_rate=0.5"}), 1000, [&](const State& state, const RunRecord& record) {
    if (!state.log.kinds_seen.test(static_cast<std::size_t>(EventKind::climb_down))) return;
    ++terms;
    ASSERT_FALSE(is_seized(record.outcome));
    ASSERT_EQ(record.outcome == Outcome::reversed, std::isfinite(record.taken_hour));
  });
  EXPECT_GT(terms, 100);
}

// With a slope of zero the hazard is `counter_rate` times the share of the army that wavers, which each future tells:
// the counter-moves of the first ten hours against the sum of their chances.
TEST(CounterMove, ComesAtItsRate) {
  const World world = world_of(small_country());
  const Theta theta = theta_with({"counter_rate=0.1", "counter_slope=0", "climb_down_rate=0"});
  double moved = 0;
  double expected = 0;
  double variance = 0;
  int taken = 0;
  int lost = 0;
  play(world, theta, 20000, [&](const State& state, const RunRecord& record) {
    if (!std::isfinite(record.taken_hour)) return;
    ++taken;
    lost += record.outcome == Outcome::reversed ? 1 : 0;
    const double chance = 1.0 - std::exp(-0.1 * state.seizure.wavering * 10.0);
    expected += chance;
    variance += chance * (1.0 - chance);
    for (const Event& event : state.log.events) {
      if (event.kind == EventKind::counter_move && event.hour < record.taken_hour + 10.0) ++moved;
    }
  });
  ASSERT_GT(taken, 4000);
  // False alarm 7e-6. Power lost otherwise within ten hours would lower the count; hardly any is.
  EXPECT_NEAR(moved, expected, 4.5 * std::sqrt(variance) + 0.002 * taken);
  EXPECT_GT(lost, taken / 50);
}

TEST(CounterMove, NeverComesWhereEverybodyIsWithThePlot) {
  const World world =
      world_of(small_country(),
               {"units.guard.leaning=5", "units.police.leaning=5", "units.armour.leaning=5", "units.infantry.leaning=5",
                "units.plotters.leaning=5", "commands.staff.leaning=5", "commands.region.leaning=5"});
  int taken = 0;
  play(world, theta_with({"counter_rate=5"}), 500, [&](const State& state, const RunRecord& record) {
    taken += std::isfinite(record.taken_hour) ? 1 : 0;
    ASSERT_FALSE(state.log.kinds_seen.test(static_cast<std::size_t>(EventKind::counter_move)));
  });
  EXPECT_GT(taken, 400);
}

}  // namespace
}  // namespace interregnum
