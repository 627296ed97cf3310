#include "engine/ensemble.hpp"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <vector>

namespace interregnum {

namespace {

// Small enough that Ctrl-C is heard at once, large enough to keep all threads busy.
constexpr std::uint64_t batch_size = 1024;
// In the nested design replicates that share a draw of the inputs go to the same thread, which then makes it once.
constexpr std::uint64_t grain = 16;

}  // namespace

EnsembleResult run_ensemble(const World& world, const ThetaDraws& thetas, const EnsembleSettings& settings,
                            const EnsembleCallbacks& callbacks) {
  const int threads = settings.threads > 0 ? settings.threads : tbb::this_task_arena::max_concurrency();
  // More threads than processors are allowed where they are asked for.
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  // A ThreadLimit leaves fewer where the system does.
  tbb::task_arena arena(
      static_cast<int>(tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism)));
  tbb::enumerable_thread_specific<State> states([&world] { return State(world); });
  std::vector<RunRecord> batch(static_cast<std::size_t>(std::min(batch_size, settings.replicates)));
  EnsembleResult result;
  while (result.done < settings.replicates && !(callbacks.stop && callbacks.stop())) {
    const std::uint64_t size = std::min(batch_size, settings.replicates - result.done);
    const auto started = std::chrono::steady_clock::now();
    arena.execute([&] {
      tbb::parallel_for(tbb::blocked_range<std::uint64_t>(0, size, grain),
                        [&](const tbb::blocked_range<std::uint64_t>& range) {
                          State& state = states.local();
                          for (std::uint64_t index = range.begin(); index != range.end(); ++index) {
                            const ReplicateId id{settings.seed, settings.stream, result.done + index, settings.design};
                            const std::size_t parameter_draw = thetas.number_for(id);
                            batch[index] = run(world, thetas.draw(parameter_draw), id, state, settings.until);
                            batch[index].parameter_draw = parameter_draw;
                          }
                        });
    });
    result.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    result.done += size;
    if (callbacks.records) callbacks.records(std::span<const RunRecord>(batch).first(size));
    if (callbacks.progress) callbacks.progress(result.done, settings.replicates);
  }
  return result;
}

}  // namespace interregnum
