#pragma once

#include <cstdint>

#include "base/draws.hpp"

namespace interregnum {

/// A clock on unit-exponential operational time: rings when the hazard that has passed since it was set reaches its
/// draw. A change of the hazard rescales what is left; nothing is drawn anew before it rings.
struct HazardClock {
  double left = -1.0;       ///< negative: not drawn yet
  std::uint32_t count = 0;  ///< occurrences of its draws

  /// Lets a hazard (rate times time) pass; true if the clock rings, at most once.
  bool rings(const Draws& draws, DrawPurpose purpose, std::uint64_t actor, double hazard) {
    if (!(hazard > 0)) return false;
    if (left < 0) left = draws.exponential(purpose, actor, count++);
    left -= hazard;
    if (left > 0) return false;
    left = -1.0;
    return true;
  }
};

}  // namespace interregnum
