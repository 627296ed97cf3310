#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

#include "base/math.hpp"
#include "model/outcome.hpp"
#include "model/parameter.hpp"
#include "model/reasons.hpp"
#include "model/rulers.hpp"
#include "model/sources.hpp"
#include "world/world.hpp"

namespace interregnum {

struct Country;

/// Parameters of how a junta holds or loses power after it has taken it. Hazards are exponentials of sums; their base
/// is the logarithm of a yearly rate.
struct ConsolidationTheta {
  double undeclared_cohesion, turned_cohesion, recovery, defeat, purge_rate, purge_loss;
  double uprising, uprising_crowds, uprising_shoot;
  double handover, handover_sanctions, handover_envoys, handover_support, handover_blocs, handover_cohesion,
      handover_crowds;
  double ouster, ouster_decisiveness;
  double postpone, postpone_pressure, postpone_support, postponed_months, win, win_support, election_overtaken;
  double restoration;
  double leader_death, leader_succession, succession_cohesion, stand_in;
  double settling, settling_months;
};

namespace consolidation_sources {
using sources::contest;
using sources::guess;
using sources::marinov;
inline constexpr std::string_view archigos =
    "Archigos 4.1 (Goemans, Gleditsch & Chiozza 2009), 217 leaders after coups";
inline constexpr std::string_view search =
    "hand search on generic countries, docs/decisions/0006-defaults-after-the-seizure.md";
inline constexpr std::string_view chenoweth = "Chenoweth & Stephan 2011, Why Civil Resistance Works";
inline constexpr std::string_view bellin =
    "Bellin 2004, The robustness of authoritarianism; Barany 2016, How Armies Respond";
inline constexpr std::string_view thyne = "Thyne & Hitch 2020, Democratic versus authoritarian coups";
inline constexpr std::string_view geddes = "Geddes, Wright & Frantz 2014, Autocratic breakdown and regime transitions";
inline constexpr std::string_view svolik =
    "Svolik 2012, The Politics of Authoritarian Rule: contested and established rule";
}  // namespace consolidation_sources

inline constexpr auto consolidation_parameters = [] {
  using T = ConsolidationTheta;
  using P = Parameter<T>;
  using namespace consolidation_sources;
  constexpr Sign open = Sign::open;
  constexpr Sign assumed = Sign::assumed;
  return std::array{
      // The army's cohesion.
      P{&T::undeclared_cohesion, "undeclared_cohesion", "share", 0.6, 0, 1, Prior::uniform(0, 1), assumed, guess,
        "how far units that took no side count as with the winner"},
      P{&T::turned_cohesion, "turned_cohesion", "share", 0.4, 0, 1, Prior::uniform(0, 1), assumed, guess,
        "how far units that stood against the winner before they went over count as with him"},
      P{&T::recovery, "recovery", "1 / year", 0.5, 0, 20, Prior::lognormal(0.5, 0.7), assumed, guess,
        "how fast an army that was split becomes sound again"},
      P{&T::defeat, "defeat", "ratio", 0.5, 0, 5, Prior::lognormal(0.5, 0.7), assumed, guess,
        "part of its cohesion that an army loses with a town, for what part of it is lost there (and a tenth at "
        "least)"},
      P{&T::purge_rate, "purge_rate", "1 / year", 0.4, 0, 20, Prior::lognormal(0.4, 0.7), assumed,
        "Sudduth 2017, Strategic logic of elite purges in dictatorships",
        "how often a junta purges an army that is torn"},
      P{&T::purge_loss, "purge_loss", "share", 0.1, -1, 1, Prior::normal(0.1, 0.15), open,
        "Sudduth 2017, Strategic logic of elite purges in dictatorships", "part of its cohesion that a purge costs it"},
      // Uprising.
      P{&T::uprising, "uprising", "log(1 / year)", -4.0, -12, 6, Prior::normal(-4, 1), assumed, search,
        "falls of juntas to crowds where one in a hundred of the capital is out against them and soldiers may shoot or "
        "not"},
      P{&T::uprising_crowds, "uprising_crowds", "log / log", 1.2, -4, 6, Prior::normal(0, 1), open, chenoweth,
        "how that grows with the crowd"},
      P{&T::uprising_shoot, "uprising_shoot", "log", 2.0, -6, 8, Prior::normal(0, 1.5), open, bellin,
        "by how much an army that would surely shoot lowers it, against one that surely would not"},
      // Handover by bargain.
      P{&T::handover, "handover", "log(1 / year)", -3.2, -12, 6, Prior::normal(-3.2, 1), assumed, search,
        "handovers to civilians by bargain where nothing speaks for or against it"},
      P{&T::handover_sanctions, "handover_sanctions", "log", 0.7, -5, 5, Prior::normal(0, 0.7), open, thyne,
        "log-hazard of a handover added by full sanctions"},
      P{&T::handover_envoys, "handover_envoys", "log", 0.5, -5, 5, Prior::normal(0, 0.7), open, thyne,
        "log-hazard of a handover added by envoys of regional bodies"},
      P{&T::handover_support, "handover_support", "log / sd", -0.4, -5, 5, Prior::normal(0, 0.7), open, marinov,
        "log-hazard of a handover for each standard deviation of public leaning toward the junta"},
      P{&T::handover_blocs, "handover_blocs", "log", 0.5, -5, 5, Prior::normal(0, 0.7), open, marinov,
        "log-hazard of a handover added by opposition of blocs that all follow (endorsement takes as much away)"},
      P{&T::handover_cohesion, "handover_cohesion", "log", -0.7, -5, 5, Prior::normal(0, 1), open, geddes,
        "log-hazard of a handover added by full cohesion of the army, against a sound one"},
      P{&T::handover_crowds, "handover_crowds", "log", 0.5, -5, 5, Prior::normal(0, 0.7), open, chenoweth,
        "log-hazard of a handover added by the largest crowds against the junta"},
      // Foreign force.
      P{&T::ouster, "ouster", "1 / year", 12, 0, 400, Prior::lognormal(12, 0.7), assumed, search,
        "how often a foreign force that has come against the junta and is far stronger drives it out"},
      P{&T::ouster_decisiveness, "ouster_decisiveness", "exponent", 1.5, 0.2, 6, Prior::lognormal(1.5, 0.4), assumed,
        contest, "how far numbers decide that"},
      // Elections.
      P{&T::postpone, "postpone", "logit", 0.0, -6, 6, Prior::normal(0, 1), open, marinov,
        "log-odds that a junta postpones the elections that it announced"},
      P{&T::postpone_pressure, "postpone_pressure", "logit", -1.0, -6, 6, Prior::normal(0, 1), open, marinov,
        "log-odds of postponing added by full sanctions"},
      P{&T::postpone_support, "postpone_support", "logit / sd", 0.0, -6, 6, Prior::normal(0, 1), open, marinov,
        "log-odds of postponing for each standard deviation of public leaning toward the junta"},
      P{&T::postponed_months, "postponed_months", "months", 12, 0.5, 120, Prior::lognormal(12, 0.5), assumed, guess,
        "months by which elections are postponed"},
      P{&T::win, "win", "logit", 0.5, -6, 6, Prior::normal(0, 1), open, geddes,
        "log-odds that a candidate whom the junta controls wins the elections"},
      P{&T::win_support, "win_support", "logit / sd", 0.7, -6, 6, Prior::normal(0, 1), open, geddes,
        "log-odds of winning for each standard deviation of public leaning toward the junta"},
      P{&T::election_overtaken, "election_overtaken", "probability", 1.0, 0, 1, Prior::uniform(0.6, 1), assumed, guess,
        "chance that elections which were due before the coup do not take place under the junta"},
      P{&T::restoration, "restoration", "logit", 0.0, -6, 6, Prior::normal(0, 1), open, guess,
        "log-odds that the old ruling class comes back where its following equals that of the blocs against it"},
      // The leader's own spell, beside the junta's.
      P{&T::leader_death, "leader_death", "1 / year", 0.015, 0, 1, Prior::lognormal(0.015, 0.4), assumed, archigos,
        "deaths in office"},
      P{&T::leader_succession, "leader_succession", "1 / year", 0.05, 0, 5, Prior::lognormal(0.05, 0.6), assumed,
        archigos, "replacements within a junta"},
      P{&T::succession_cohesion, "succession_cohesion", "log", -1.0, -6, 6, Prior::normal(0, 1), open, archigos,
        "log-hazard of a replacement added by full cohesion of the army, against none"},
      P{&T::stand_in, "stand_in", "1 / year", 1.0, 0, 50, Prior::lognormal(1, 0.6), assumed, archigos,
        "how often a civilian whom the junta put at the head is replaced by it"},
      // Who rules is settled in the first weeks, or is not.
      P{&T::settling, "settling", "log", 1.5, -5, 5, Prior::normal(1.5, 0.7), assumed, svolik,
        "log-hazard added to handovers by bargain and to changes at the head while a junta is new"},
      P{&T::settling_months, "settling_months", "months", 2, 0.2, 24, Prior::lognormal(2, 0.6), assumed, guess,
        "months after which half of that is gone"},
  };
}();

/// Cohesion of an army that nothing has split.
inline constexpr double cohesion_of_a_sound_army = 0.7;

enum class HandoverKind : std::uint8_t { no_handover, bargain, election };
enum class LeaderExit : std::uint8_t { in_office, death, succession, stand_in_replaced, with_the_junta };

inline constexpr std::array<std::string_view, 3> handover_names{"none", "bargain", "election"};
inline constexpr std::array<std::string_view, 5> leader_exit_names{"in_office", "death", "succession",
                                                                   "stand_in_replaced", "with_the_junta"};

/// What outlasts the rulers.
struct CountryState {
  double cohesion = cohesion_of_a_sound_army;
  KeptExp disarray_kept;                           ///< what a step leaves of the army's distance to its usual cohesion
  double lost_share = 0;                           ///< share of the people in towns held by armed groups
  double sanctions = 0;                            ///< on the ruler of the day, 0 to 1
  double deaths = 0;                               ///< of all attempts and shootings
  std::size_t next_election = 0;                   ///< of World::elections
  LeaderExit leader_exit = LeaderExit::in_office;  ///< of the leader whom the first seizure brought to office
  double leader_exit_hour = std::numeric_limits<double>::quiet_NaN();
};

/// How a ruler who came by force is removed, other than by a coup.
struct Removal {
  bool happens = false;
  Outcome how = Outcome::in_power;
  HandoverKind handover = HandoverKind::no_handover;
  Reasons reasons;
};

void start_consolidation(Country& country);
/// The plot has taken the capital: a junta rules, if only until it is decided.
void junta_takes_power(Country& country);
/// The first attempt brought nobody to office for longer than a week.
void forget_leader(Country& country);
/// The head of the junta is gone, and another follows.
void replace_leader(Country& country, LeaderExit exit);
/// The attempt is over and the ruler of before rules again or still.
void ruler_survives(Country& country);
/// One step under whoever rules: cohesion, elections, hazards of removal.
Removal step_consolidation(Country& country);
/// A ruler who came by force is gone; says who comes after him.
void bring_successor(Country& country, Outcome how);

}  // namespace interregnum
