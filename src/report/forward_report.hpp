#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "scoring/forward.hpp"

namespace interregnum {

// Forecasts forward in time, as JSON for programs (docs/json.md) and as a text for people.

nlohmann::ordered_json forward_json(const ForwardScores& scores);

/// From what `forward_json` gave, now or in the file that ships. Throws InputError with `name` if it is something else.
std::string forward_text(const nlohmann::ordered_json& report, const std::string& name);

}  // namespace interregnum
