#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "analysis/outcomes.hpp"
#include "engine/ensemble.hpp"
#include "study/country.hpp"
#include "study/told_future.hpp"

namespace interregnum {

/// The circumstances of a run, which its report states beside the results.
struct RunDescription {
  std::string scenario_name;
  std::string scenario_file;
  std::string start;
  std::uint64_t seed = 1;
  std::uint64_t wanted = 0;  ///< replicates asked for
  int threads = 0;
  double seconds = 0.0;
  double horizon_hours = 0.0;  ///< mean, if it is uncertain
  bool begins_with_watch = false;
  bool until_seizure = false;
  std::string started;  ///< wall clock, UTC
  std::string command;  ///< that makes it again
  std::vector<Override> overrides;
  std::string theta;                  ///< which parameters: `default`, `prior`, or a file of draws
  std::vector<std::string> warnings;  ///< about the facts of the country file, a sentence each
  std::size_t parameter_draws = 1;    ///< how many there are, of which each replicate uses one
  bool nested = false;                ///< whether replicates share draws in groups (Design::nested)
};

/// The first future of each outcome, so that a page can tell one of the most frequent.
class FirstOfEach {
 public:
  FirstOfEach();
  void add(std::span<const RunRecord> records);
  std::uint64_t of_most_frequent() const;

 private:
  std::array<std::uint64_t, outcome_count> first_{}, number_{};
};

/// An ensemble of one country.
struct CountryRun {
  std::shared_ptr<const World> world;
  EnsembleSettings settings;
  RunDescription description;  ///< without file, command and changes, which the caller knows
  OutcomeSummary summary;
  FirstOfEach first;
};

/// Simulates a country; `callbacks` are called as by run_ensemble. Ends early, with what is done, when
/// `callbacks.stop` says so. `world`: of the scenario.
CountryRun run_country(const Scenario& scenario, std::shared_ptr<const World> world, const Parameters& parameters,
                       const EnsembleSettings& settings, EnsembleCallbacks callbacks);

/// The first future that ended in the most frequent way. `thetas`: those of the run.
ToldFuture tell_most_frequent(const CountryRun& run, const ThetaDraws& thetas);

}  // namespace interregnum
