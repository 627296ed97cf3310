#pragma once

#include <array>
#include <vector>

#include "model/hazard_clock.hpp"
#include "model/parameter.hpp"
#include "model/seizure/state.hpp"
#include "model/sources.hpp"
#include "model/year_levels.hpp"
#include "world/world.hpp"

namespace interregnum {

struct Country;

/// Parameters of the hazard of an attempt, by rank of those who plot; logarithms of yearly rates.
struct OnsetTheta {
  double junior, middle, senior;
  double recent, recent_success, recent_years, income, democracy, extremes, military_regime, tenure, election_near,
      turnout, towns_lost, cohesion, training;
  double loyalty, grudge, purge, fresh_leaning, grievance, in_capital;
  YearLevels level;  ///< log-hazard
};

namespace onset_sources {
using sources::guess;
using sources::wealth;
inline constexpr std::string_view rate = "Powell & Thyne 2011: 4.25 % of country-years 1950-2011 see an attempt";
inline constexpr std::string_view trap =
    "Londregan & Poole 1990; Powell & Thyne 2011: a year after an attempt 23 to 32 % see another";
inline constexpr std::string_view belkin = "Belkin & Schofer 2003, Toward a structural understanding of coup risk";
inline constexpr std::string_view hybrid = "Hegre et al. 2001, Toward a democratic civil peace? (for civil war)";
inline constexpr std::string_view wig = "Wig & Rod 2016, Cues to coup plotters (elections)";
inline constexpr std::string_view casper =
    "Casper & Tyson 2014; Johnson & Thyne 2018, Squeaky wheels and troop loyalty";
inline constexpr std::string_view bell = "Bell & Sudduth 2017, The causes and outcomes of coup during civil war";
inline constexpr std::string_view training = "Savage & Caverley 2017, When human capital threatens the Capitol";
inline constexpr std::string_view sudduth = "Sudduth 2017, Strategic logic of elite purges in dictatorships";
}  // namespace onset_sources

inline constexpr auto onset_parameters = [] {
  using T = OnsetTheta;
  using P = Parameter<T>;
  using namespace onset_sources;
  constexpr Sign open = Sign::open;
  constexpr Sign assumed = Sign::assumed;
  return std::array{
      P{&T::junior, "junior", "log(1 / year)", -4.3, -12, 2, Prior::normal(-5.2, 1), assumed, rate,
        "attempts by junior officers in an ordinary country: no attempt for long, middling wealth"},
      P{&T::middle, "middle", "log(1 / year)", -3.75, -12, 2, Prior::normal(-4.6, 1), assumed, rate,
        "the same by middle ranks"},
      P{&T::senior, "senior", "log(1 / year)", -4.0, -12, 2, Prior::normal(-4.7, 1), assumed, rate,
        "the same by generals"},
      P{&T::recent, "recent", "log", 1.55, -3, 6, Prior::normal(0, 1.5), open, trap,
        "log-hazard added by an attempt just made, failed or successful"},
      P{&T::recent_success, "recent_success", "log", -0.15, -4, 4, Prior::normal(0, 0.7), open, trap,
        "further log-hazard if that attempt succeeded"},
      P{&T::recent_years, "recent_years", "years", 4.0, 0.1, 30, Prior::lognormal(3, 0.5), assumed, trap,
        "how long the effect of an attempt lasts"},
      P{&T::income, "income", "log / log", -0.35, -3, 3, Prior::normal(0, 0.5), open, wealth,
        "log-hazard for each unit of log output per head above 2,700 dollars of 2011"},
      P{&T::democracy, "democracy", "log", 0.4, -4, 4, Prior::normal(0, 1), open, belkin,
        "log-hazard from no to full electoral democracy (V-Dem's index, 0 to 1; centred on .25)"},
      P{&T::extremes, "extremes", "log", -5.0, -10, 10, Prior::normal(0, 2), open, hybrid,
        "log-hazard for the squared distance of the index from .25 (minus: regimes between the extremes see more "
        "attempts)"},
      P{&T::military_regime, "military_regime", "log", 0.0, -4, 4, Prior::normal(0, 0.5), open, belkin,
        "log-hazard added by rule of soldiers"},
      P{&T::tenure, "tenure", "log / year", -0.015, -1, 1, Prior::normal(0, 0.05), open, belkin,
        "log-hazard for each year of the ruler in office, up to twenty"},
      P{&T::election_near, "election_near", "log", 0.2, -4, 4, Prior::normal(0, 0.5), open, wig,
        "log-hazard added by an election within six months"},
      P{&T::turnout, "turnout", "log", 0.7, -4, 4, Prior::normal(0, 0.7), open, casper,
        "log-hazard added by the largest crowds against the ruler, against usual ones (.4 of them)"},
      P{&T::towns_lost, "towns_lost", "log", 0.6, -4, 4, Prior::normal(0, 0.7), open, bell,
        "log-hazard added when armed groups hold half of the country"},
      P{&T::cohesion, "cohesion", "log", 1.0, -6, 6, Prior::normal(0, 1.5), open, belkin,
        "log-hazard added by an army without any cohesion, against a sound one"},
      P{&T::training, "training", "log", 0.7, -4, 4, Prior::normal(0, 0.7), open, training,
        "log-hazard added when all officers were trained abroad, against a usual .15"},
      // Who plots next, and how the army stands to it.
      P{&T::loyalty, "loyalty", "stakes", 0.5, -3, 3, Prior::normal(0.7, 0.4), open, sudduth,
        "how far units that brought a ruler to power are for him afterwards"},
      P{&T::grudge, "grudge", "stakes", 0.2, -3, 3, Prior::normal(0.2, 0.4), open, sudduth,
        "how far units that resisted him are against him afterwards"},
      P{&T::purge, "purge", "stakes", 0.5, -3, 3, Prior::normal(0.5, 0.4), open, sudduth,
        "how far units that plotted and failed are for the ruler afterwards, under new commanders"},
      P{&T::fresh_leaning, "fresh_leaning", "stakes", 0.4, 0, 3, Prior::lognormal(0.4, 0.5), assumed, guess,
        "standard deviation of what leanings change to from one attempt to the next"},
      P{&T::grievance, "grievance", "1 / stakes", 2.0, -5, 10, Prior::normal(2, 1), open, guess,
        "how much likelier a unit is to plot for each unit of leaning against the ruler"},
      P{&T::in_capital, "in_capital", "log", 1.0, -4, 5, Prior::normal(1, 0.7), open,
        "Luttwak 1968, Coup d'Etat; Roessler 2011", "how much likelier a unit in or next to the capital is to plot"},
  };
}();

/// Levels of the years where no fit says more: by decade, against the 1950s to 1970s, for which the rates' defaults
/// stand. Rounded from a fit to the record of 1950 to 2011; the last one stays.
YearLevels usual_onset_levels();

/// What the hazard of an attempt depends on and the record of countries knows.
struct OnsetConditions {
  double years_since_attempt = 100.0;
  double log_income = 0.0;  ///< output per head against 2,700 dollars of 2011
  double polyarchy = middling_polyarchy;
  double military_regime = 0.0;  ///< probability that soldiers rule
  double years_in_office = 0.0;  ///< of the ruler
  bool last_succeeded = false;   ///< the last attempt
  int year = 0;                  ///< whose level counts
};

struct OnsetState {
  explicit OnsetState(const World& world) : attitude(world.actors.size()) {}
  std::array<HazardClock, 3> clocks;  ///< by Rank
  std::array<double, 3> base{};       ///< by Rank: yearly hazard under usual conditions
  std::vector<double> attitude;       ///< of each actor toward the ruler of the day, in stakes
  double last_attempt = 0;            ///< hour; far in the past if there was none
  std::uint32_t attempts = 0;
  bool last_succeeded = false;
  double remembered = 0;  ///< attempts so far, faded as they were at the last one
};

void start_onset(Country& country);
/// Lets a step pass; true if a plot moves at its end. `tier` then says who leads it.
bool step_onset(Country& country, Rank& tier);
/// Logarithm of what the conditions make of the yearly hazard of each tier.
double log_hazard(const OnsetTheta& theta, const OnsetConditions& conditions);
/// The same with everything else that moves it in a replicate.
double log_hazard(const Country& country);

/// Fills in who moves, for what, and how the army stands to it. False if no unit can reach the capital.
bool plan_attempt(Country& country, Rank tier, AttemptPlan& plan);
/// How the army stands to the ruler once an attempt is over.
void settle_attitudes(Country& country, bool seized);
/// The same after a ruler who came by no coup.
void forget_attitudes(Country& country);

}  // namespace interregnum
