#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "analysis/comparison.hpp"
#include "report/format.hpp"
#include "scenario/overrides.hpp"

namespace interregnum {

/// What a report of paired runs says besides its results.
struct PairedDescription {
  std::string file_a, file_b;  ///< the second is empty where there is one file only
  std::string name_a, name_b;
  std::string horizon;  ///< "24 months"
  std::uint64_t seed = 1;
  double seconds = 0.0;
  std::string command;
  std::string theta;  ///< which parameters: `default`, `prior`, or a file of draws
  std::vector<Override> overrides;
};

/// One sentence: which side is likelier, and which factors weigh most.
std::string comparison_sentence(const PairedDescription& description, const Comparison& comparison);

std::string comparison_text(const PairedDescription& description, const Comparison& comparison, TextStyle style);

/// What the JSON of all paired runs says besides results: `set`, `theta`, `interrupted`, `version`, `seed`, `seconds`,
/// `command`.
nlohmann::ordered_json circumstances_json(const PairedDescription& description, bool complete);

/// Keys: docs/json.md. Only `seconds` and `command` may differ between two runs with the same seed.
nlohmann::ordered_json comparison_json(const PairedDescription& description, const Comparison& comparison);

}  // namespace interregnum
