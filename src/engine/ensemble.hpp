#pragma once

#include <functional>
#include <span>

#include "engine/replicate.hpp"
#include "model/theta_draws.hpp"

namespace interregnum {

struct EnsembleSettings {
  std::uint64_t seed = 1;
  std::uint64_t stream = 0;
  std::uint64_t replicates = 10000;
  int threads = 0;  ///< 0: as many as there are processors
  Until until = Until::horizon;
  Design design = Design::spread;
  std::uint64_t first = 0;  ///< number of the first replicate: a multiple of `range_step(design)`
};

/// How the engine talks to its caller; the core itself never prints. All are called from the calling thread, and any
/// may be empty.
struct EnsembleCallbacks {
  std::function<void(std::span<const RunRecord>)> records;  ///< finished replicates, in order, each once
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
  std::function<bool()> stop;  ///< asked between batches; true: end here and keep what is done
};

struct EnsembleResult {
  std::uint64_t done = 0;
  double seconds = 0.0;  ///< of the replicates alone
};

/// Runs replicates `first`, `first` + 1, … over threads. The records are the same, bit for bit, for any number of
/// threads, and for any split of an ensemble into ranges. Throws InputError if the range begins elsewhere than at a
/// multiple of `range_step`, for then replicates that share draws would come apart.
EnsembleResult run_ensemble(const World& world, const ThetaDraws& thetas, const EnsembleSettings& settings,
                            const EnsembleCallbacks& callbacks);

}  // namespace interregnum
