#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"

namespace interregnum {

/// A table of text as it stands in a file.
struct TableFile {
  struct Row {
    int line = 0;  ///< where it begins, from 1
    std::vector<std::string> fields;
  };
  std::shared_ptr<const std::string> name;
  char delimiter = ',';
  int header_line = 1;
  std::vector<std::string> header;
  std::vector<Row> rows;

  SourceLocation at(const Row& row) const { return {name, row.line, 1}; }
  /// Position of a column, whatever the case of its name; -1 if there is none.
  int column(std::string_view wanted) const;
  /// How many columns have this name.
  std::size_t count(std::string_view wanted) const;
};

/// A finite number, and nothing else but blanks around it, whatever the language of the machine; nothing if it is none.
std::optional<double> parse_number(const std::string& text);

/// Reads a file separated by commas, semicolons or tabs (RFC 4180, by libcsv) whose first line names the columns; a
/// line `sep=;` before it says by what. The file may be compressed by gzip. Throws InputError with file and line for
/// what is no such file (a workbook, UTF-16, Latin-1: the message says what it is), for a control character, an
/// unclosed quote, and for rows that are longer or shorter than the header, as in a file that was cut off.
TableFile read_table_file(const std::string& path);
TableFile read_table(const std::string& text, const std::string& name);

}  // namespace interregnum
