#include "engine/paired.hpp"

#include <algorithm>

#include "engine/parallel.hpp"

namespace interregnum {

void run_cases(std::span<const Case> cases, const PairedSettings& settings,
               const std::function<void(std::size_t, std::size_t, const RunRecord&)>& take) {
  // Futures of one case stay together: a scratch state is made for each block.
  constexpr std::size_t block = 32;
  const auto futures = static_cast<std::size_t>(settings.count);
  const std::size_t blocks = (futures + block - 1) / block;
  run_parallel(cases.size() * blocks, settings.threads, [&](std::size_t task) {
    const std::size_t case_index = task / blocks;
    const std::size_t begin = task % blocks * block;
    const Case& played = cases[case_index];
    State state(*played.world);
    for (std::size_t future = begin; future < std::min(begin + block, futures); ++future) {
      const ReplicateId id{settings.seed, settings.stream, replicate_of_future(settings.first + played.first + future)};
      const Theta theta = played.thetas->of_replicate(id);
      take(case_index, future, run(*played.world, theta, id, state, settings.until));
    }
  });
}

}  // namespace interregnum
