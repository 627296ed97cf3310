#include "analysis/record/attempt_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "analysis/record/datasets.hpp"
#include "scenario/dates.hpp"

namespace interregnum {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 2> other_names{
    {{"country_code", "ccode"}, {"succeeded", "success"}}};

bool by_country_and_date(const Attempt& left, const Attempt& right) {
  return std::tie(left.country_code, left.date) < std::tie(right.country_code, right.date);
}

}  // namespace

int TableColumns::position(std::string_view name) const {
  const int own = table_.column(name);
  if (own >= 0) return own;
  for (const auto& [usual, other] : other_names) {
    if (usual == name) return table_.column(other);
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
  if (value.empty() || value == "NA") return {};
  const auto number = parse_number(value);
  if (!number) refuse(row, name, "number");
  return number;
}

double TableColumns::required_number(const TableFile::Row& row, std::string_view name) const {
  const Known known = number(row, name);
  if (!known) refuse(row, name, "number");
  return *known;
}

std::chrono::sys_days TableColumns::date(const TableFile::Row& row, std::string_view name) const {
  const auto date = parse_date(text(row, name));
  if (!date) refuse(row, name, "date");
  return *date;
}

int TableColumns::code(const TableFile::Row& row, std::string_view name) const {
  return static_cast<int>(number(row, name).value_or(0));
}

void TableColumns::refuse(const TableFile::Row& row, std::string_view name, const char* kind) const {
  Diagnostics diagnostics;
  diagnostics.error(table_.at(row), std::string(name), fmt::format("'{}' is no {}", text(row, name), kind));
  throw InputError(diagnostics);
}

std::vector<Attempt> read_attempts(const TableColumns& table) {
  std::vector<Attempt> attempts;
  for (const TableFile::Row& row : table.table().rows) {
    Attempt attempt;
    attempt.country_code = static_cast<int>(table.required_number(row, "country_code"));
    attempt.date = table.date(row, "date");
    attempt.id = table.has("attempt") ? table.text(row, "attempt")
                                      : fmt::format("{}-{}", attempt.country_code, to_text(attempt.date));
    if (table.has("country")) attempt.country = table.text(row, "country");
    attempt.succeeded = table.required_number(row, "succeeded") == 1;
    for (const AttemptColumn& column : attempt_columns()) {
      if (!table.has(column.name)) continue;
      if (const auto* text = std::get_if<std::string Attempt::*>(&column.member)) {
        attempt.*(*text) = table.text(row, column.name);
      } else {
        attempt.*std::get<Known Attempt::*>(column.member) = table.number(row, column.name);
      }
    }
    attempts.push_back(std::move(attempt));
  }
  return attempts;
}

std::vector<std::string> add_attempts(Record& record, std::vector<Attempt> attempts) {
  std::set<std::pair<int, std::chrono::sys_days>> known;
  for (const Attempt& attempt : record.attempts) known.emplace(attempt.country_code, attempt.date);
  std::vector<std::string> added;
  for (Attempt& attempt : attempts) {
    record.until = std::max(record.until, attempt.date);
    if (!known.emplace(attempt.country_code, attempt.date).second) continue;
    added.push_back(attempt.id);
    record.attempts.push_back(std::move(attempt));
  }
  std::stable_sort(record.attempts.begin(), record.attempts.end(), by_country_and_date);
  return added;
}

std::vector<CountryMonth> add_panel(Record& record, const TableFile& table) {
  const Dataset& dataset = recognise(table);
  if (dataset.name != "country_months")
    throw InputError(fmt::format("{}: is {}, not a panel of country-months", *table.name, dataset.title));
  const TableColumns columns(table);
  std::vector<CountryMonth> months;
  std::vector<Attempt> attempts;
  for (const DatasetRow& row : read_rows(dataset, table)) {
    CountryMonth month;
    month.country_code = row.country_code;
    month.month = month_of(row.date);
    month.regime = row.text(dataset.column("regime"));
    for (const FactColumn& fact : fact_columns) month.*fact.member = row.number(dataset.column(fact.name));
    months.push_back(month);
    std::vector<CountryMonth>& known = record.months[row.country_code];
    const auto place = std::lower_bound(
        known.begin(), known.end(), month.month,
        [](const CountryMonth& entry, std::chrono::year_month wanted) { return entry.month < wanted; });
    if (place == known.end() || place->month != month.month) known.insert(place, month);
    record.until = std::max(record.until, std::chrono::sys_days(month.month / std::chrono::last));
  }
  for (const TableFile::Row& row : table.rows) {
    if (!(columns.required_number(row, "attempts") > 0)) continue;
    Attempt attempt;
    attempt.country_code = static_cast<int>(columns.required_number(row, "country_code"));
    attempt.date = std::chrono::year(columns.code(row, "year")) /
                   std::chrono::month(static_cast<unsigned>(columns.code(row, "month"))) / 15;
    // Months that are on record are known to the day.
    const bool on_record = std::any_of(record.attempts.begin(), record.attempts.end(), [&](const Attempt& other) {
      return other.country_code == attempt.country_code && month_of(other.date) == month_of(attempt.date);
    });
    if (on_record) continue;
    attempt.id = fmt::format("{}-{}", attempt.country_code, to_text(month_of(attempt.date)));
    attempt.succeeded = columns.required_number(row, "successes") > 0;
    attempts.push_back(std::move(attempt));
  }
  add_attempts(record, std::move(attempts));
  std::sort(months.begin(), months.end(), [](const CountryMonth& left, const CountryMonth& right) {
    return std::tie(left.country_code, left.month) < std::tie(right.country_code, right.month);
  });
  return months;
}

}  // namespace interregnum
