#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace interregnum {

/// Every parameter with value, bounds, unit, prior, meaning and source, for a terminal.
std::string parameters_text();
/// The same as a Markdown document: docs/parameters.md.
std::string parameters_markdown();
nlohmann::ordered_json parameters_json();

}  // namespace interregnum
