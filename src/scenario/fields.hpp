#pragma once

#include <string>
#include <variant>
#include <vector>

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
};

struct Fields {
  std::vector<Field> values;
  std::vector<std::string> entries;  ///< key paths of the entries of tables, e.g. `units.kati_garrison`

  const Field* find(const std::string& key) const;
  bool has_entry(const std::string& key) const;
};

/// Every value of a scenario in the order of the format. The pointers lead into `scenario`.
Fields fields_of(Scenario& scenario);

}  // namespace interregnum
