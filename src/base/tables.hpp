#pragma once

#include <cstddef>

namespace interregnum {

/// Whether the rows of a table that has one for each value of an enumeration stand in the enumeration's order; `value`
/// is the member that names a row's. Asked when the program is compiled.
template <class Table, class Row, class Value>
constexpr bool stands_in_order(const Table& table, Value Row::*value) {
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (static_cast<std::size_t>(table[row].*value) != row) return false;
  }
  return true;
}

}  // namespace interregnum
