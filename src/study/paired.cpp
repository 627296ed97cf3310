#include "study/paired.hpp"

#include "base/quantity.hpp"

namespace interregnum {

PairedDescription describe_paired(const std::string& file, const LoadedCountry& country, std::uint64_t seed,
                                  const std::string& command) {
  PairedDescription description;
  description.file_a = file;
  description.name_a = country.scenario.name;
  description.horizon = duration_in_words(country.scenario.horizon.distribution.mean());
  description.seed = seed;
  description.overrides = country.overrides;
  description.theta = country.parameters.name;
  description.command = command;
  return description;
}

}  // namespace interregnum
