#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/math.hpp"
#include "model/crowds.hpp"
#include "model/hazard_clock.hpp"
#include "model/parameter.hpp"
#include "model/sources.hpp"
#include "world/world.hpp"

namespace interregnum {

struct Country;

/// Parameters of the public. Leanings toward the ruler of the day are in standard deviations of the citizens' leanings;
/// what brings people out is in logits.
struct PublicTheta {
  double conviction, contagion, contagion_half, cost, organisation, call, ruler_call, repression, coupling, crowd_days;
  double shock_country, shock_place, shock_days;
  double new_ruler, carry_over;
  double economy, corruption, towns_lost, killings, sanctions, words;
  double crowd_half, shooting_rate, shooting_deaths, will_to_shoot, will_cohesion, killings_days;
};

namespace public_sources {
using sources::guess;
inline constexpr std::string_view kuran = "Kuran 1989, Sparks and prairie fires; Granovetter 1978, Threshold models";
inline constexpr std::string_view biggs = "Biggs 2003, Positive feedback in collective mobilization";
inline constexpr std::string_view chenoweth =
    "Chenoweth & Stephan 2011, Why Civil Resistance Works (size of campaigns)";
inline constexpr std::string_view davenport = "Davenport 2007, State repression and political order";
inline constexpr std::string_view mueller = "Mueller 1970, Presidential popularity from Truman to Johnson";
}  // namespace public_sources

inline constexpr auto public_parameters = [] {
  using T = PublicTheta;
  using P = Parameter<T>;
  using namespace public_sources;
  constexpr Sign open = Sign::open;
  constexpr Sign assumed = Sign::assumed;
  return std::array{
      P{&T::conviction, "conviction", "logit / sd", 1.0, 0, 4, Prior::lognormal(1, 0.4), assumed, kuran,
        "how much likelier to be out is who leans one standard deviation further"},
      P{&T::contagion, "contagion", "logit", 2.5, 0, 10, Prior::lognormal(2.5, 0.5), assumed, kuran,
        "pull of a large crowd on its own side"},
      P{&T::contagion_half, "contagion_half", "share", 0.02, 0.0005, 0.5, Prior::lognormal(0.02, 0.7), assumed, biggs,
        "share of the people out at which that pull has reached half"},
      P{&T::cost, "cost", "logit", 7.5, 0, 20, Prior::normal(7.5, 1.0), assumed, chenoweth,
        "what it takes to be out on an ordinary day"},
      P{&T::organisation, "organisation", "logit", 0.5, -2, 3, Prior::normal(0, 0.5), open, biggs,
        "ease of coming out again, by the logarithm of the share that the last protests brought out (in thousandths)"},
      P{&T::call, "call", "logit", 2.0, 0, 8, Prior::lognormal(2, 0.5), assumed, kuran,
        "what a bloc's call adds on its side where all follow it"},
      P{&T::ruler_call, "ruler_call", "logit", 1.0, -3, 5, Prior::normal(0, 1), open, guess,
        "what a ruler who speaks to the nation during an attempt adds on his side"},
      P{&T::repression, "repression", "logit", 1.0, -3, 6, Prior::normal(0, 1), open, davenport,
        "what the threat of being shot takes from turnout against the ruler"},
      P{&T::coupling, "coupling", "ratio", 0.5, 0, 3, Prior::lognormal(0.5, 0.5), assumed, biggs,
        "weight of crowds elsewhere in the country, against one's own town"},
      P{&T::crowd_days, "crowd_days", "days", 1.5, 0.04, 60, Prior::lognormal(1.5, 1.5), assumed, guess,
        "how long a crowd takes to form or to go home"},
      P{&T::shock_country, "shock_country", "logit", 0.5, 0, 3, Prior::lognormal(0.5, 0.5), assumed, guess,
        "standard deviation of what moves turnout in the whole country by chance"},
      P{&T::shock_place, "shock_place", "logit", 0.4, 0, 3, Prior::lognormal(0.4, 0.5), assumed, guess,
        "standard deviation of what moves turnout in one town by chance"},
      P{&T::shock_days, "shock_days", "days", 10, 0.1, 365, Prior::lognormal(10, 0.7), assumed, guess,
        "how long such a chance lasts"},
      P{&T::new_ruler, "new_ruler", "sd", 0.0, -2, 2, Prior::normal(0, 0.5), open, guess,
        "leaning toward a ruler who came by force, apart from what was thought of the one before"},
      P{&T::carry_over, "carry_over", "ratio", -0.3, -1, 1, Prior::normal(0, 0.5), open, guess,
        "how leaning toward a ruler who came by force depends on that toward the one before: minus, that who resented "
        "the old one welcomes the new"},
      P{&T::economy, "economy", "sd / year", 0.15, -2, 2, Prior::normal(0, 0.5), open, mueller,
        "standing that a ruler loses in a year of the worst hardship"},
      P{&T::corruption, "corruption", "sd / year", 0.1, -2, 2, Prior::normal(0, 0.5), open, mueller,
        "standing that a ruler loses in a year of the worst corruption"},
      P{&T::towns_lost, "towns_lost", "sd", 0.3, -3, 3, Prior::normal(0, 0.5), open, mueller,
        "standing that a ruler loses with large parts of the country"},
      P{&T::killings, "killings", "sd", 0.2, -3, 3, Prior::normal(0, 0.5), open, davenport,
        "standing that a ruler loses when his soldiers have shot at crowds once"},
      P{&T::sanctions, "sanctions", "sd", 0.0, -3, 3, Prior::normal(0, 0.5), open,
        "Grauvogel & von Soest 2014, Claims to legitimacy count",
        "standing that a ruler loses under full sanctions (minus: people rally round him)"},
      P{&T::words, "words", "sd", 0.5, -3, 3, Prior::normal(0, 0.5), open, guess,
        "what a bloc's word adds to the leaning of its followers"},
      P{&T::crowd_half, "crowd_half", "share", 0.01, 0.0005, 0.5, Prior::lognormal(0.01, 0.7), assumed, chenoweth,
        "share of a town out at which a crowd is seen as half of what it could be"},
      P{&T::shooting_rate, "shooting_rate", "1 / week", 0.15, 0, 10, Prior::lognormal(0.15, 0.7), assumed, davenport,
        "how often soldiers who are willing to shoot fire on a crowd of the largest kind"},
      P{&T::shooting_deaths, "shooting_deaths", "people", 6, 0.5, 1000, Prior::lognormal(6, 0.7), assumed, davenport,
        "median deaths when they do"},
      P{&T::will_to_shoot, "will_to_shoot", "logit", -1.0, -6, 6, Prior::normal(-1, 1), assumed, davenport,
        "will of the army to shoot at crowds, at middling cohesion"},
      P{&T::will_cohesion, "will_cohesion", "logit", 2.0, -6, 6, Prior::normal(0, 1.5), open,
        "Bellin 2004, The robustness of authoritarianism", "how that will grows with the army's cohesion"},
      P{&T::killings_days, "killings_days", "days", 60, 1, 3650, Prior::lognormal(60, 0.7), assumed, davenport,
        "how long killings are remembered"},
  };
}();

/// The public in the course of a replicate; arrays by place.
struct PublicState {
  explicit PublicState(const World& world);

  LeaningClasses classes;
  std::vector<PlaceCrowd> places;
  double population = 0, out_against = 0, out_for = 0;  ///< in the whole country
  double country_shock = 0;
  double protest_before = 0;  ///< logarithm of one more than the thousandths of the capital at the largest protest
  double will_to_shoot = 0;   ///< as of the last step
  CrowdPace pace;
  KeptExp killings_kept;  ///< what a step leaves of the memory of killings
  double national = 0;    ///< what events make of every citizen's leaning now, apart from blocs
  HazardClock shooting_clock;
  bool crowd_is_large_against = false, crowd_is_large_for = false;  ///< in the capital; for the telling
  std::vector<double> toward_last;       ///< by place: leaning toward the ruler before this one, at his end
  std::vector<double> toward_deposed;    ///< by place: PlaceCrowd::offset of the ruler whom a plot has just deposed
  std::vector<double> toward_old_class;  ///< by place: leaning toward the ruler of the file at the start, but for words
};

/// The people before the first shot, all at home.
void start_public(Country& country);
/// Leanings before the first shot, from the country file. What blocs say, armed groups hold and patrons do at the start
/// is no news: the file's support knows of it.
void settle_public(Country& country);
/// Moves the whole public one step: shocks, killings, crowds of every place (but the capital's while an attempt is on).
void step_public(Country& country);
/// How a ruler finds the public.
enum class Welcome : std::uint8_t {
  by_force,   ///< who resented the one before may welcome him, by `new_ruler` and `carry_over`
  blank,      ///< nothing is thought of him yet
  old_class,  ///< what was thought of the ruler of the file at the start, but for what blocs said
  again       ///< what was thought of him when he was deposed
};
/// The public meets a ruler whom blocs and patrons have met. Killings, sanctions and hardship under another do not
/// count for or against him. `sides_turn`: who was out against the one before is out for him.
void public_meets_ruler(Country& country, Welcome welcome, bool sides_turn);
/// Notes what is thought of the ruler of the day, for `Welcome::by_force`.
void note_leanings(Country& country);
/// Keeps it for `Welcome::again`.
void keep_leanings(Country& country);

/// Leaning of a place toward the ruler of the day, in standard deviations.
double leaning_in(const Country& country, std::size_t place);
/// The same, of the whole country, by population.
double leaning_of_country(const Country& country);
/// How large a crowd seems, 0 to 1: against, or for the ruler of the day, in a place.
double crowd_against(const Country& country, std::size_t place);
double crowd_for(const Country& country, std::size_t place);
/// The army's will to shoot at crowds, 0 to 1.
double will_to_shoot(const Country& country);

}  // namespace interregnum
