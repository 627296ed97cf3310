#pragma once

#include <array>
#include <cstdint>

namespace interregnum {

/// What a draw is for. The numbers are part of the key of every draw: adding one changes no other; renumbering changes
/// all results.
enum class DrawPurpose : std::uint64_t {
  scenario_input = 1,     ///< a value of the country file that is a distribution
  unit_shocks = 2,        ///< private signal and the three kept Gumbel shocks of a unit
  unit_clock = 3,         ///< unit-exponential time to a unit's next reconsideration
  march_preparation = 4,  ///< times of a march, and whether a garrison has orders to leave a front
  fight = 5,              ///< winner, length and deaths of one fight
  rout = 6,               ///< what becomes of a beaten unit, and how long it regroups
  ruler = 7,              ///< the ruler's escape, and all that runs at a rate of its own
  patron_statement = 8,   ///< when a foreign patron speaks
  leader = 9,             ///< whether the plot's leader is taken with his unit
  standoff = 10,          ///< how long a stand-off lasts and who gives way
  crowd = 11,             ///< flows into and out of the streets, and the chances common to a town or the country
  shooting = 12,          ///< when soldiers fire on a crowd, and how many die
  bloc_clock = 13,        ///< when a bloc speaks
  bloc_conviction = 14,   ///< a bloc's three kept Gumbel shocks
  pact = 15,              ///< whether a bloc has a pact with the plotters
  attack_clock = 16,      ///< when an armed group attacks a town
  battle = 17,            ///< who wins there
  counterattack_clock = 18,
  counterattack = 19,
  truce = 20,              ///< whether a truce holds at the start, and when it breaks
  patron_clock = 21,       ///< when a patron thinks again
  patron_conviction = 22,  ///< its six kept Gumbel shocks
  deployment = 23,         ///< when a force arrives
  label = 24,              ///< whether a patron calls a group extremist
  mandate = 25,
  onset = 26,          ///< when a plot of each rank moves
  plotters = 27,       ///< which units plot
  fresh_leaning = 28,  ///< how leanings have changed since the last attempt
  lesson = 29,         ///< what a plot prepares against
  purge = 30,
  uprising = 31,
  handover = 32,
  ouster = 33,
  election = 34,      ///< whether the junta's elections are held, and who wins
  old_election = 35,  ///< whether elections due before the coup take place
  restoration = 36,   ///< whether the old ruling class comes back
  leader_death = 37,
  succession = 38,
  stand_in = 39,
  order_of_factors = 40,  ///< in which order the factors of a comparison join
  point_shift = 41,       ///< moves the points of a sensitivity analysis
  parameter = 42,         ///< a parameter of the model, from its prior
  chain = 43,             ///< a step of a Markov chain
  simulated_record = 44,  ///< a record made up to calibrate the fit
  resample = 45,          ///< which countries a bootstrap draws
  precedence = 46,        ///< who comes first of those who would act at the same time
};

/// Four uniform numbers in (0, 1).
using UniformBlock = std::array<double, 4>;

/// Random numbers of one replicate, each addressed by what it is for and never by when it was asked for: the same
/// (seed, stream, replicate, purpose, actor, occurrence) gives the same numbers on any thread. Philox4x64-10 (Salmon et
/// al. 2011, Random123).
class Draws {
 public:
  /// `stream` is constant within a comparison and names the attempt in a fit (docs/model.md).
  Draws(std::uint64_t seed, std::uint64_t stream, std::uint64_t replicate)
      : seed_(seed), stream_(stream), replicate_(replicate) {}

  /// The same replicate's draws for its attempt number `attempt`; 0 is the first, whose draws are those of *this.
  Draws for_attempt(std::uint32_t attempt) const {
    Draws draws = *this;
    draws.attempt_ = std::uint64_t{attempt} << 32U;
    return draws;
  }

  /// Four random words, uniform over all values.
  std::array<std::uint64_t, 4> words(DrawPurpose purpose, std::uint64_t actor, std::uint64_t occurrence = 0) const;

  /// `actor` is the hash of an id in the file (or of a pair of ids), `occurrence` the actor's own count.
  UniformBlock block(DrawPurpose purpose, std::uint64_t actor, std::uint64_t occurrence = 0) const;

  double uniform(DrawPurpose purpose, std::uint64_t actor, std::uint64_t occurrence = 0) const {
    return block(purpose, actor, occurrence)[0];
  }

  /// Mean 1.
  double exponential(DrawPurpose purpose, std::uint64_t actor, std::uint64_t occurrence = 0) const;

 private:
  std::uint64_t seed_;
  std::uint64_t stream_;
  std::uint64_t replicate_;
  std::uint64_t attempt_ = 0;  ///< in the upper half of the word that holds the purpose
};

}  // namespace interregnum
