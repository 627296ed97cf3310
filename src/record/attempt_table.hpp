#pragma once

#include <string>
#include <vector>

#include "files/table_file.hpp"
#include "record/attempt.hpp"

namespace interregnum {

/// The columns of a table by name, and by the other name that some tables give it. Throws InputError with file and
/// line.
class TableColumns {
 public:
  explicit TableColumns(TableFile table) : table_(std::move(table)) {}

  const TableFile& table() const { return table_; }
  bool has(std::string_view name) const { return position(name) >= 0; }
  const std::string& text(const TableFile::Row& row, std::string_view name) const;
  Known number(const TableFile::Row& row, std::string_view name) const;  ///< blank and NA: not known
  int code(const TableFile::Row& row, std::string_view name) const;
  std::string name_in_file(std::string_view name) const;

 private:
  int position(std::string_view name) const;

  TableFile table_;
};

/// Attempts of a table in the columns of data/attempts.csv (country_code may be called ccode or cowcode, succeeded
/// success); what is in no column is not known. Countries, dates and outcomes must be there. Columns that are not among
/// these are passed over, unless one that is missing is nearly called so. Throws InputError with all problems (twenty
/// at most), each with its line: values that cannot be, and attempts that are there twice. What is doubtful goes to
/// `warnings`.
std::vector<Attempt> read_attempts(const TableColumns& table, Diagnostics* warnings = nullptr);

/// Columns that a table of attempts may leave out, and does; without those that follow from dates.
std::vector<std::string> absent_columns(const TableColumns& table);

/// Months of a panel in the layout of CoupCats, with the columns attempts and successes: its facts and attempts are
/// added to the record, as of the middle of the month. Returns the months, in the order of country and time. Throws
/// InputError as read_attempts does.
std::vector<CountryMonth> add_panel(Record& record, const TableFile& table, Diagnostics* warnings = nullptr);

/// Attempts are added to the record, so that each is part of the history of those that follow; those whose id, or
/// country and date, are on record already are left out. How long ago the last one was, and how many there were in five
/// years, follows from dates where it is not known. Returns the ids of those that were added.
std::vector<std::string> add_attempts(Record& record, std::vector<Attempt> attempts);

}  // namespace interregnum
