#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "report/comparison_report.hpp"

namespace interregnum {

/// Values that one key takes, as they were put into the file.
struct VariedKey {
  std::string key;
  std::vector<std::string> values;
};

/// An outcome over the values of one or two keys; cells in the order of the values, those of the second key fastest.
struct Sweep {
  std::string outcome;
  std::string outcome_words;  ///< "the junta is in power after 24 months"
  std::vector<VariedKey> keys;
  std::vector<Probability> cells;
  Estimate change;  ///< from the first cell to the last
  std::uint64_t futures = 0;
  bool complete = true;
};

std::string sweep_sentence(const PairedDescription& description, const Sweep& sweep);
std::string sweep_text(const PairedDescription& description, const Sweep& sweep, TextStyle style);
/// Keys: docs/json.md.
nlohmann::ordered_json sweep_json(const PairedDescription& description, const Sweep& sweep);

}  // namespace interregnum
