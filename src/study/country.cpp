#include "study/country.hpp"

#include <utility>

#include "scenario/files.hpp"

namespace interregnum {

LoadedCountry load_country(const std::string& file, const std::vector<std::string>& settings, Parameters parameters) {
  LoadedCountry loaded{{}, std::move(parameters), {}};
  std::vector<Override> of_country;
  for (const std::string& setting : settings) {
    const Override override_ = parse_override(setting);
    loaded.overrides.push_back(override_);
    if (override_.first.starts_with("theta.")) {
      loaded.parameters.thetas.set(override_.first, override_.second);
    } else {
      of_country.push_back(override_);
    }
  }
  loaded.scenario = load_scenario(file, of_country);
  return loaded;
}

}  // namespace interregnum
