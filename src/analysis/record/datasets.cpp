#include "analysis/record/datasets.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "scenario/dates.hpp"

namespace interregnum {

namespace {

constexpr int most_problems = 20;
constexpr ValueKind text = ValueKind::text;
constexpr ValueKind number = ValueKind::number;
constexpr ValueKind flag = ValueKind::flag;
constexpr ValueKind date_kind = ValueKind::date;

bool is_blank(const std::string& value) { return value.empty() || value == "NA" || value == "."; }

std::vector<std::string_view> needed_columns(const Dataset& dataset) {
  std::vector<std::string_view> names{dataset.country_column};
  names.insert(names.end(), dataset.date_columns.begin(), dataset.date_columns.end());
  for (const DatasetColumn& column : dataset.columns) {
    if (column.needed) names.push_back(column.name);
  }
  return names;
}

/// A column that is used may be there once only: which of two would be meant?
void refuse_repeated(const Dataset& dataset, const TableFile& table) {
  Diagnostics diagnostics;
  std::vector<std::string_view> names = needed_columns(dataset);
  for (const DatasetColumn& column : dataset.columns) {
    if (!column.needed) names.push_back(column.name);
  }
  for (const std::string_view name : names) {
    if (std::count(table.header.begin(), table.header.end(), name) > 1)
      diagnostics.error({table.name, 1, 1}, std::string(name), "two columns of this name", "remove one");
  }
  if (diagnostics.has_errors()) throw InputError(diagnostics);
}

class RowReader {
 public:
  RowReader(const Dataset& dataset, const TableFile& table) : dataset_(dataset), table_(table) {
    country_ = table.column(dataset.country_column);
    for (const std::string_view name : dataset.date_columns) dates_.push_back(table.column(name));
    for (const DatasetColumn& column : dataset.columns) columns_.push_back(table.column(column.name));
    row_id_ = dataset.row_id.empty() ? -1 : table.column(dataset.row_id);
  }

  std::vector<DatasetRow> read() {
    std::vector<DatasetRow> rows;
    std::map<std::tuple<int, std::chrono::sys_days, std::string>, int> seen;
    for (const TableFile::Row& row : table_.rows) {
      if (diagnostics_.errors() >= most_problems) break;
      const int problems = diagnostics_.errors();
      DatasetRow read = read_row(row);
      if (diagnostics_.errors() > problems) continue;
      const std::string id = row_id_ < 0 ? "" : field(row, row_id_);
      const auto [first, added] = seen.try_emplace({read.country_code, read.date, id}, row.line);
      if (!added) {
        diagnostics_.error(table_.at(row), "", fmt::format("the same country and date as in line {}", first->second),
                           "remove the duplicate");
        continue;
      }
      rows.push_back(std::move(read));
    }
    if (diagnostics_.has_errors()) throw InputError(diagnostics_);
    return rows;
  }

 private:
  static const std::string& field(const TableFile::Row& row, int column) {
    return row.fields[static_cast<std::size_t>(column)];
  }

  DatasetRow read_row(const TableFile::Row& row) {
    DatasetRow read;
    read.line = row.line;
    const auto code = parse_number(field(row, country_));
    if (!code || *code < 1 || *code > 999 || *code != static_cast<int>(*code)) {
      diagnostics_.error(table_.at(row), std::string(dataset_.country_column),
                         fmt::format("'{}' is no Correlates of War code", field(row, country_)), "1 to 999");
    } else {
      read.country_code = static_cast<int>(*code);
    }
    read.date = date_of(row);
    for (std::size_t index = 0; index < columns_.size(); ++index) {
      std::string value = columns_[index] < 0 ? "" : field(row, columns_[index]);
      if (is_blank(value)) value.clear();
      check(row, dataset_.columns[index], value, read.date);
      read.values.push_back(std::move(value));
    }
    return read;
  }

  std::chrono::sys_days date_of(const TableFile::Row& row) {
    std::string written;
    for (const int column : dates_) {
      const std::string& part = field(row, column);
      written += (written.empty() ? "" : "-") + (dates_.size() > 1 && part.size() == 1 ? "0" + part : part);
    }
    if (dates_.size() == 2) written += "-01";
    const auto date = parse_date(written);
    if (!date)
      diagnostics_.error(table_.at(row), std::string(fmt::format("{}", fmt::join(dataset_.date_columns, ", "))),
                         fmt::format("'{}' is no date", written), "there is no such day");
    return date.value_or(std::chrono::sys_days{});
  }

  void check(const TableFile::Row& row, const DatasetColumn& column, const std::string& value,
             std::chrono::sys_days begins) {
    if (value.empty() || column.kind == text) return;
    if (column.kind == date_kind) {
      const auto ends = parse_date(value);
      if (!ends) diagnostics_.error(table_.at(row), std::string(column.name), fmt::format("'{}' is no date", value));
      if (ends && *ends < begins)
        diagnostics_.error(table_.at(row), std::string(column.name),
                           fmt::format("'{}' is before it begins, {}", value, to_text(begins)));
      return;
    }
    const auto parsed = parse_number(value);
    const bool good = parsed && *parsed >= column.low && *parsed <= column.high &&
                      (column.kind != flag || *parsed == static_cast<int>(*parsed));
    if (!good)
      diagnostics_.error(table_.at(row), std::string(column.name), fmt::format("'{}' cannot be", value),
                         fmt::format("{} to {}{}", column.low, column.high, column.kind == flag ? ", whole" : ""));
  }

  const Dataset& dataset_;
  const TableFile& table_;
  Diagnostics diagnostics_;
  int country_ = -1, row_id_ = -1;
  std::vector<int> dates_, columns_;
};

}  // namespace

int Dataset::column(std::string_view wanted) const {
  for (std::size_t index = 0; index < columns.size(); ++index) {
    if (columns[index].name == wanted) return static_cast<int>(index);
  }
  return -1;
}

Known DatasetRow::number(int column) const {
  const std::string& value = text(column);
  return value.empty() ? Known{} : parse_number(value);
}

const std::array<Dataset, dataset_count>& datasets() {
  static const std::array<Dataset, dataset_count> list{{
      {"powell_thyne",
       "Powell & Thyne 2011, Global instances of coups",
       "ccode",
       {"year", "month", "day"},
       {{"country", text}, {"coup", flag, 1, 2}, {"version", text}},
       ""},
      {"cam",
       "Albrecht, Koehler & Schutz 2021, Coup Agency and Mechanisms",
       "cowcode",
       {"date"},
       {{"country", text}, {"successful", flag, 0, 1}, {"combat", flag, 0, 1}},
       ""},
      {"cline_cdp",
       "Peyton et al., Cline Center Coup d'État Project",
       "cowcode",
       {"year", "month", "day"},
       {{"coup_id", text},
        {"country", text},
        {"realized", flag, 0, 1},
        {"conspiracy", flag, 0, 1},
        {"military", flag, 0, 1},
        {"dissident", flag, 0, 1},
        {"rebel", flag, 0, 1},
        {"palace", flag, 0, 1},
        {"foreign", flag, 0, 1},
        {"auto", flag, 0, 1},
        {"resign", flag, 0, 1},
        {"popular", flag, 0, 1},
        {"counter", flag, 0, 1}},
       "coup_id"},
      {"colpus",
       "Chin, Carter & Wright 2021, Colpus",
       "ccode",
       {"date"},
       {{"id", text},
        {"statenme", text},
        {"success", flag, 1, 2},
        {"srofficial", flag, 0, 1},
        {"jrofficer", flag, 0, 1},
        {"anyoutsidesupport", flag, 0, 1}},
       "id"},
      {"archigos",
       "Goemans, Gleditsch & Chiozza 2009, Archigos",
       "gwcode",
       {"startdate"},
       {{"obsid", text}, {"leader", text}, {"enddate", date_kind}, {"exit", text}},
       "obsid"},
      {"country_months",
       "country-months after the panel of CoupCats",
       "ccode",
       {"year", "month"},
       {{"country", text},
        {"regime", text},
        {"polyarchy", number, 0, 1},
        {"military_regime", flag, 0, 1},
        {"leader_months", number, 0, 2000},
        {"log_gdp_per_head", number, -5, 10},
        {"gdp_growth", number, -10, 10},
        {"civil_war", flag, 0, 1},
        {"mobilization_index", number, -10, 10, false},
        {"soldiers_thousand", number, 0, 100000},
        {"military_regime_unlagged", flag, 0, 1, false},
        {"polyarchy_same_year", number, 0, 1, false}},
       ""},
  }};
  return list;
}

const Dataset& recognise(const TableFile& table) {
  const Dataset* nearest = nullptr;
  std::vector<std::string> nearest_missing;
  for (const Dataset& dataset : datasets()) {
    std::vector<std::string> missing;
    for (const std::string_view name : needed_columns(dataset)) {
      if (table.column(name) < 0) missing.emplace_back(name);
    }
    if (missing.empty()) {
      refuse_repeated(dataset, table);
      return dataset;
    }
    if (nearest == nullptr || missing.size() < nearest_missing.size()) {
      nearest = &dataset;
      nearest_missing = std::move(missing);
    }
  }
  Diagnostics diagnostics;
  diagnostics.error({table.name, 1, 1}, "", "these are not the columns of a dataset that is known here",
                    fmt::format("nearest: {}, but without {}", nearest->title, fmt::join(nearest_missing, ", ")));
  throw InputError(diagnostics);
}

std::vector<DatasetRow> read_rows(const Dataset& dataset, const TableFile& table) {
  return RowReader(dataset, table).read();
}

}  // namespace interregnum
