#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "analysis/outcomes.hpp"
#include "engine/ensemble.hpp"
#include "report/format.hpp"
#include "scenario/overrides.hpp"
#include "world/world.hpp"

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
  std::string command;
  std::vector<Override> overrides;
  std::string theta;                  ///< which parameters: `default`, `prior`, or a file of draws
  std::vector<std::string> warnings;  ///< about the facts of the country file, a sentence each
  std::size_t parameter_draws = 1;    ///< how many there are, of which each replicate uses one
  bool nested = false;                ///< whether replicates share draws in groups (Design::nested)
};

/// The answer in one sentence.
std::string run_sentence(const RunDescription& description, const OutcomeSummary& summary);

/// The table a person reads first, then what happened most often on the way.
std::string run_text(const RunDescription& description, const OutcomeSummary& summary, TextStyle style);

/// The same for programs; the keys are documented in docs/json.md. Only `seconds`, `threads`, `started` and `command`
/// may differ between two runs of the same scenario and seed.
nlohmann::ordered_json run_json(const RunDescription& description, const OutcomeSummary& summary);

/// `4 h`, `2.5 days`.
std::string duration_text(double hours);

}  // namespace interregnum
