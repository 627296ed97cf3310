#include "study/run.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <ctime>
#include <utility>

#include "engine/parallel.hpp"
#include "scenario/checks.hpp"

namespace interregnum {

namespace {

constexpr std::uint64_t none_yet = ~std::uint64_t{0};

RunDescription describe(const Scenario& scenario, const Parameters& parameters, const EnsembleSettings& settings) {
  RunDescription description;
  description.scenario_name = scenario.name;
  description.start = scenario.start;
  description.warnings = facts_of_another_time(scenario);
  description.seed = settings.seed;
  description.wanted = settings.replicates;
  description.threads = settings.threads > 0 ? settings.threads : processors();
  description.horizon_hours = scenario.horizon.distribution.mean();
  description.begins_with_watch = scenario.begins.index == static_cast<std::size_t>(Begins::watch);
  description.until_seizure = settings.until == Until::seizure;
  description.started = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  description.theta = parameters.name;
  description.parameter_draws = parameters.thetas.size();
  description.nested = settings.design == Design::nested;
  return description;
}

}  // namespace

FirstOfEach::FirstOfEach() { first_.fill(none_yet); }

void FirstOfEach::add(std::span<const RunRecord> records) {
  for (const RunRecord& record : records) {
    const auto outcome = static_cast<std::size_t>(record.outcome);
    first_[outcome] = std::min(first_[outcome], record.replicate);
    ++number_[outcome];
  }
}

std::uint64_t FirstOfEach::of_most_frequent() const {
  return first_[static_cast<std::size_t>(std::max_element(number_.begin(), number_.end()) - number_.begin())];
}

CountryRun run_country(const Scenario& scenario, std::shared_ptr<const World> world, const Parameters& parameters,
                       const EnsembleSettings& settings, EnsembleCallbacks callbacks) {
  CountryRun result{std::move(world), settings, describe(scenario, parameters, settings), {}, {}};
  callbacks.records = [&result, also = std::move(callbacks.records)](std::span<const RunRecord> records) {
    result.summary.add(records);
    result.first.add(records);
    if (also) also(records);
  };
  result.description.seconds = run_ensemble(*result.world, parameters.thetas, settings, callbacks).seconds;
  return result;
}

ToldFuture tell_most_frequent(const CountryRun& run, const ThetaDraws& thetas) {
  const EnsembleSettings& settings = run.settings;
  const ReplicateId id{settings.seed, settings.stream, run.first.of_most_frequent(), settings.design};
  return tell_future(run.world, thetas, id, settings.until);
}

}  // namespace interregnum
