#pragma once

#include <cstdint>
#include <vector>

#include "model/hazard_clock.hpp"
#include "model/kept_shocks.hpp"
#include "model/parameter.hpp"
#include "model/reasons.hpp"
#include "model/sources.hpp"
#include "world/world.hpp"

namespace interregnum {

struct Country;

/// Parameters of the foreign patrons' choice: recognise, engage, wait, condemn, sanction, intervene. Utilities in units
/// of the stakes.
struct PatronsTheta {
  double alignment, plotters, broken_order, order_of_bodies, crowds, rivals, curvature, cost, pretext, pretext_towns,
      pretext_half, pretext_killings, pretext_order, mandate, unmandated, invitation, crowds_against_force, precision,
      turning_cost, first_rate, rate, label_chance, label_following, mandate_rate, mandate_pretext, deployment_days,
      force_factor;
};

namespace patrons_sources {
using sources::guess;
using sources::quantal;
inline constexpr std::string_view thyne = "Thyne et al. 2018, Even generals need friends";
inline constexpr std::string_view shannon = "Shannon et al. 2015, The international community's reaction to coups";
inline constexpr std::string_view wobig = "Wobig 2015, Defending democracy with international law";
inline constexpr std::string_view aydin = "Aydin 2010, Where do states go?; Regan 2000, Civil Wars and Foreign Powers";
inline constexpr std::string_view council = "Gilligan & Stedman 2003, Where do the peacekeepers go?";
}  // namespace patrons_sources

inline constexpr auto patrons_parameters = [] {
  using T = PatronsTheta;
  using P = Parameter<T>;
  using namespace patrons_sources;
  constexpr Sign open = Sign::open;
  constexpr Sign assumed = Sign::assumed;
  return std::array{
      // What makes a patron hostile to the ruler of the day.
      P{&T::alignment, "alignment", "stakes", 0.6, -3, 4, Prior::normal(0, 1), open, shannon,
        "hostility to a junta of a patron wholly aligned with those it overthrew"},
      P{&T::plotters, "plotters", "stakes", 0.6, -3, 4, Prior::normal(0, 1), open, thyne,
        "favour to a junta of a patron wholly aligned with its officers"},
      P{&T::broken_order, "broken_order", "stakes", 0.5, -3, 4, Prior::normal(0, 1), open, shannon,
        "hostility to a junta that dissolved the government, rules by itself and keeps no date for elections"},
      P{&T::order_of_bodies, "order_of_bodies", "ratio", 1.5, 0, 10, Prior::lognormal(1.5, 0.5), assumed, wobig,
        "by how much more regional bodies mind a breach of order than states"},
      P{&T::crowds, "crowds", "stakes", 0.3, -3, 4, Prior::normal(0, 1), open, thyne,
        "hostility that crowds against the ruler add in the capital (crowds for him take as much away)"},
      P{&T::rivals, "rivals", "stakes", 0.2, -3, 4, Prior::normal(0, 1), open, guess,
        "hostility to a junta that all rivals recognise (minus: they follow each other)"},
      P{&T::curvature, "curvature", "stakes", 0.35, 0.01, 4, Prior::lognormal(0.35, 0.5), assumed, quantal,
        "how dear each further step from waiting is"},
      // What makes it send soldiers.
      P{&T::cost, "cost", "stakes", 3.0, 0, 20, Prior::lognormal(3, 0.5), assumed, aydin,
        "what it costs to send soldiers where the country file's `cost_of_force` is 1"},
      P{&T::pretext, "pretext", "stakes", 1.0, -5, 5, Prior::normal(0, 1.5), open, aydin,
        "what a full pretext adds to intervening"},
      P{&T::pretext_towns, "pretext_towns", "ratio", 1.0, -5, 5, Prior::normal(0, 1), open, aydin,
        "part in the pretext of towns held by groups that the patron calls extremist"},
      P{&T::pretext_half, "pretext_half", "share", 0.1, 0.001, 1, Prior::lognormal(0.1, 0.7), assumed, guess,
        "share of the people in such towns that makes half a pretext"},
      P{&T::pretext_killings, "pretext_killings", "ratio", 0.5, -5, 5, Prior::normal(0, 1), open, aydin,
        "part in the pretext of killings by the ruler's soldiers"},
      P{&T::pretext_order, "pretext_order", "ratio", 0.3, -5, 5, Prior::normal(0, 1), open, wobig,
        "part in the pretext of the breach of order"},
      P{&T::mandate, "mandate", "stakes", 0.7, -5, 5, Prior::normal(0, 1), open, council,
        "what a mandate adds to intervening"},
      P{&T::unmandated, "unmandated", "stakes", 1.0, -5, 5, Prior::normal(0, 1), open, wobig,
        "what full hostility to the ruler adds to intervening, mandate or not, for each unit of it"},
      P{&T::invitation, "invitation", "stakes", 0.5, -5, 5, Prior::normal(0, 1), open, aydin,
        "what it adds that a ruler to whom the patron is friendly asks for help against groups"},
      P{&T::crowds_against_force, "crowds_against_force", "stakes", 0.7, -5, 5, Prior::normal(0, 1), open, aydin,
        "what crowds for the ruler in the capital take from intervening (crowds against him add as much)"},
      // How it chooses.
      P{&T::precision, "precision", "1 / stakes", 2.5, 0.2, 20, Prior::lognormal(2.5, 0.5), assumed, quantal,
        "inverse size of the kept convictions"},
      P{&T::turning_cost, "turning_cost", "stakes", 0.4, 0, 4, Prior::lognormal(0.4, 0.5), assumed, quantal,
        "what it costs to change course"},
      P{&T::first_rate, "first_rate", "1 / week", 3.0, 0, 200, Prior::lognormal(3, 0.7), assumed, thyne,
        "how soon a patron takes its course toward a new ruler"},
      P{&T::rate, "rate", "1 / week", 0.12, 0, 20, Prior::lognormal(0.12, 0.7), assumed, thyne,
        "how often it thinks again"},
      P{&T::label_chance, "label_chance", "probability", 0.25, 0, 1, Prior::uniform(0, 0.6), assumed, guess,
        "chance that a patron that thinks again calls a jihadist group extremist once it holds a town"},
      P{&T::label_following, "label_following", "probability", 0.3, 0, 1, Prior::uniform(0, 0.8), assumed, guess,
        "chance that it adopts a label that another patron has used"},
      P{&T::mandate_rate, "mandate_rate", "1 / year", 0.3, 0, 50, Prior::lognormal(0.3, 0.8), assumed, council,
        "how often a mandate is given where no pretext calls for one but some patron is hostile"},
      P{&T::mandate_pretext, "mandate_pretext", "log", 2.0, -6, 6, Prior::normal(0, 2), open, council,
        "how much oftener with a full pretext of the patrons that could send soldiers"},
      P{&T::deployment_days, "deployment_days", "days", 20, 0.5, 720, Prior::lognormal(20, 0.7), assumed, guess,
        "mean time from the decision to the arrival of a force"},
      P{&T::force_factor, "force_factor", "ratio", 1.0, 0, 20, Prior::lognormal(1, 0.4), assumed, guess,
        "soldiers that come in the end, against those that could be sent within a month"},
  };
}();

enum class Posture : std::int8_t { recognise, engage, wait, condemn, sanction, intervene };

/// 1 recognises, 0 waits, -1 sanctions or intervenes.
constexpr double favour_of(Posture posture) {
  switch (posture) {
    case Posture::recognise:
      return 1.0;
    case Posture::engage:
      return 0.5;
    case Posture::wait:
      return 0.0;
    case Posture::condemn:
      return -0.5;
    case Posture::sanction:
    case Posture::intervene:
      return -1.0;
  }
  return 0.0;
}

/// A patron's course toward one ruler.
struct PatronCourse {
  Posture posture = Posture::wait;
  bool has_spoken = false;
  bool owes_a_word = false;  ///< on an attempt against him, which has failed
  double hostility = 0;      ///< as last weighed; 0 until then
  Reasons reasons;           ///< why it was taken
};

/// A patron, and its course toward the ruler of the day.
struct PatronState : PatronCourse {
  HazardClock review, deployment;
  bool force_is_there = false;
  std::uint32_t reviews = 0;
  KeptShocks<6> convictions;  ///< by course
};

struct PatronsState {
  explicit PatronsState(const World& world)
      : patrons(world.patrons.size()),
        toward_deposed(world.patrons.size()),
        labels(world.patrons.size() * world.groups.size()) {}

  std::vector<PatronState> patrons;
  std::vector<PatronCourse> toward_deposed;  ///< courses toward the ruler whom a plot has just deposed
  std::vector<std::uint8_t> labels;          ///< by patron and group: calls it extremist
  HazardClock mandate_clock;
  bool mandate = false;
  bool mandate_is_for_groups = false;  ///< it is against armed groups, and outlasts the ruler
  bool mandate_of_deposed = false;     ///< there was one against the ruler whom a plot has just deposed
  double envoys = 0;                   ///< weight of regional bodies that talk to the ruler, at most 1
  double hostile_force = 0;            ///< soldiers in the country who have come against the ruler
};

void start_patrons(Country& country);
void step_patrons(Country& country);
/// A new ruler: everybody has to take a course toward him. Sanctions end with those who took power, and a mandate
/// against the ruler before has lapsed. Forces that are there stay, hostile to nobody until their patron has thought
/// again.
void patrons_meet_new_ruler(Country& country);
/// A plot deposes the ruler: courses toward him are kept, and taken up again if he is back within the week.
void keep_courses(Country& country);
void take_up_courses(Country& country);
/// An attempt has failed: who recognises the ruler soon speaks for him.
void patrons_see_attempt_fail(Country& country);
/// How a patron stands to the ruler of the day: 1 recognises him or fights on his side, 0 waits, -1 sanctions him or
/// has come against him.
double favour_of(const Country& country, std::size_t patron);

/// Towns lost to groups that the patron calls extremist, killings, broken order: 0 is no pretext.
double pretext_of(const Country& country, std::size_t patron);

}  // namespace interregnum
