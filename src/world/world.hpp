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
  std::int32_t remainder = none;  ///< of a unit: the actor that stands for the rest of it if only mutineers plot
  std::int32_t rest_of = none;    ///< of a remainder: its unit
  bool can_reach_capital = false;
  InputIndex strength = 0, leaning = 0, speed = 0;
};

/// Who begins an attempt in which this unit moves first, as far as the unit says it: an armed band is under no command.
inline Initiator usual_initiator(const Actor& unit) {
  return unit.superior == none ? Initiator::dissidents : Initiator::soldiers;
}

struct Site {
  std::int32_t place = none;
  SiteKind kind = SiteKind::presidency;
  std::uint64_t hash = 0;
};

struct WorldPlace {
  std::string id, name;
  std::uint64_t hash = 0;
  InputIndex population = 0, support = 0;
  std::vector<std::int32_t> neighbours;  ///< places that a road joins to it
};

struct WorldBloc {
  std::string id, name;
  std::uint64_t hash = 0;
  InputIndex stance = 0, pact = 0;
  std::vector<InputIndex> following;  ///< by place
  std::int32_t patron = none;
  bool ruling_class = false;
};

struct WorldGroup {
  std::string id, name;
  std::uint64_t hash = 0;
  InputIndex strength = 0, at_peace = 0, supply = 0;
  bool jihadist = false;
  bool separatist = false;  ///< fights for the part of the country that it comes from, and in no other
  std::vector<std::int32_t> based, holds, rivals;
  double supply_from = 0.0, supply_until = 0.0;  ///< hours from the start; may be infinite
};

struct WorldPatron {
  std::string id, name;
  std::uint64_t hash = 0;
  InputIndex alignment = 0, alignment_with_plotters = 0, influence = 0, training = 0, force_available = 0,
             force_present = 0, cost_of_force = 0;
  bool regional = false;
  bool gives_mandates = false, can_block_mandates = false;
  std::vector<std::int32_t> labels, stationed, rivals;
};

/// V-Dem's index of electoral democracy where a country is neither the one nor the other, and what is usual for each
/// type of regime (means of the country-years of 1950 to 2011).
inline constexpr double middling_polyarchy = 0.25;
inline constexpr std::array<double, 4> usual_polyarchy{0.13, 0.29, 0.65, 0.84};

struct WorldElection {
  std::string name;
  std::uint64_t hash = 0;  ///< of its date and kind: the key of what is drawn about it
  double hour = 0.0;
  bool presidential = false;
  bool incumbent_stands = true;  ///< the ruler of the file is a candidate
};

struct WorldEarlierAttempt {
  double hour = 0.0;  ///< negative
  bool succeeded = false;
  std::uint8_t lessons = 0;  ///< bit k: lesson_names[k]
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

  /// Units by id, then commands by id, then the remainders of the plot's named units, then those of the others (needed
  /// only if these plot later). The order of the country file decides nothing: see sort_tables.
  std::vector<Actor> actors;
  std::size_t units = 0;       ///< the first so many actors
  std::size_t first_cast = 0;  ///< the first so many actors play in the attempt of the file
  std::vector<std::int32_t> first_subordinate,
      subordinates;  ///< of actor a: subordinates[first_subordinate[a] … first_subordinate[a+1])

  InputIndex tier = 0, began_by = 0;
  std::vector<std::int32_t> plot_units;  ///< the first is the leader's
  std::vector<std::int32_t> objectives;  ///< sites, in the order in which they are wanted
  std::string leader_name;

  std::string ruler_name;
  std::int32_t ruler_place = none, ruler_site = none;

  std::vector<WorldPatron> patrons;
  std::vector<WorldBloc> blocs;
  std::vector<WorldGroup> groups;
  std::vector<WorldElection> elections;  ///< due after the start, in order
  std::vector<WorldEarlierAttempt> history;

  InputIndex horizon = 0;  ///< hours
  bool begins_with_attempt = true;
  InputIndex protest_before = 0, economy = 0, corruption = 0;
  InputIndex council_soldiers = 0, council_civilians = 0, head = 0, government = 0, elections_after = 0;
  bool transition_is_known = false;  ///< seats are given
  bool elections_are_promised = false;
  InputIndex military_regime = 0, gdp_per_head = 0, polyarchy = 0, country_effect = 0;
  bool gdp_is_known = false;
  int start_year = 0;                ///< of its levels in the parameters
  bool year_level_is_given = false;  ///< of success; else the parameters have it
  InputIndex year_level = 0;
  double ruler_since = 0.0;  ///< hours from the start, negative

  std::string scenario_name;
  std::chrono::sys_time<std::chrono::minutes> start_time{};
};

/// Compiles a scenario without errors. Throws InputError for what only shows now (more than the engine can hold).
World compile(const Scenario& scenario);

}  // namespace interregnum
