#include "analysis/claims/futures.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/paired_runs.hpp"
#include "engine/parallel.hpp"

namespace interregnum {

namespace {

/// Whether the events happen in this order within `window` hours, beginning with any that is the first of them.
bool happen_in_order(const std::vector<Event>& events, const std::vector<EventKind>& sequence, double window) {
  for (std::size_t first = 0; first < events.size(); ++first) {
    if (events[first].kind != sequence[0]) continue;
    std::size_t found = 0;
    for (std::size_t next = first; next < events.size() && events[next].hour <= events[first].hour + window; ++next) {
      if (events[next].kind == sequence[found] && ++found == sequence.size()) return true;
    }
  }
  return false;
}

/// The measure of each future in which the question arises.
std::vector<double> values_of(const PreparedClaim& prepared, const ThetaDraws& thetas, FutureRange futures,
                              const ClaimSettings& settings) {
  PairedRuns runs({{prepared.alone.world.get(), &thetas, futures.first}}, *prepared.measure, settings.seed,
                  settings.threads);
  runs.play(futures.count);
  std::vector<double> values;
  for (std::size_t future = 0; future < futures.count; ++future) {
    if (!std::isnan(runs.value(0, future))) values.push_back(runs.value(0, future));
  }
  return values;
}

/// Whether the events happened in their order, for each future in which power was seized.
std::vector<double> sequences_of(const PreparedClaim& prepared, const ThetaDraws& thetas, FutureRange futures,
                                 const ClaimSettings& settings) {
  const World& world = *prepared.alone.world;
  const double window = prepared.claim->window.distribution.mean();
  std::vector<signed char> seen(futures.count, -1);  // not seized, 0, 1
  constexpr std::size_t block = 32;
  run_parallel((seen.size() + block - 1) / block, settings.threads, [&](std::size_t task) {
    State state(world);
    state.log.keep_events = true;
    for (std::size_t future = task * block; future < std::min(seen.size(), (task + 1) * block); ++future) {
      const ReplicateId id{settings.seed, 0, replicate_of_future(futures.first + future)};
      const RunRecord record = run(world, thetas.of_replicate(id), id, state, Until::outcome);
      if (is_seized(record.outcome))
        seen[future] = happen_in_order(state.log.events, prepared.sequence, window) ? 1 : 0;
    }
  });
  std::vector<double> happened;
  for (const signed char of_future : seen) {
    if (of_future >= 0) happened.push_back(of_future);
  }
  return happened;
}

}  // namespace

std::vector<double> play_claim(const PreparedClaim& prepared, const ThetaDraws& thetas, FutureRange futures,
                               const ClaimSettings& settings) {
  return prepared.sequence.empty() ? values_of(prepared, thetas, futures, settings)
                                   : sequences_of(prepared, thetas, futures, settings);
}

}  // namespace interregnum
