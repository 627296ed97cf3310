#include "study/told_future.hpp"

#include <utility>

namespace interregnum {

std::shared_ptr<const World> world_of(const Scenario& scenario) {
  return std::make_shared<const World>(compile(scenario));
}

ToldFuture tell_future(std::shared_ptr<const World> world, const ThetaDraws& thetas, const ReplicateId& id,
                       Until until) {
  State state(*world);
  state.log.keep_events = true;
  const RunRecord record = run(*world, thetas.of_replicate(id), id, state, until);
  return {std::move(world), record, std::move(state.log.events), until};
}

std::uint64_t tell_first_futures(
    const World& world, const ThetaDraws& thetas, const EnsembleSettings& settings, std::uint64_t count,
    const std::function<bool()>& stop,
    const std::function<void(std::uint64_t replicate, const std::vector<Event>&)>& events) {
  State state(world);
  state.log.keep_events = true;
  std::uint64_t replicate = 0;
  for (; replicate < count && !stop(); ++replicate) {
    const ReplicateId id{settings.seed, settings.stream, replicate, settings.design};
    run(world, thetas.of_replicate(id), id, state, settings.until);
    events(replicate, state.log.events);
  }
  return replicate;
}

}  // namespace interregnum
