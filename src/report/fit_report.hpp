#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "fit/calibration.hpp"
#include "fit/fit.hpp"

namespace interregnum {

// What a fit came to, as a text for people and as JSON for programs (docs/json.md).

std::string fit_text(const Fit& fit, const std::string& folder);
nlohmann::ordered_json fit_json(const Fit& fit, const std::string& folder);

/// Whether the fit finds parameters that are known again.
std::string calibration_text(const Calibration& calibration);
nlohmann::ordered_json calibration_json(const Calibration& calibration);

}  // namespace interregnum
