#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/ensemble.hpp"
#include "model/events.hpp"

namespace interregnum {

/// One future of a country with all that happens in it.
struct ToldFuture {
  std::shared_ptr<const World> world;
  RunRecord record;
  std::vector<Event> events;  ///< in the order of time
  Until until = Until::horizon;
};

/// The compiled country, for as long as any run or future of it is in use.
std::shared_ptr<const World> world_of(const Scenario& scenario);

ToldFuture tell_future(std::shared_ptr<const World> world, const ThetaDraws& thetas, const ReplicateId& id,
                       Until until);

/// Plays futures 0 to `count` - 1 of a run again, and hands on the events of each. Ends early when `stop` says so;
/// returns how many it played.
std::uint64_t tell_first_futures(const World& world, const ThetaDraws& thetas, const EnsembleSettings& run,
                                 std::uint64_t count, const std::function<bool()>& stop,
                                 const std::function<void(std::uint64_t replicate, const std::vector<Event>&)>& events);

}  // namespace interregnum
