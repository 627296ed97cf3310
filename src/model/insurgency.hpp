#pragma once

#include <cstdint>
#include <vector>

#include "base/math.hpp"
#include "model/hazard_clock.hpp"
#include "model/parameter.hpp"
#include "model/sources.hpp"
#include "world/world.hpp"

namespace interregnum {

struct Country;

/// Parameters of the war between armed groups and the army, and among armed groups.
struct InsurgencyTheta {
  double attack_rate, concentration, decisiveness, defender_advantage, local_force, garrison_cohesion, rout_losses,
      repelled_losses, garrison_recovery, retake_rate, mobile_share, foreign_weight, stationed_weight, growth,
      supply_lost, rival_rate, truce_break, truce_disorder, capital_guard;
};

namespace insurgency_sources {
using sources::contest;
using sources::guess;
inline constexpr std::string_view cohesion =
    "Talmadge 2015, The Dictator's Army; McLauchlin 2010, Loyalty strategies and military defection";
inline constexpr std::string_view supply =
    "Salehyan, Gleditsch & Cunningham 2011, External support for insurgent groups";
inline constexpr std::string_view rivals = "Fjelde & Nilsson 2012, Rebels against rebels";
inline constexpr std::string_view truce = "Fortna 2004, Peace Time (breakdown of ceasefires)";
}  // namespace insurgency_sources

inline constexpr auto insurgency_parameters = [] {
  using T = InsurgencyTheta;
  using P = Parameter<T>;
  using namespace insurgency_sources;
  constexpr Sign open = Sign::open;
  constexpr Sign assumed = Sign::assumed;
  return std::array{
      P{&T::attack_rate, "attack_rate", "1 / week", 0.06, 0, 10, Prior::lognormal(0.06, 0.8), assumed, guess,
        "how often a group attacks a town near it that it could take for certain; less often as its odds fall"},
      P{&T::concentration, "concentration", "share", 0.3, 0.01, 1, Prior::uniform(0.1, 0.8), assumed, guess,
        "part of its fighters that a group can bring against one town"},
      P{&T::decisiveness, "decisiveness", "exponent", 1.5, 0.2, 6, Prior::lognormal(1.5, 0.4), assumed, contest,
        "m of the contest: how far numbers decide a fight"},
      P{&T::defender_advantage, "defender_advantage", "ratio", 1.5, 0.2, 6, Prior::lognormal(1.5, 0.4), assumed,
        contest, "k of the contest: worth of a defender against an attacker"},
      P{&T::local_force, "local_force", "people / 1000", 1.0, 0, 20, Prior::lognormal(1, 0.5), assumed, guess,
        "policemen and guards who defend a town beside its garrison, for a thousand inhabitants"},
      P{&T::garrison_cohesion, "garrison_cohesion", "log", 2.0, -6, 6, Prior::normal(0, 1.5), open, cohesion,
        "how the worth of a garrison grows with the army's cohesion"},
      P{&T::rout_losses, "rout_losses", "share", 0.5, 0, 1, Prior::uniform(0.2, 0.8), assumed, guess,
        "part of a garrison that is lost with its town"},
      P{&T::repelled_losses, "repelled_losses", "share", 0.05, 0, 1, Prior::lognormal(0.05, 0.5), assumed, guess,
        "part of its fighters that a group loses when an attack fails"},
      P{&T::garrison_recovery, "garrison_recovery", "1 / year", 0.5, 0, 20, Prior::lognormal(0.5, 0.7), assumed, guess,
        "how fast garrisons are filled up again"},
      P{&T::retake_rate, "retake_rate", "1 / week", 0.05, 0, 10, Prior::lognormal(0.05, 0.8), assumed, guess,
        "how often the army tries to take back a town that it could take for certain; less often as its odds fall"},
      P{&T::mobile_share, "mobile_share", "share", 0.15, 0, 1, Prior::uniform(0.05, 0.4), assumed, guess,
        "part of the army that can be sent against one town"},
      P{&T::foreign_weight, "foreign_weight", "ratio", 3.0, 0, 50, Prior::lognormal(3, 0.6), assumed, guess,
        "worth of a foreign soldier who has come to fight, against one of the country's"},
      P{&T::stationed_weight, "stationed_weight", "ratio", 0.3, 0, 50, Prior::lognormal(0.3, 0.7), assumed,
        "Fortna 2008, Does Peacekeeping Work?",
        "worth of a foreign soldier who is stationed there, in the defence of a town"},
      P{&T::growth, "growth", "1 / year", 0.1, -2, 5, Prior::normal(0, 0.3), open, guess,
        "recruitment of a group, less losses, apart from supply and battles"},
      P{&T::supply_lost, "supply_lost", "1 / year", 0.2, -2, 5, Prior::normal(0, 0.3), open, supply,
        "by how much less it grows once its supply from outside has ended"},
      P{&T::rival_rate, "rival_rate", "1 / week", 0.02, 0, 10, Prior::lognormal(0.02, 0.8), assumed, rivals,
        "how often groups that are rivals fight over a town that one of them holds near the other"},
      P{&T::truce_break, "truce_break", "1 / year", 0.12, 0, 20, Prior::lognormal(0.12, 0.7), assumed, truce,
        "how often a truce breaks down"},
      P{&T::truce_disorder, "truce_disorder", "log", 0.7, -5, 5, Prior::normal(0, 1), open, truce,
        "how much more often while the army is torn (at no cohesion, against full)"},
      P{&T::capital_guard, "capital_guard", "ratio", 2.0, 0, 50, Prior::lognormal(2, 0.5), assumed, guess,
        "worth of the army's soldiers in defence of the capital, against elsewhere"},
  };
}();

struct GroupState {
  double strength = 0;
  HazardClock truce;
  KeptExp kept;  ///< share of its strength that a step leaves
  bool at_peace = false;
  bool supplied = false;
};

/// The war in the course of a replicate.
struct InsurgencyState {
  explicit InsurgencyState(const World& world);

  std::vector<GroupState> groups;
  std::vector<std::int32_t> holder;    ///< by place: the group that holds it, or `none`
  std::vector<double> garrison;        ///< by place: soldiers
  std::vector<double> establishment;   ///< by place: what the garrison is filled up to
  std::vector<double> stationed;       ///< by place: foreign soldiers stationed there
  std::vector<std::int32_t> near;      ///< by group and place: how many of its bases and towns are there or next to it
  std::vector<std::uint8_t> homeland;  ///< by group and place: near it at the start
  std::vector<HazardClock> attacks;    ///< by group and place
  std::vector<std::uint64_t> key;      ///< by group and place: of the draws of attacks
  std::vector<HazardClock> counterattacks;  ///< by place
  std::vector<double> lost_to;              ///< by group: share of the country's people in the towns that it holds
  std::vector<double> hold;  ///< by place: `contest_weight` of its defence in this step; below 0 if not asked for yet
  KeptExp unfilled;          ///< share of the gaps in garrisons that a step leaves
  double army = 0;
  double worth = 1;              ///< of the army's soldiers at its present cohesion, against a sound army's
  double foreign_force = 0;      ///< soldiers who have come to fight groups
  std::uint32_t towns_lost = 0;  ///< towns lost since the start, each time
  double peak_lost = 0;          ///< largest share of the country's people in lost towns
};

void start_insurgency(Country& country);
void step_insurgency(Country& country);
/// An armed group (`none`: the state, or a plot) takes the capital. Returns who held it.
std::int32_t capital_passes_to(Country& country, std::int32_t group);
/// Worth of the army and policemen who defend a place, in soldiers.
double army_defence_of(const Country& country, std::size_t place);
/// The same, with the foreign soldiers who stand by them.
double defence_of(const Country& country, std::size_t place);

}  // namespace interregnum
