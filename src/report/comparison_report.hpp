#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "analysis/comparison.hpp"
#include "report/format.hpp"
#include "study/paired.hpp"

namespace interregnum {

/// One sentence: which side is likelier, and which factors weigh most.
std::string comparison_sentence(const PairedDescription& description, const Comparison& comparison);

std::string comparison_text(const PairedDescription& description, const Comparison& comparison, TextStyle style);

/// What the JSON of all paired runs says besides results: `set`, `theta`, `interrupted`, `version`, `seed`, `seconds`,
/// `command`.
nlohmann::ordered_json circumstances_json(const PairedDescription& description, bool complete);

/// Keys: docs/json.md. Only `seconds` and `command` may differ between two runs with the same seed.
nlohmann::ordered_json comparison_json(const PairedDescription& description, const Comparison& comparison);

}  // namespace interregnum
