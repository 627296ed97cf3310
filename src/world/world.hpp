#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/distribution.hpp"
#include "scenario/scenario.hpp"
#include "world/routes.hpp"

namespace interregnum {

/// Position of a value among the inputs of a replicate (State::inputs).
using InputIndex = std::uint32_t;
inline constexpr std::int32_t none = -1;

/// A number of the country file that the model reads. Those that are not fixed are drawn anew for each input draw,
/// keyed by `key_hash`.
struct Input {
  std::string key;
  std::uint64_t key_hash = 0;
  Distribution distribution;
};

/// Somebody who takes a side: a unit, a command (no strength of its own), or what is left of a plotting unit when only
/// its mutineers follow junior leaders. `superior` and the like are indices into World::actors, or `none`.
struct Actor {
  enum class Kind { unit, command, remainder };

  Kind kind = Kind::unit;
  std::string id;
  std::string name;
  std::uint64_t hash = 0;
  Rank rank = Rank::middle;
  std::int32_t superior = none;
  std::int32_t place = none;      ///< where it is garrisoned; a command may be nowhere in particular
  std::int32_t site = none;       ///< what it guards; for a command: where it can be arrested
  std::int32_t remainder = none;  ///< of a plotting unit: the actor that stands for the rest of it
  bool plots = false;             ///< one of the plot's named units
  bool commands_plot = false;     ///< the command above one of them
  bool can_carry_plot =
      false;  ///< one of the named units, or garrisoned in the capital: others who join hold their own town
  bool can_reach_capital = false;
  InputIndex strength = 0, leaning = 0, speed = 0;
};

struct Site {
  std::int32_t place = none;
  SiteKind kind = SiteKind::presidency;
  std::uint64_t hash = 0;
};

struct WorldPlace {
  std::string id, name;
};

struct WorldPatron {
  std::string id, name;
  std::uint64_t hash = 0;
  InputIndex alignment = 0, influence = 0;
};

/// A country compiled for simulation: immutable, shared by all threads. Names are kept for reports; the replicate loop
/// reads none.
struct World {
  std::vector<Input> inputs;
  std::vector<InputIndex> uncertain_inputs;  ///< those that have to be drawn

  std::vector<WorldPlace> places;
  std::int32_t capital = none;
  Routes routes;

  std::vector<Site> sites;
  std::int32_t presidency = none;
  std::vector<std::int32_t> capital_sites;

  std::vector<Actor> actors;  ///< units as in the file, then commands, then remainders
  std::vector<std::int32_t> first_subordinate,
      subordinates;  ///< of actor a: subordinates[first_subordinate[a] … first_subordinate[a+1])

  InputIndex tier = 0;
  std::vector<std::int32_t> plot_units;  ///< the first is the leader's
  std::vector<std::int32_t> objectives;  ///< sites, in the order in which they are wanted
  std::string leader_name;

  std::string ruler_name;
  std::int32_t ruler_place = none, ruler_site = none;

  std::vector<WorldPatron> patrons;

  std::string scenario_name;
  std::chrono::sys_time<std::chrono::minutes> start_time{};
};

/// Compiles a scenario without errors. Throws InputError for what only shows now (more than the engine can hold).
World compile(const Scenario& scenario);

}  // namespace interregnum
