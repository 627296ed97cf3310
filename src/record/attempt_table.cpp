#include "record/attempt_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "base/dates.hpp"
#include "base/suggestions.hpp"
#include "record/column_rules.hpp"
#include "record/country_months.hpp"
#include "record/datasets.hpp"

namespace interregnum {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> other_names{
    {{"country_code", "ccode"}, {"country_code", "cowcode"}, {"succeeded", "success"}}};

constexpr std::array<std::string_view, 5> first_columns{"attempt", "country_code", "country", "date", "succeeded"};
constexpr std::array<std::string_view, 3> required_columns{"country_code", "date", "succeeded"};
/// Columns of joined tables that are of no use here, though one that is of use is nearly called so.
constexpr std::array<std::string_view, 2> passed_over{"leader_after_soldier", "region"};
constexpr double most_attempts = 1e6;

std::string lower_case(std::string text) {
  for (char& letter : text) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return text;
}

template <class Names>
bool is_among(const Names& names, std::string_view word) {
  return std::find(names.begin(), names.end(), word) != names.end();
}

/// What the values of a column may be: a country's facts as in imported panels, what happened is 0 or 1, the rest is
/// counted.
DatasetColumn rule_of(const AttemptColumn& column) {
  constexpr double most_days = 60000;  // from 1950 to 2100 it is some 55,000
  constexpr double most_deaths = 1e7;
  if (column.name == "cam_rank") {
    DatasetColumn words{column.name, ValueKind::word};
    words.words = rank_words();
    return words;
  }
  for (const DatasetColumn& fact : columns_of_facts()) {
    if (fact.name == column.name) return fact;
  }
  if (column.member.index() == 0) return {column.name, ValueKind::text};
  if (column.source == "colpus" || column.source == "cline_cdp" || column.name == "leader_after_censored")
    return {column.name, ValueKind::flag, 0, 1};
  if (column.name == "csp_deaths") return {column.name, ValueKind::number, 0, most_deaths, "deaths"};
  if (column.name == "attempts_last_5_years") return {column.name, ValueKind::number, 0, 1000};
  return {column.name, ValueKind::number, 0, most_days, "days"};
}

class AttemptReader {
 public:
  explicit AttemptReader(const TableColumns& columns) : columns_(columns), table_(columns.table()) {}

  std::vector<Attempt> read(Diagnostics* warnings) {
    check_columns();
    refuse_without_rows(table_);
    std::vector<Attempt> attempts;
    std::map<std::string, int> lines_of_ids;
    std::map<std::pair<int, std::chrono::sys_days>, int> lines_of_dates;
    for (const TableFile::Row& row : table_.rows) {
      if (diagnostics_.errors() >= most_problems) break;
      const int problems = diagnostics_.errors();
      Attempt attempt = read_row(row);
      if (diagnostics_.errors() > problems) continue;
      const auto [same, other_date] = lines_of_dates.try_emplace({attempt.country_code, attempt.date}, row.line);
      const auto [same_id, other_id] = lines_of_ids.try_emplace(attempt.id, row.line);
      if (!other_date) {
        refuse(row, "date", fmt::format("the same country and date as in line {}", same->second),
               "remove the duplicate");
      } else if (!other_id) {
        refuse(row, "attempt", fmt::format("'{}' is also in line {}", attempt.id, same_id->second),
               "each has an id of its own; blank: its country and date");
      }
      attempts.push_back(std::move(attempt));
    }
    if (diagnostics_.has_errors()) throw InputError(diagnostics_);
    if (warnings != nullptr) doubts_.report({table_.name, table_.header_line, 1}, *warnings);
    return attempts;
  }

 private:
  void refuse(const TableFile::Row& row, std::string_view column, std::string problem, std::string suggestion) {
    diagnostics_.error(table_.at(row), columns_.name_in_file(column), std::move(problem), std::move(suggestion));
  }

  /// A name that is nearly that of a column that is missing is a slip: what it holds would be as if not known. A column
  /// of other codes for countries is no slip, and never to be renamed.
  void check_columns() {
    std::set<std::string> known;
    std::vector<std::string> missing;
    const auto add = [&](std::string_view name) {
      known.emplace(name);
      if (!columns_.has(name)) missing.emplace_back(name);
    };
    for (const std::string_view name : first_columns) add(name);
    for (const AttemptColumn& column : attempt_columns()) add(column.name);
    for (const auto& [usual, other] : other_names) {
      known.emplace(other);
      if (!columns_.has(usual)) missing.emplace_back(other);
    }
    const SourceLocation at_header{table_.name, table_.header_line, 1};
    for (auto name = table_.header.begin(); name != table_.header.end(); ++name) {
      const std::string lower = lower_case(*name);
      const bool again =
          std::any_of(table_.header.begin(), name, [&](const std::string& one) { return lower_case(one) == lower; });
      if (known.contains(lower)) {
        if (again) diagnostics_.error(at_header, *name, "two columns of this name", "remove one");
        continue;
      }
      if (const std::string other = other_system_of_codes(*name); !other.empty()) {
        if (!columns_.has("country_code"))
          diagnostics_.error(at_header, *name, other, "give Correlates of War's in a column country_code");
        continue;
      }
      const std::string nearest = did_you_mean(lower, missing);
      if (!nearest.empty() && !is_among(passed_over, lower))
        diagnostics_.error(at_header, *name, "there is no such column", nearest);
    }
    if (diagnostics_.has_errors()) throw InputError(diagnostics_);
    missing.clear();
    for (const std::string_view name : required_columns) {
      if (!columns_.has(name)) missing.emplace_back(name);
    }
    if (missing.empty()) return;
    diagnostics_.error(at_header, "",
                       missing.size() == 1 ? fmt::format("the column {} is missing", missing[0])
                                           : fmt::format("the columns {} are missing", fmt::join(missing, ", ")),
                       "the first line names the columns, as in data/attempts.csv");
    throw InputError(diagnostics_);
  }

  Attempt read_row(const TableFile::Row& row) {
    Attempt attempt;
    const std::string& code = columns_.text(row, "country_code");
    if (auto problem = problem_of_code(code, "Correlates of War")) {
      refuse(row, "country_code", problem->problem, problem->suggestion);
    } else {
      attempt.country_code = *parse_whole(code);
    }
    const std::string& written = columns_.text(row, "date");
    const auto date = parse_date(written.ends_with(" 00:00:00") ? written.substr(0, 10) : written);
    if (!date) {
      refuse(row, "date", fmt::format("'{}' is no date", written), "YYYY-MM-DD, a day that there is");
    } else if (*date < first_day_of_attempts || *date > last_day_of_tables) {
      refuse(row, "date", fmt::format("'{}' cannot be", written),
             fmt::format("{} to {}", to_text(first_day_of_attempts), to_text(last_day_of_tables)));
    }
    attempt.date = date.value_or(std::chrono::sys_days{});
    const std::string& success = columns_.text(row, "succeeded");
    const auto succeeded = parse_whole(success);
    if (!succeeded || (*succeeded != 0 && *succeeded != 1))
      refuse(row, "succeeded", fmt::format("'{}' cannot be", success),
             "1: power was held for seven days; 0: it was not");
    attempt.succeeded = succeeded == 1;
    if (columns_.has("attempt")) attempt.id = columns_.text(row, "attempt");
    if (attempt.id.empty()) attempt.id = fmt::format("{}-{}", attempt.country_code, to_text(attempt.date));
    if (columns_.has("country")) attempt.country = columns_.text(row, "country");
    for (const AttemptColumn& column : attempt_columns()) {
      if (columns_.has(column.name)) read_value(row, column, attempt);
    }
    return attempt;
  }

  void read_value(const TableFile::Row& row, const AttemptColumn& column, Attempt& attempt) {
    const std::string& value = columns_.text(row, column.name);
    if (is_blank(value)) return;
    const DatasetColumn rule = rule_of(column);
    if (auto problem = problem_of(rule, value)) refuse(row, column.name, problem->problem, problem->suggestion);
    if (const auto* text = std::get_if<std::string Attempt::*>(&column.member)) {
      if (!is_code_for_missing(value)) attempt.*(*text) = value;
      return;
    }
    if (column.source == "country_months") {
      for (const DatasetColumn& fact : columns_of_facts()) {
        if (fact.name == column.name) doubts_.add(fact, value);
      }
    }
    attempt.*std::get<Known Attempt::*>(column.member) = parse_number(value);
  }

  const TableColumns& columns_;
  const TableFile& table_;
  Diagnostics diagnostics_;
  UnitDoubts doubts_;
};

struct MonthCounts {
  double attempts = 0, successes = 0;
};

/// Of each row.
std::vector<MonthCounts> read_counts(const TableFile& table) {
  Diagnostics diagnostics;
  for (const char* name : {"attempts", "successes"}) {
    const std::size_t columns = table.count(name);
    if (columns == 1) continue;
    diagnostics.error({table.name, table.header_line, 1}, name,
                      columns == 0 ? "the column is missing" : "two columns of this name",
                      columns == 0 ? "months are scored by how many attempts they saw, and how many of them succeeded"
                                   : "remove one");
  }
  if (diagnostics.has_errors()) throw InputError(diagnostics);
  const TableColumns columns(table);
  std::vector<MonthCounts> months;
  for (const TableFile::Row& row : table.rows) {
    if (diagnostics.errors() >= most_problems) break;
    const auto count = [&](const char* name) {
      const std::string& text = columns.text(row, name);
      const auto number = parse_whole(text);
      if (number && *number >= 0 && *number <= most_attempts) return static_cast<double>(*number);
      diagnostics.error(table.at(row), name, fmt::format("'{}' cannot be", text), "a whole number, 0 or more");
      return 0.0;
    };
    const int problems = diagnostics.errors();
    const MonthCounts month{count("attempts"), count("successes")};
    if (diagnostics.errors() == problems && month.successes > month.attempts)
      diagnostics.error(table.at(row), "successes", fmt::format("{} of {} attempts", month.successes, month.attempts),
                        "at most as many as attempts");
    months.push_back(month);
  }
  if (diagnostics.has_errors()) throw InputError(diagnostics);
  return months;
}

bool by_country_and_date(const Attempt& left, const Attempt& right) {
  return std::tie(left.country_code, left.date) < std::tie(right.country_code, right.date);
}

}  // namespace

int TableColumns::position(std::string_view name) const {
  const int own = table_.column(name);
  if (own >= 0) return own;
  for (const auto& [usual, other] : other_names) {
    if (usual == name && table_.column(other) >= 0) return table_.column(other);
  }
  return -1;
}

const std::string& TableColumns::text(const TableFile::Row& row, std::string_view name) const {
  const int column = position(name);
  if (column < 0) throw InputError(fmt::format("{}: the column {} is missing", *table_.name, name));
  return row.fields[static_cast<std::size_t>(column)];
}

Known TableColumns::number(const TableFile::Row& row, std::string_view name) const {
  const std::string& value = text(row, name);
  if (is_blank(value)) return {};
  const auto number = parse_number(value);
  if (number) return number;
  Diagnostics diagnostics;
  diagnostics.error(table_.at(row), name_in_file(name), fmt::format("'{}' is no number", value));
  throw InputError(diagnostics);
}

int TableColumns::code(const TableFile::Row& row, std::string_view name) const {
  const std::string& value = text(row, name);
  if (const auto whole = parse_whole(value)) return *whole;
  Diagnostics diagnostics;
  diagnostics.error(table_.at(row), name_in_file(name), fmt::format("'{}' is no whole number", value));
  throw InputError(diagnostics);
}

std::string TableColumns::name_in_file(std::string_view name) const {
  const int column = position(name);
  return column < 0 ? std::string(name) : table_.header[static_cast<std::size_t>(column)];
}

std::vector<Attempt> read_attempts(const TableColumns& table, Diagnostics* warnings) {
  return AttemptReader(table).read(warnings);
}

std::vector<std::string> absent_columns(const TableColumns& table) {
  std::vector<std::string> absent;
  for (const AttemptColumn& column : attempt_columns()) {
    if (column.needed && column.source != "dates" && !table.has(column.name)) absent.emplace_back(column.name);
  }
  return absent;
}

std::vector<std::string> add_attempts(Record& record, std::vector<Attempt> attempts) {
  std::set<std::string> ids;
  std::set<std::pair<int, std::chrono::sys_days>> dates;
  for (const Attempt& attempt : record.attempts) {
    ids.insert(attempt.id);
    dates.emplace(attempt.country_code, attempt.date);
  }
  std::vector<std::string> added;
  for (Attempt& attempt : attempts) {
    record.until = std::max(record.until, attempt.date);
    if (ids.contains(attempt.id) || !dates.emplace(attempt.country_code, attempt.date).second) continue;
    ids.insert(attempt.id);
    added.push_back(attempt.id);
    record.attempts.push_back(std::move(attempt));
  }
  std::stable_sort(record.attempts.begin(), record.attempts.end(), by_country_and_date);
  // Not what comes next: of an attempt on record, that is known as of the record's end.
  std::vector<Attempt> with_intervals = record.attempts;
  add_intervals(with_intervals);
  for (std::size_t index = 0; index < record.attempts.size(); ++index) {
    for (const auto member : {&Attempt::days_since_last_attempt, &Attempt::attempts_last_5_years}) {
      Known& known = record.attempts[index].*member;
      if (!known) known = with_intervals[index].*member;
    }
  }
  return added;
}

std::vector<CountryMonth> add_panel(Record& record, const TableFile& table, Diagnostics* warnings) {
  const Dataset& dataset = recognise(table);
  if (dataset.name != "country_months")
    throw InputError(fmt::format("{}: is {}, not a panel of country-months", *table.name, dataset.title));
  const std::vector<DatasetRow> rows = read_rows(dataset, table, warnings);
  const std::vector<MonthCounts> counts = read_counts(table);
  const std::vector<CountryMonth> months = months_of(rows);
  std::vector<Attempt> attempts;
  for (const CountryMonth& month : months) {
    std::vector<CountryMonth>& known = record.months[month.country_code];
    const auto place = std::lower_bound(
        known.begin(), known.end(), month.month,
        [](const CountryMonth& entry, std::chrono::year_month wanted) { return entry.month < wanted; });
    if (place == known.end() || place->month != month.month) known.insert(place, month);
    record.until = std::max(record.until, std::chrono::sys_days(month.month / std::chrono::last));
  }
  for (std::size_t index = 0; index < rows.size(); ++index) {
    if (counts[index].attempts == 0) continue;
    Attempt attempt;
    attempt.country_code = rows[index].country_code;
    attempt.date = month_of(rows[index].date) / 15;
    // Months that are on record are known to the day.
    const bool on_record = std::any_of(record.attempts.begin(), record.attempts.end(), [&](const Attempt& other) {
      return other.country_code == attempt.country_code && month_of(other.date) == month_of(attempt.date);
    });
    if (on_record) continue;
    attempt.id = fmt::format("{}-{}", attempt.country_code, to_text(month_of(attempt.date)));
    attempt.succeeded = counts[index].successes > 0;
    attempts.push_back(std::move(attempt));
  }
  add_attempts(record, std::move(attempts));
  return months;
}

}  // namespace interregnum
