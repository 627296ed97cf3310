#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/estimate.hpp"
#include "record/attempt.hpp"

namespace interregnum {

/// How often something happened with and without something else, on the record.
struct Association {
  std::string_view name;     ///< as claim files name it
  std::string_view outcome;  ///< "the attempt succeeded"
  std::string_view with, without;
  std::string_view warning;  ///< what to beware of in the sources; may be empty
  std::size_t cases_with = 0, cases_without = 0, countries = 0;
  Probability share_with, share_without;
  Estimate difference;  ///< with less without; countries are the independent observations
};

/// The names that `associate` knows.
std::vector<std::string> association_names();

/// Throws InputError with a suggestion for an unknown name.
Association associate(const Record& record, const std::string& name);

}  // namespace interregnum
