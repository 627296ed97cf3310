#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "study/country.hpp"

namespace interregnum {

/// The circumstances of paired runs, which their report states beside the results.
struct PairedDescription {
  std::string file_a, file_b;  ///< the second is empty where there is one file only
  std::string name_a, name_b;
  std::string horizon;  ///< "24 months"
  std::uint64_t seed = 1;
  double seconds = 0.0;
  std::string command;  ///< that makes it again
  std::string theta;    ///< which parameters: `default`, `prior`, or a file of draws
  std::vector<Override> overrides;
};

/// The description of paired runs of one country; `command` makes them again.
PairedDescription describe_paired(const std::string& file, const LoadedCountry& country, std::uint64_t seed,
                                  const std::string& command);

}  // namespace interregnum
