#pragma once

#include <nlohmann/json_fwd.hpp>

namespace interregnum {

/// The JSON Schema (draft 2020-12) of country files, made from the same declarations as the reader (format.hpp).
nlohmann::ordered_json scenario_schema();

}  // namespace interregnum
