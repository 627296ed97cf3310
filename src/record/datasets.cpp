#include "record/datasets.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <regex>
#include <tuple>

#include "base/dates.hpp"
#include "record/column_rules.hpp"
#include "record/facts.hpp"

namespace interregnum {

namespace {

using std::chrono::sys_days;

constexpr ValueKind text = ValueKind::text;
constexpr ValueKind flag = ValueKind::flag;
constexpr ValueKind date_kind = ValueKind::date;
constexpr std::string_view still_in_office = "Still in Office";

/// Where the columns of a dataset stand in a file; -1: nowhere.
struct Layout {
  int country = -1, row_id = -1;
  std::string_view country_name;
  std::vector<int> dates;
  std::vector<std::string_view> date_names;
  std::vector<int> columns;
  std::vector<std::string> missing;
  std::vector<std::string_view> found;
};

Layout layout_of(const Dataset& dataset, const TableFile& table) {
  Layout layout;
  layout.country_name = dataset.country_columns.front();
  for (const std::string_view name : dataset.country_columns) {
    if (layout.country >= 0 || table.column(name) < 0) continue;
    layout.country = table.column(name);
    layout.country_name = name;
    layout.found.push_back(name);
  }
  if (layout.country < 0) layout.missing.emplace_back(layout.country_name);
  layout.date_names = dataset.date_columns.front();
  for (const auto& names : dataset.date_columns) {
    if (std::any_of(names.begin(), names.end(), [&](std::string_view name) { return table.column(name) < 0; }))
      continue;
    layout.date_names = names;
    for (const std::string_view name : names) layout.dates.push_back(table.column(name));
    layout.found.insert(layout.found.end(), names.begin(), names.end());
    break;
  }
  if (layout.dates.empty()) {
    for (const std::string_view name : layout.date_names) {
      if (table.column(name) < 0) layout.missing.emplace_back(name);
    }
  }
  for (const DatasetColumn& column : dataset.columns) {
    layout.columns.push_back(table.column(column.name));
    if (layout.columns.back() >= 0) layout.found.push_back(column.name);
    if (layout.columns.back() < 0 && column.needed) layout.missing.emplace_back(column.name);
  }
  if (!dataset.row_id.empty()) layout.row_id = table.column(dataset.row_id);
  return layout;
}

/// A column that is read must be there once: which of two would be meant?
void refuse_repeated(const Layout& layout, const TableFile& table) {
  Diagnostics diagnostics;
  for (const std::string_view name : layout.found) {
    if (table.count(name) > 1)
      diagnostics.error({table.name, 1, 1}, std::string(name), "two columns of this name", "remove one");
  }
  if (diagnostics.has_errors()) throw InputError(diagnostics);
}

class RowReader {
 public:
  RowReader(const Dataset& dataset, const TableFile& table)
      : dataset_(dataset), table_(table), layout_(layout_of(dataset, table)) {}

  std::vector<DatasetRow> read(Diagnostics* warnings) {
    std::vector<DatasetRow> rows;
    std::map<std::tuple<int, sys_days, std::string>, int> seen;
    for (const TableFile::Row& row : table_.rows) {
      if (diagnostics_.errors() >= most_problems) break;
      const int problems = diagnostics_.errors();
      DatasetRow read = read_row(row);
      if (diagnostics_.errors() > problems) continue;
      const std::string id = layout_.row_id < 0 ? "" : field(row, layout_.row_id);
      const auto [first, added] = seen.try_emplace({read.country_code, read.date, id}, row.line);
      if (!added) {
        diagnostics_.error(table_.at(row), "", fmt::format("the same country and date as in line {}", first->second),
                           "remove the duplicate");
        continue;
      }
      rows.push_back(std::move(read));
    }
    if (diagnostics_.has_errors()) throw InputError(diagnostics_);
    if (warnings != nullptr) doubts_.report({table_.name, 1, 1}, *warnings);
    return rows;
  }

 private:
  static const std::string& field(const TableFile::Row& row, int column) {
    return row.fields[static_cast<std::size_t>(column)];
  }

  void refuse(const TableFile::Row& row, std::string_view column, std::string problem, std::string suggestion = "") {
    diagnostics_.error(table_.at(row), std::string(column), std::move(problem), std::move(suggestion));
  }

  DatasetRow read_row(const TableFile::Row& row) {
    DatasetRow read;
    read.line = row.line;
    const std::string& code = field(row, layout_.country);
    const char* system = dataset_.codes == CodeSystem::gleditsch_ward ? "Gleditsch & Ward" : "Correlates of War";
    if (auto problem = problem_of_code(code, system)) {
      refuse(row, layout_.country_name, problem->problem, problem->suggestion);
    } else {
      read.country_code = *parse_whole(code);
    }
    read.date = date_of(row);
    for (std::size_t index = 0; index < layout_.columns.size(); ++index) {
      const DatasetColumn& column = dataset_.columns[index];
      std::string value = layout_.columns[index] < 0 ? "" : field(row, layout_.columns[index]);
      // A text says nothing of its bounds, so a code for missing is taken for what it is.
      if (is_blank(value) || (column.kind == text && is_code_for_missing(value))) value.clear();
      if (!value.empty()) check(row, column, value, read.date);
      read.values.push_back(std::move(value));
    }
    return read;
  }

  /// Year, month and day as one text; parts that are no whole numbers as they stand.
  std::string written_date(const TableFile::Row& row) const {
    if (layout_.dates.size() == 1) {
      const std::string& whole = field(row, layout_.dates[0]);
      // As tables with a time of day have it.
      for (const std::string_view midnight : {" 00:00:00", "T00:00:00"}) {
        if (whole.ends_with(midnight)) return whole.substr(0, whole.size() - midnight.size());
      }
      return whole;
    }
    std::string written;
    for (const int column : layout_.dates) {
      const auto part = parse_whole(field(row, column));
      written += (written.empty() ? "" : "-") + (part ? fmt::format("{:02}", *part) : field(row, column));
    }
    return layout_.dates.size() == 2 ? written + "-01" : written;
  }

  sys_days date_of(const TableFile::Row& row) {
    const std::string written = written_date(row);
    const auto date = parse_date(written);
    const std::string names = fmt::format("{}", fmt::join(layout_.date_names, ", "));
    const sys_days first = std::chrono::year(dataset_.first_year) / 1 / 1;
    if (!date) {
      refuse(row, names, fmt::format("'{}' is no date", written),
             layout_.dates.size() == 1 ? "YYYY-MM-DD, a day that there is" : "there is no such day");
    } else if (*date < first || *date > last_day_of_tables) {
      refuse(row, names, fmt::format("'{}' cannot be", written),
             fmt::format("{} to {}", to_text(first), to_text(last_day_of_tables)));
    }
    return date.value_or(sys_days{});
  }

  void check(const TableFile::Row& row, const DatasetColumn& column, const std::string& value, sys_days begins) {
    if (column.kind == date_kind) {
      const auto ends = parse_date(value);
      if (!ends)
        refuse(row, column.name, fmt::format("'{}' is no date", value), "YYYY-MM-DD; blank or 9999-12-31: still open");
      if (ends && *ends < begins)
        refuse(row, column.name, fmt::format("'{}' is before it begins, {}", value, to_text(begins)));
      return;
    }
    if (auto problem = problem_of(column, value)) refuse(row, column.name, problem->problem, problem->suggestion);
    doubts_.add(column, value);
  }

  const Dataset& dataset_;
  const TableFile& table_;
  Layout layout_;
  Diagnostics diagnostics_;
  UnitDoubts doubts_;
};

std::vector<DatasetColumn> columns_of_country_months() {
  std::vector<DatasetColumn> columns{{"country", text}};
  columns.insert(columns.end(), columns_of_facts().begin(), columns_of_facts().end());
  // The panel's own are a year old; where it has these, they count (country_months.hpp).
  DatasetColumn unlagged{"military_regime_unlagged", flag, 0, 1};
  DatasetColumn same_year{"polyarchy_same_year", ValueKind::number, bounds_of_shares.low, bounds_of_shares.high};
  unlagged.needed = same_year.needed = false;
  columns.push_back(unlagged);
  columns.push_back(same_year);
  return columns;
}

DatasetColumn optional_text(std::string_view name) {
  DatasetColumn column{name, text};
  column.needed = false;
  return column;
}

DatasetColumn optional_flag(std::string_view name) {
  DatasetColumn column{name, flag, 0, 1};
  column.needed = false;
  return column;
}

sys_days end_of_month(sys_days day) { return month_of(day) / std::chrono::last; }

/// The day that a version names, as `V2026.01.13` or `2026-01-13`; nothing if it names none.
std::optional<sys_days> day_of_version(const std::string& version) {
  static const std::regex form("[Vv]?([0-9]{4})[.-]([0-9]{1,2})[.-]([0-9]{1,2})");
  std::smatch parts;
  if (!std::regex_match(version, parts, form)) return std::nullopt;
  return parse_date(fmt::format("{}-{:0>2}-{:0>2}", parts[1].str(), parts[2].str(), parts[3].str()));
}

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
  constexpr CodeSystem cow = CodeSystem::correlates_of_war;
  constexpr CodeSystem gw = CodeSystem::gleditsch_ward;
  static const std::array<Dataset, dataset_count> list{{
      {"powell_thyne",
       "Powell & Thyne 2011, Global instances of coups",
       {"ccode", "cowcode"},
       cow,
       {{"year", "month", "day"}},
       {{"country", text}, {"coup", flag, 1, 2}, optional_text("version")},
       "",
       1950},
      {"cam",
       "Albrecht, Koehler & Schutz 2021, Coup Agency and Mechanisms",
       {"cowcode", "ccode"},
       cow,
       {{"date"}, {"year", "month", "day"}},
       {optional_text("country"), {"successful", flag, 0, 1}, {"combat", flag, 0, 1}},
       "",
       1940},
      {"cline_cdp",
       "Peyton et al., Cline Center Coup d'État Project",
       {"cowcode", "ccode"},
       cow,
       {{"year", "month", "day"}, {"date"}},
       {{"coup_id", text},
        optional_text("country"),
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
        {"counter", flag, 0, 1},
        optional_flag("killed"),
        optional_flag("harrest"),
        optional_flag("jailed"),
        optional_flag("tried"),
        optional_flag("fled"),
        optional_flag("exile")},
       "coup_id",
       1940},
      {"colpus",
       "Chin, Carter & Wright 2021, Colpus",
       {"ccode", "cowcode"},
       cow,
       {{"date"}, {"year", "month", "day"}},
       {{"id", text},
        optional_text("statenme"),
        {"success", flag, 1, 2},
        {"srofficial", flag, 0, 1},
        {"jrofficer", flag, 0, 1},
        {"anyoutsidesupport", flag, 0, 1}},
       "id",
       1940},
      // Its authors call Gleditsch & Ward's codes ccode; the R package peacesciencer renamed them.
      {"archigos",
       "Goemans, Gleditsch & Chiozza 2009, Archigos",
       {"gwcode", "ccode", "gwno"},
       gw,
       {{"startdate"}},
       {{"obsid", text}, {"leader", text}, {"enddate", date_kind}, {"exit", text}},
       "obsid",
       1800},
      {"country_months",
       "country-months after the panel of CoupCats",
       {"ccode", "cowcode"},
       cow,
       {{"year", "month"}},
       columns_of_country_months(),
       "",
       1900},
  }};
  return list;
}

const Dataset& dataset_named(std::string_view name) {
  return *std::find_if(datasets().begin(), datasets().end(), [&](const Dataset& entry) { return entry.name == name; });
}

const Dataset& recognise(const TableFile& table) {
  const Dataset* nearest = nullptr;
  Layout of_nearest;
  for (const Dataset& dataset : datasets()) {
    Layout layout = layout_of(dataset, table);
    // The one of which the most is there; where that is as much, the one that lacks the least.
    const auto rank = [](const Layout& one) {
      return std::tuple(one.missing.empty(), one.missing.empty() ? one.found.size() : 0,
                        -static_cast<int>(one.missing.size()));
    };
    if (nearest != nullptr && rank(layout) <= rank(of_nearest)) continue;
    nearest = &dataset;
    of_nearest = std::move(layout);
  }
  if (of_nearest.missing.empty()) {
    refuse_repeated(of_nearest, table);
    return *nearest;
  }
  std::string suggestion =
      fmt::format("nearest: {}, but without {}", nearest->title, fmt::join(of_nearest.missing, ", "));
  for (const std::string& name : table.header) {
    const std::string other = other_system_of_codes(name);
    if (of_nearest.country < 0 && !other.empty() && nearest->codes == CodeSystem::correlates_of_war)
      suggestion += fmt::format("; {} {}", name, other);
  }
  Diagnostics diagnostics;
  diagnostics.error({table.name, table.header_line, 1}, "", "these are not the columns of a dataset that is known here",
                    suggestion);
  throw InputError(diagnostics);
}

std::vector<DatasetRow> read_rows(const Dataset& dataset, const TableFile& table, Diagnostics* warnings) {
  refuse_without_rows(table);
  return RowReader(dataset, table).read(warnings);
}

sys_days end_of_observation(const Dataset& dataset, const std::vector<DatasetRow>& rows) {
  const int version = dataset.column("version");
  const int end = dataset.column("enddate");
  const int exit = dataset.column("exit");
  sys_days last = rows.front().date;
  std::optional<sys_days> said;
  for (const DatasetRow& row : rows) {
    last = std::max(last, row.date);
    if (version >= 0) {
      if (const auto day = day_of_version(row.text(version))) said = std::max(said.value_or(*day), *day);
    }
    if (end < 0) continue;
    const auto ends = parse_date(row.text(end));
    if (!ends || *ends > last_day_of_tables) continue;
    last = std::max(last, *ends);
    if (row.text(exit) == still_in_office) said = std::max(said.value_or(*ends), *ends);
  }
  return said && *said >= last ? *said : end_of_month(last);
}

std::size_t cut_after(Import& import, sys_days until) {
  return std::erase_if(import.rows, [until](const DatasetRow& row) { return row.date > until; });
}

std::string other_system_of_codes(std::string_view column) {
  std::string name;
  for (const char letter : column)
    name += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  const auto is = [&](std::initializer_list<const char*> names) {
    return std::any_of(names.begin(), names.end(), [&](const char* one) { return name == one; });
  };
  std::string whose;
  const bool of_regimes = name.starts_with("gwf");  // Geddes, Wright & Frantz
  if ((name.find("gw") != std::string::npos && !of_regimes) || is({"gcode", "gleditsch_ward"})) {
    whose = "Gleditsch & Ward's codes";
  } else if (is({"ccode_polity", "polity_ccode", "p_ccode", "p4_ccode", "scode", "pccode"})) {
    whose = "Polity's codes";
  } else if (is({"country_id", "country_text_id", "vdem_id"})) {
    whose = "V-Dem's codes";
  } else if (is({"iso3n", "ison", "un", "m49", "isonum", "iso_n", "unr"})) {
    whose = "the United Nations' codes";
  } else {
    return "";
  }
  return fmt::format("holds {}, which differ from Correlates of War's for some states (Yemen, Germany, Serbia)", whose);
}

void refuse_without_rows(const TableFile& table) {
  if (!table.rows.empty()) return;
  Diagnostics diagnostics;
  diagnostics.error({table.name, table.header_line, 1}, "", "there are no rows below the names of the columns");
  throw InputError(diagnostics);
}

}  // namespace interregnum
