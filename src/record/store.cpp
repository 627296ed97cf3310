#include "record/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

#include "base/dates.hpp"
#include "base/quoting.hpp"
#include "base/resource_error.hpp"
#include "files/failure.hpp"
#include "files/folder_lock.hpp"
#include "files/side_files.hpp"
#include "files/sqlite.hpp"
#include "record/attempt_table.hpp"
#include "record/datasets.hpp"

namespace interregnum {

namespace {

namespace fs = std::filesystem;

/// Where a state's beginning is blank: it was there before the first leader of Archigos (1875).
constexpr std::chrono::sys_days first_day_of_states = std::chrono::year(1800) / 1 / 1;
constexpr int application_id = 0x494e5452;  // "INTR": tells our stores from other people's SQLite files

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find(separator, from), text.size());
    parts.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

std::string value_of(const Attempt& attempt, const AttemptColumn& column) {
  return std::visit(
      [&](const auto member) -> std::string {
        if constexpr (std::is_same_v<decltype(member), std::string Attempt::*const>) {
          return attempt.*member;
        } else {
          return to_text(attempt.*member);
        }
      },
      column.member);
}

void write_dataset(SqliteDatabase& database, const Dataset& dataset, const Import& import) {
  std::string columns;
  std::string marks;
  for (const DatasetColumn& column : dataset.columns) {
    const bool is_number = column.kind == ValueKind::number || column.kind == ValueKind::flag;
    columns += fmt::format(", \"{}\" {}", column.name, is_number ? "REAL" : "TEXT");
    marks += ", ?";
  }
  database.execute(
      fmt::format("CREATE TABLE {} (line INTEGER NOT NULL, country_code INTEGER NOT NULL, begins TEXT NOT NULL{})",
                  dataset.name, columns)
          .c_str());
  SqliteStatement insert(database, fmt::format("INSERT INTO {} VALUES (?, ?, ?{})", dataset.name, marks));
  for (const DatasetRow& row : import.rows) {
    insert.bind(std::int64_t{row.line}).bind(std::int64_t{row.country_code}).bind(to_text(row.date));
    for (const std::string& value : row.values) insert.bind_or_null(value);
    insert.execute();
  }
  database.execute(
      "CREATE TABLE IF NOT EXISTS observed (dataset TEXT PRIMARY KEY, until TEXT NOT NULL, given INTEGER NOT NULL)");
  SqliteStatement observed(database, "INSERT OR REPLACE INTO observed VALUES (?, ?, ?)");
  observed.bind(std::string(dataset.name)).bind(to_text(import.until));
  observed.bind(std::int64_t{import.until_was_given ? 1 : 0}).execute();
}

/// The columns of a dataset, to be selected. Stores of earlier versions lack some: those are not known.
std::string columns_in_store(const SqliteDatabase& database, const Dataset& dataset) {
  std::set<std::string, std::less<>> present;
  SqliteStatement names(database, "SELECT name FROM pragma_table_info(?)");
  names.bind(std::string(dataset.name));
  while (names.next()) present.insert(names.text(0));
  std::string columns;
  for (const DatasetColumn& column : dataset.columns)
    columns += present.contains(column.name) ? fmt::format(", \"{}\"", column.name) : ", NULL";
  return columns;
}

/// How far each dataset goes. Stores of earlier versions do not say; their rows do, as far as they can.
void read_ends(const SqliteDatabase& database, Imports& imports) {
  for (auto& [name, import] : imports) {
    if (!import.rows.empty()) import.until = end_of_observation(dataset_named(name), import.rows);
  }
  SqliteStatement exists(database, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'observed'");
  if (!exists.next()) return;
  SqliteStatement select(database, "SELECT dataset, until, given FROM observed");
  while (select.next()) {
    const auto import = imports.find(select.text(0));
    const auto until = parse_date(select.text(1));
    if (import == imports.end() || !until) continue;
    import->second.until = *until;
    import->second.until_was_given = select.integer(2) != 0;
  }
}

void write_attempts(SqliteDatabase& database, const Record& record) {
  std::string columns;
  std::string marks;
  for (const AttemptColumn& column : attempt_columns()) {
    columns += fmt::format(", {} {}", column.name, column.member.index() == 0 ? "TEXT" : "REAL");
    marks += ", ?";
  }
  database.execute(
      fmt::format("CREATE TABLE attempts (attempt TEXT PRIMARY KEY, country_code "
                  "INTEGER NOT NULL, country TEXT NOT NULL, date TEXT NOT NULL, succeeded INTEGER NOT NULL{})",
                  columns)
          .c_str());
  SqliteStatement insert(database, fmt::format("INSERT INTO attempts VALUES (?, ?, ?, ?, ?{})", marks));
  for (const Attempt& attempt : record.attempts) {
    insert.bind(attempt.id).bind(std::int64_t{attempt.country_code}).bind(attempt.country).bind(to_text(attempt.date));
    insert.bind(std::int64_t{attempt.succeeded ? 1 : 0});
    for (const AttemptColumn& column : attempt_columns()) insert.bind_or_null(value_of(attempt, column));
    insert.execute();
  }
}

}  // namespace

States read_states(const std::string& path) {
  const TableColumns table(read_table_file(path));
  std::vector<SovereignState> states;
  for (const TableFile::Row& row : table.table().rows) {
    const auto day = [&](const char* column, std::chrono::sys_days otherwise) {
      const std::string& text = table.text(row, column);
      if (text.empty()) return otherwise;
      if (const auto date = parse_date(text)) return *date;
      Diagnostics diagnostics;
      diagnostics.error(table.table().at(row), column, fmt::format("'{}' is no date", text), "YYYY-MM-DD, or blank");
      throw InputError(diagnostics);
    };
    const int code = table.code(row, "country_code");
    if (states.empty() || states.back().code != code) states.push_back({code, {}});
    states.back().periods.push_back({day("from", first_day_of_states), day("to", still_exists),
                                     table.code(row, "gw_code"), table.text(row, "iso3"), table.text(row, "name"),
                                     split(table.text(row, "other_names"), ';')});
  }
  return States(std::move(states));
}

Record read_shipped_record(const std::string& folder) {
  Record record;
  record.states = read_states(folder + "/states.csv");
  record.attempts = read_attempts(TableColumns(read_table_file(folder + "/attempts.csv")));
  const TableColumns years(read_table_file(folder + "/country_years.csv"));
  for (const TableFile::Row& row : years.table().rows) {
    CountryMonth month;
    month.country_code = years.code(row, "country_code");
    month.month = std::chrono::year(years.code(row, "year")) /
                  std::chrono::month(static_cast<unsigned>(years.code(row, "month")));
    month.regime = years.text(row, "regime");
    for (const FactColumn& fact : fact_columns) month.*fact.member = years.number(row, fact.name);
    record.until = std::max(record.until, std::chrono::sys_days(month.month / std::chrono::last));
    record.months[month.country_code].push_back(std::move(month));
  }
  return record;
}

std::string attempts_csv(const Record& record) {
  std::string text = "attempt,country_code,country,date,succeeded";
  for (const AttemptColumn& column : attempt_columns()) text += fmt::format(",{}", column.name);
  text += '\n';
  for (const Attempt& attempt : record.attempts) {
    text += fmt::format("{},{},{},{},{}", attempt.id, attempt.country_code, csv_field(attempt.country),
                        to_text(attempt.date), attempt.succeeded ? 1 : 0);
    for (const AttemptColumn& column : attempt_columns()) text += "," + csv_field(value_of(attempt, column));
    text += '\n';
  }
  return text;
}

std::string country_years_csv(const Record& record) {
  std::string text = "country_code,year,month,regime";
  for (const FactColumn& fact : fact_columns) text += fmt::format(",{}", fact.name);
  text += '\n';
  for (const auto& [code, months] : record.months) {
    for (std::size_t index = 0; index < months.size(); ++index) {
      const CountryMonth& month = months[index];
      if (index + 1 < months.size() && months[index + 1].month.year() == month.month.year()) continue;
      text += fmt::format("{},{},{},{}", code, static_cast<int>(month.month.year()),
                          static_cast<unsigned>(month.month.month()), month.regime);
      for (const FactColumn& fact : fact_columns) text += "," + to_text(month.*fact.member);
      text += '\n';
    }
  }
  return text;
}

bool has_store(const std::string& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return false;
  if (!fs::status_known(status)) fail_to_read(path, error.value());
  if (!fs::is_regular_file(status)) throw InputError(fmt::format("{}: is not a file, so no store of the record", path));
  return fs::file_size(path, error) > 0 || error;
}

Imports read_store(const std::string& path) {
  Imports imports;
  if (!has_store(path)) return imports;
  // An import of version 0.7.0 or older that was ended while it wrote left a journal, which SQLite takes back only
  // where it may write.
  const bool unfinished = has_side_files(path);
  if (unfinished) recover_from_side_files(path, true);
  const SqliteDatabase database(path, unfinished ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
  try {
    SqliteStatement pages(database, "PRAGMA page_count");
    if (pages.next() && pages.integer(0) == 0) return imports;  // a first import was taken back
    SqliteStatement id(database, "PRAGMA application_id");
    if (!id.next() || id.integer(0) != application_id) throw std::runtime_error("another program's file");
    for (const Dataset& dataset : datasets()) {
      SqliteStatement exists(database, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?");
      if (!exists.bind(std::string(dataset.name)).next()) continue;
      std::vector<DatasetRow>& rows = imports[std::string(dataset.name)].rows;
      SqliteStatement select(database, fmt::format("SELECT line, country_code, begins{} FROM {} ORDER BY rowid",
                                                   columns_in_store(database, dataset), dataset.name));
      while (select.next()) {
        DatasetRow row;
        row.line = static_cast<int>(select.integer(0));
        row.country_code = static_cast<int>(select.integer(1));
        row.date = parse_date(select.text(2)).value_or(std::chrono::sys_days{});
        for (std::size_t column = 0; column < dataset.columns.size(); ++column)
          row.values.push_back(select.text(static_cast<int>(column) + 3));
        rows.push_back(std::move(row));
      }
    }
    read_ends(database, imports);
  } catch (const InputError&) {
    throw;  // in use, for one
  } catch (const ResourceError&) {
    throw;
  } catch (const std::runtime_error& error) {
    throw InputError(fmt::format("{}: is no store of the record ({})", path, error.what()));
  }
  return imports;
}

void update_store(const std::string& path, const Imports& changed, const MakeRecord& make_record) {
  const fs::path folder = fs::path(path).has_parent_path() ? fs::path(path).parent_path() : fs::path(".");
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) fail_to_write(folder.string(), error.value());
  const FolderLock lock(folder.string());
  Imports imports = read_store(path);
  // Before the old store is held: in its WAL mode it has side files then, which a new file would take for an ended
  // program's and could not put in order.
  NewFile file(path, true, Content::sqlite);
  // Another program that writes into the store would lose what it writes when the new one takes its place.
  std::unique_ptr<SqliteDatabase> held;
  if (has_store(path)) {
    held = std::make_unique<SqliteDatabase>(path, SQLITE_OPEN_READWRITE);
    held->execute("BEGIN IMMEDIATE");
  }
  for (const auto& [name, rows] : changed) imports[name] = rows;
  SqliteDatabase database(file);
  database.execute(fmt::format("PRAGMA application_id = {}", application_id).c_str());
  for (const Dataset& dataset : datasets()) {
    if (const auto rows = imports.find(dataset.name); rows != imports.end())
      write_dataset(database, dataset, rows->second);
  }
  write_attempts(database, make_record(imports));
  database.close();
  held.reset();  // in its WAL mode, SQLite has side files as long as the store is open, and `commit` removes such files
  file.commit();
}

}  // namespace interregnum
