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

/// Runs replicates 0, 1, 2, … over threads. The records are the same, bit for bit, for any number of threads.
EnsembleResult run_ensemble(const World& world, const ThetaDraws& thetas, const EnsembleSettings& settings,
                            const EnsembleCallbacks& callbacks);

}  // namespace interregnum
