#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"

namespace interregnum {

/// After so many mistakes of a table the rest is not looked at.
inline constexpr int most_problems = 20;

/// What the cells of a column hold. A word is one of a list, a flag 0 or 1 (or the codes that its bounds say).
enum class ValueKind { text, word, number, flag, date };

/// A column of a table, and what its cells may be. Declared once for datasets that are imported, tables that are scored
/// and, through the constants of scenario/format.hpp, the country files made of them.
struct DatasetColumn {
  std::string_view name;  ///< as in the file, and in the store
  ValueKind kind = ValueKind::text;
  double low = -1e9, high = 1e9;
  std::string_view unit = {};                              ///< what a number counts, for messages
  std::string_view likely_unit = {};                       ///< what a number that is too large is likely to be
  double usual = std::numeric_limits<double>::infinity();  ///< a column whose median lies above has the likely unit
  std::span<const std::string_view> words = {};
  bool needed = true;  ///< a file without it is still of the dataset
};

/// The country's facts in a month, in the order of the table of country-months.
std::span<const DatasetColumn> columns_of_facts();

/// How the ranks of leaders are called in tables.
std::span<const std::string_view> rank_words();

/// Not known: an empty cell, `NA` or `.`.
bool is_blank(const std::string& value);

/// `-9`, `-99`, `.a` and the like, which datasets write where they do not know. They are no values, whatever the
/// bounds.
bool is_code_for_missing(const std::string& value);

/// A whole number, also as `1973.0`, which is how tables are written that had gaps; nothing if it is none.
std::optional<int> parse_whole(const std::string& text);

struct CellProblem {
  std::string problem;
  std::string suggestion;
};

/// What is wrong with a value that is not blank; nothing if it may be. Dates are the caller's.
std::optional<CellProblem> problem_of(const DatasetColumn& column, const std::string& value);

/// What is wrong with a text where a country's code is expected; `system` names the codes.
std::optional<CellProblem> problem_of_code(const std::string& value, std::string_view system);

/// The columns' values so far, to tell a column in another unit from one with a large value.
class UnitDoubts {
 public:
  void add(const DatasetColumn& column, const std::string& value);
  /// A warning for each column whose median is beyond what is usual.
  void report(const SourceLocation& header, Diagnostics& warnings) const;

 private:
  struct Values {
    const DatasetColumn* column;
    std::vector<double> numbers;
  };
  std::vector<Values> columns_;
};

}  // namespace interregnum
