#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/record/attempt.hpp"
#include "analysis/record/table_file.hpp"

namespace interregnum {

enum class ValueKind { text, number, flag, date };

struct DatasetColumn {
  std::string_view name;  ///< as in the file, and in the store
  ValueKind kind;
  double low = -1e9, high = 1e9;
  bool needed = true;  ///< else a file may lack it; its values are then not known
};

/// A public dataset in the layout in which its authors publish it.
struct Dataset {
  std::string_view name;  ///< key in results and table of the store
  std::string_view title;
  std::string_view country_column;
  std::vector<std::string_view> date_columns;  ///< one (a date), two (year, month) or three (year, month, day)
  std::vector<DatasetColumn> columns;
  std::string_view row_id;  ///< column that tells rows of one country and day apart; empty: there is one only

  int column(std::string_view wanted) const;
};

inline constexpr std::size_t dataset_count = 6;
const std::array<Dataset, dataset_count>& datasets();

struct DatasetRow {
  int line = 0;
  int country_code = 0;
  std::chrono::sys_days date{};
  std::vector<std::string> values;  ///< in the order of Dataset::columns; empty: not known

  Known number(int column) const;
  const std::string& text(int column) const { return values[static_cast<std::size_t>(column)]; }
};

/// Which dataset a file is, by the columns that it has; throws InputError if none.
const Dataset& recognise(const TableFile& table);

/// Every row checked; throws InputError with all problems (twenty at most), each with its line.
std::vector<DatasetRow> read_rows(const Dataset& dataset, const TableFile& table);

}  // namespace interregnum
