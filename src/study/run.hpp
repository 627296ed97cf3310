#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analysis/outcomes.hpp"
#include "engine/ensemble.hpp"
#include "study/country.hpp"

namespace interregnum {

/// Everything about a run that a report says besides its results.
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
  RunDescription description;  ///< without file, command and changes, which the caller knows
  OutcomeSummary summary;
  FirstOfEach first;
};

/// Simulates a country; `callbacks` hear of it besides. Ends early, with what is done, when `callbacks.stop` says so.
CountryRun run_country(const Scenario& scenario, const World& world, const Parameters& parameters,
                       const EnsembleSettings& settings, EnsembleCallbacks callbacks);

}  // namespace interregnum
