#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "base/quantity.hpp"
#include "scenario/scenario.hpp"

namespace interregnum {

/// One value of a scenario that the model reads: its key path, what it is as text (equal texts: equal values), and
/// where it is kept. Names, notes and positions on the map are none.
struct Field {
  using Value = std::variant<std::string*, UncertainNumber*, Listed*, std::vector<Listed>*, Reference*,
                             std::vector<Reference>*, bool*>;
  std::string key;
  std::string text;
  Value value;
  std::optional<Dimension> dimension = std::nullopt;  ///< of a number
};

struct Fields {
  std::vector<Field> values;

  const Field* find(const std::string& key) const;
  bool has_entry(const std::string& key) const { return entry_keys.contains(key); }

  std::unordered_map<std::string, std::size_t> positions;  ///< of `values`, by key
  std::unordered_set<std::string> entry_keys;
};

/// Every value of a scenario in the order of the format. The pointers lead into `scenario`.
Fields fields_of(Scenario& scenario);

}  // namespace interregnum
