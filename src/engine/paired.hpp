#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "engine/replicate.hpp"
#include "model/theta_draws.hpp"

namespace interregnum {

/// One side of a comparison: a country and the parameters it is played with. Sides that have the same number of draws
/// of the parameters use the same draw in the same future.
struct Case {
  const World* world = nullptr;
  const ThetaDraws* thetas = nullptr;
  std::uint64_t first = 0;  ///< number of its first future, counted from that of the settings
};

struct PairedSettings {
  std::uint64_t seed = 1;
  std::uint64_t stream = 0;
  std::uint64_t first = 0;   ///< the first future's number
  std::uint64_t count = 64;  ///< how many futures
  int threads = 0;           ///< 0: as many as there are processors
  Until until = Until::outcome;
};

/// Plays the same futures in every case: draws that two cases have in common are the same in both. `take` is called
/// once for each case and future (counted from 0 in this call), from several threads at a time but never twice for the
/// same cell; what it gets does not depend on the number of threads.
void run_cases(std::span<const Case> cases, const PairedSettings& settings,
               const std::function<void(std::size_t case_index, std::size_t future, const RunRecord&)>& take);

}  // namespace interregnum
