#include "cli/single_run.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <ctime>
#include <thread>

#include "cli/options.hpp"
#include "engine/ensemble.hpp"
#include "scenario/checks.hpp"

namespace interregnum::cli {

namespace {

constexpr std::uint64_t none_yet = ~std::uint64_t{0};

}  // namespace

FirstOfEach::FirstOfEach() { first_.fill(none_yet); }

void FirstOfEach::add(std::span<const RunRecord> records) {
  for (const RunRecord& record : records) {
    const auto outcome = static_cast<std::size_t>(record.outcome);
    if (first_[outcome] == none_yet) first_[outcome] = record.replicate;
    ++number_[outcome];
  }
}

std::uint64_t FirstOfEach::of_most_frequent() const {
  return first_[static_cast<std::size_t>(std::max_element(number_.begin(), number_.end()) - number_.begin())];
}

RunDescription describe_run(const Scenario& scenario, std::uint64_t wanted, std::uint64_t seed, int threads,
                            Until until) {
  RunDescription description;
  description.scenario_name = scenario.name;
  description.start = scenario.start;
  description.warnings = facts_of_another_time(scenario);
  description.seed = seed;
  description.wanted = wanted;
  description.threads = threads > 0 ? threads : static_cast<int>(std::thread::hardware_concurrency());
  description.horizon_hours = scenario.horizon.distribution.mean();
  description.begins_with_watch = scenario.begins.index == static_cast<std::size_t>(Begins::watch);
  description.until_seizure = until == Until::seizure;
  description.started = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  return description;
}

SingleRun run_once(const Scenario& scenario, const Parameters& parameters, std::uint64_t replicates, std::uint64_t seed,
                   int threads) {
  SingleRun result;
  result.description = describe_run(scenario, replicates, seed, threads, Until::horizon);
  result.description.theta = parameters.name;
  result.description.parameter_draws = parameters.thetas.size();
  const World world = compile(scenario);
  EnsembleCallbacks callbacks;
  callbacks.records = [&](std::span<const RunRecord> records) {
    result.summary.add(records);
    result.first.add(records);
  };
  if (stderr_is_terminal())
    callbacks.progress = [](std::uint64_t done, std::uint64_t total) { show_progress(done, total, "replicates"); };
  callbacks.stop = interrupted;
  result.description.seconds =
      run_ensemble(world, parameters.thetas, {seed, 0, replicates, threads, Until::horizon}, callbacks).seconds;
  return result;
}

}  // namespace interregnum::cli
