#include "engine/ensemble.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

#include "base/diagnostics.hpp"
#include "engine/parallel.hpp"

namespace interregnum {

namespace {

// Small enough that Ctrl-C is heard at once, large enough to keep all threads busy.
constexpr std::uint64_t batch_size = 1024;
// In the nested design replicates that share a draw of the inputs go to the same thread, which then makes it once.
constexpr std::uint64_t grain = 16;

}  // namespace

EnsembleResult run_ensemble(const World& world, const ThetaDraws& thetas, const EnsembleSettings& settings,
                            const EnsembleCallbacks& callbacks) {
  if (settings.first % range_step(settings.design) != 0)
    throw InputError(
        fmt::format("a range of replicates cannot begin at {}: replicates before and after it share draws; "
                    "it can begin at a multiple of {}",
                    settings.first, range_step(settings.design)));
  std::vector<std::unique_ptr<State>> states(workers(settings.threads));
  std::vector<RunRecord> batch(static_cast<std::size_t>(std::min(batch_size, settings.replicates)));
  EnsembleResult result;
  while (result.done < settings.replicates && !(callbacks.stop && callbacks.stop())) {
    const std::uint64_t size = std::min(batch_size, settings.replicates - result.done);
    const auto started = std::chrono::steady_clock::now();
    run_on_workers((size + grain - 1) / grain, settings.threads, [&](std::size_t task, std::size_t worker) {
      if (!states[worker]) states[worker] = std::make_unique<State>(world);
      for (std::uint64_t index = task * grain; index < std::min<std::uint64_t>(size, (task + 1) * grain); ++index) {
        const std::uint64_t replicate = settings.first + result.done + index;
        const ReplicateId id{settings.seed, settings.stream, replicate, settings.design};
        const std::size_t parameter_draw = thetas.number_for(id);
        batch[index] = run(world, thetas.draw(parameter_draw), id, *states[worker], settings.until);
        batch[index].parameter_draw = parameter_draw;
      }
    });
    result.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    result.done += size;
    if (callbacks.records) callbacks.records(std::span<const RunRecord>(batch).first(size));
    if (callbacks.progress) callbacks.progress(result.done, settings.replicates);
  }
  return result;
}

}  // namespace interregnum
