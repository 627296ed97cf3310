#pragma once

#include <cstdint>
#include <vector>

#include "analysis/claims/prepare.hpp"

namespace interregnum {

/// Futures that are played.
struct FutureRange {
  std::uint64_t first = 0, count = 0;
};

/// Plays futures of a claim that swaps nothing. Of each future in which the question arises: 1 if the outcome came
/// about (or the events happened in their order), else 0.
std::vector<double> play_claim(const PreparedClaim& prepared, const ThetaDraws& thetas, FutureRange futures,
                               const ClaimSettings& settings);

}  // namespace interregnum
