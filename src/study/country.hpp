#pragma once

#include <string>
#include <vector>

#include "scenario/overrides.hpp"
#include "scenario/scenario.hpp"
#include "study/parameters.hpp"

namespace interregnum {

/// A country and the parameters with which it is simulated, both with the user's changes.
struct LoadedCountry {
  Scenario scenario;
  Parameters parameters;
  std::vector<Override> overrides;  ///< all of them, for the report
};

/// Reads a country file with changes (`plot.tier=senior`); those whose key begins with `theta.` change the parameters.
/// Throws InputError.
LoadedCountry load_country(const std::string& file, const std::vector<std::string>& settings, Parameters parameters);

}  // namespace interregnum
