#pragma once

#include <cstdint>

namespace interregnum {

/// Which replicates share a draw of the uncertain inputs and of the parameters
/// (docs/decisions/0003-two-kinds-of-uncertainty.md). `spread`: replicates r and r + 1,000 of every 2,000 share both,
/// so that the first thousand share nothing. `nested`: four successive replicates share the inputs, and sixteen the
/// parameters, so that few replicates tell inputs, parameters and chance apart.
enum class Design : std::uint8_t { spread, nested };

/// Of the spread design: after so many replicates draws come once more.
inline constexpr std::uint64_t spread_period = 1000;

/// Ranges of replicates that begin at multiples of this share no draw of the inputs, so that their counts can be added
/// up (OutcomeSummary::merge).
constexpr std::uint64_t range_step(Design design) { return design == Design::nested ? 16 : 2 * spread_period; }

/// Which replicate, and of what. Which draws it uses depends on nothing else, and never on how many are played.
struct ReplicateId {
  std::uint64_t seed = 1;
  std::uint64_t stream = 0;
  std::uint64_t replicate = 0;
  Design design = Design::spread;

  /// Number of the draw of the country file's uncertain values.
  std::uint64_t input_draw() const {
    if (design == Design::nested) return replicate / 4;
    return replicate / (2 * spread_period) * spread_period + replicate % spread_period;
  }
  /// How many draws of the parameters come before this one's (ThetaDraws). Replicates that share inputs share it.
  std::uint64_t parameter_turn() const { return design == Design::nested ? replicate / 16 : input_draw(); }
};

/// The replicate that plays future number `future` of a comparison: each future has draws of its own.
constexpr std::uint64_t replicate_of_future(std::uint64_t future) {
  return future / spread_period * (2 * spread_period) + future % spread_period;
}

}  // namespace interregnum
