#pragma once

#include <array>
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "files/table_file.hpp"
#include "record/attempt.hpp"
#include "record/column_rules.hpp"

namespace interregnum {

/// Whose numbers stand for states. They differ for some thirty states (Yemen 679 and 678, Germany 255 and 260).
enum class CodeSystem { correlates_of_war, gleditsch_ward };

/// Columns that stand for one another, best first.
using ColumnNames = std::vector<std::string_view>;

/// A public dataset in the layout in which its authors publish it.
struct Dataset {
  std::string_view name;  ///< key in results and table of the store
  std::string_view title;
  ColumnNames country_columns;  ///< one of them is needed
  CodeSystem codes;             ///< of all of them
  /// One of them is needed: a date, or year and month, or year, month and day.
  std::vector<std::vector<std::string_view>> date_columns;
  std::vector<DatasetColumn> columns;
  std::string_view row_id;  ///< column that tells rows of one country and day apart; empty: there is one only
  int first_year;           ///< earlier rows cannot be

  int column(std::string_view wanted) const;
};

inline constexpr std::size_t dataset_count = 6;
const std::array<Dataset, dataset_count>& datasets();
const Dataset& dataset_named(std::string_view name);

/// No attempt can be earlier; the record begins here.
inline constexpr std::chrono::sys_days first_day_of_attempts = std::chrono::year(1950) / 1 / 1;
/// No row of any table can be later.
inline constexpr std::chrono::sys_days last_day_of_tables = std::chrono::year(2100) / 12 / 31;

struct DatasetRow {
  int line = 0;
  int country_code = 0;
  std::chrono::sys_days date{};
  std::vector<std::string> values;  ///< in the order of Dataset::columns; empty: not known

  Known number(int column) const;
  const std::string& text(int column) const { return values[static_cast<std::size_t>(column)]; }
};

/// The rows of a dataset, and the last day that they cover.
struct Import {
  std::vector<DatasetRow> rows;
  std::chrono::sys_days until{};
  bool until_was_given = false;  ///< by the user, not found in the rows
};

/// By the name of the dataset.
using Imports = std::map<std::string, Import, std::less<>>;

/// Which dataset a file is, by the columns that it has, whatever their case; throws InputError if none.
const Dataset& recognise(const TableFile& table);

/// Every row checked; throws InputError with all problems (twenty at most), each with its line, and for a file without
/// rows. What is doubtful goes to `warnings`.
std::vector<DatasetRow> read_rows(const Dataset& dataset, const TableFile& table, Diagnostics* warnings = nullptr);

/// The last day that rows cover, as far as they say so themselves: the date in the column `version`, the end of the
/// spells that are still open, else the end of the last row's month. Requires rows.
std::chrono::sys_days end_of_observation(const Dataset& dataset, const std::vector<DatasetRow>& rows);

/// Leaves out the rows after a day; returns how many. Spells that end later are cut where they are read.
std::size_t cut_after(Import& import, std::chrono::sys_days until);

/// What is wrong with a column of another system of codes than Correlates of War's; empty if it is none.
std::string other_system_of_codes(std::string_view column);

/// Throws InputError if a table has no rows below the names of its columns.
void refuse_without_rows(const TableFile& table);

}  // namespace interregnum
