#pragma once

#include <cstdint>
#include <vector>

#include "model/hazard_clock.hpp"
#include "model/kept_shocks.hpp"
#include "model/parameter.hpp"
#include "model/sources.hpp"
#include "world/world.hpp"

namespace interregnum {

struct Country;

/// Parameters of the blocs' choice: endorse, stay out, oppose. Utilities in units of the stakes.
struct BlocsTheta {
  double pact, seats, stance, followers, patron, crowds, hold_value, precision, turning_cost, first_word_rate, rate;
};

namespace blocs_sources {
using sources::quantal;
inline constexpr std::string_view thyne = "Thyne & Powell 2016, Coup d'etat or coup d'autocracy; no estimate for blocs";
inline constexpr std::string_view yukawa = "Yukawa, Kushima & Hidaka 2019, Coups, justification, and democracy";
}  // namespace blocs_sources

inline constexpr auto blocs_parameters = [] {
  using T = BlocsTheta;
  using P = Parameter<T>;
  using namespace blocs_sources;
  constexpr Sign open = Sign::open;
  constexpr Sign assumed = Sign::assumed;
  return std::array{
      P{&T::pact, "pact", "stakes", 0.8, -3, 4, Prior::normal(0, 1), open, yukawa,
        "what a pact made before the coup adds to endorsing those who made it"},
      P{&T::seats, "seats", "stakes", 0.6, -3, 4, Prior::normal(0, 1), open, yukawa,
        "what a transitional body of civilians alone adds, against one half of soldiers (a body of soldiers alone "
        "takes "
        "as much away)"},
      P{&T::stance, "stance", "stakes", 0.8, -3, 4, Prior::normal(0, 1), open, thyne,
        "what full opposition to the old ruler adds to endorsing the new"},
      P{&T::followers, "followers", "stakes", 0.4, -3, 4, Prior::normal(0, 1), open, thyne,
        "what the public's leaning adds, for a standard deviation"},
      P{&T::patron, "patron", "stakes", 0.4, -3, 4, Prior::normal(0, 1), open, thyne,
        "what recognition by the bloc's patron adds (sanctions take as much away)"},
      P{&T::crowds, "crowds", "stakes", 0.4, -3, 4, Prior::normal(0, 1), open, thyne,
        "what crowds for the ruler in the capital add, less those against him"},
      P{&T::hold_value, "hold_value", "stakes", 0.4, 0, 2, Prior::uniform(0, 1), assumed, thyne,
        "worth of not speaking out"},
      P{&T::precision, "precision", "1 / stakes", 2.5, 0.2, 20, Prior::lognormal(2.5, 0.5), assumed, quantal,
        "inverse size of the kept convictions"},
      P{&T::turning_cost, "turning_cost", "stakes", 0.5, 0, 4, Prior::lognormal(0.5, 0.5), assumed, quantal,
        "what it costs to take back a word that was given"},
      P{&T::first_word_rate, "first_word_rate", "1 / week", 5.0, 0, 200, Prior::lognormal(5, 0.7), assumed, thyne,
        "how soon a bloc speaks of a new ruler"},
      P{&T::rate, "rate", "1 / week", 0.15, 0, 20, Prior::lognormal(0.15, 0.7), assumed, thyne,
        "how often it thinks again"},
  };
}();

enum class Word : std::int8_t { oppose = -1, stay_out = 0, endorse = 1 };

/// What a bloc has said of one ruler.
struct BlocWord {
  bool has_spoken = false;
  Word word = Word::stay_out;
};

/// A bloc, and its word of the ruler of the day.
struct BlocState : BlocWord {
  HazardClock clock;
  bool has_pact = false;  ///< with those who plot in the file
  KeptShocks<3> convictions;
};

struct BlocsState {
  explicit BlocsState(const World& world)
      : blocs(world.blocs.size()), of_deposed(world.blocs.size()), following(world.blocs.size()) {}
  std::vector<BlocState> blocs;
  std::vector<BlocWord> of_deposed;    ///< words of the ruler whom a plot has just deposed
  std::vector<double> following;       ///< share of the country's people
  double endorsing = 0, opposing = 0;  ///< following of those who say so, not above 1
};

/// The blocs before the first shot: each has spoken of the ruler as its stance says.
void start_blocs(Country& country);
void step_blocs(Country& country);
/// A new ruler has come: what was said of the old one no longer counts, and everybody has to speak anew.
void blocs_meet_new_ruler(Country& country);
/// A plot deposes the ruler: what was said of him is kept, and counts again if he is back within the week.
void keep_words(Country& country);
void take_up_words(Country& country);

}  // namespace interregnum
