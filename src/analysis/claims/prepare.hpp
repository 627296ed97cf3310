#pragma once

#include <optional>
#include <vector>

#include "analysis/claims.hpp"
#include "analysis/claims/sides.hpp"
#include "analysis/measure.hpp"

namespace interregnum {

/// A claim that has been read and checked, ready to be played.
struct PreparedClaim {
  const Claim* claim;
  std::optional<Measure> measure;   ///< nothing: the claim is on a sequence
  std::vector<EventKind> sequence;  ///< of events
  std::optional<ClaimSwap> swap, removed;
  ClaimSide alone;  ///< where nothing is swapped
  std::vector<ClaimSwap> codings;
  ClaimResult result;  ///< with all that is known before any future is played
};

/// Throws InputError, with its place, for the first mistake in the claim.
PreparedClaim prepare_claim(const ClaimFile& file, const Claim& claim, const ThetaDraws& thetas, const Record& record,
                            const ClaimSettings& settings);

}  // namespace interregnum
