#include "analysis/sqlite.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "base/diagnostics.hpp"

namespace interregnum {

namespace {

constexpr int wait_milliseconds = 2000;  // for another program that is just writing

[[noreturn]] void fail_of(sqlite3* handle) {
  const int code = sqlite3_errcode(handle) & 0xff;
  const char* file = sqlite3_db_filename(handle, "main");
  const std::string problem = fmt::format("{}: {}", file == nullptr ? "SQLite" : file, sqlite3_errmsg(handle));
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED || code == SQLITE_READONLY || code == SQLITE_FULL ||
      code == SQLITE_CANTOPEN)
    throw InputError(problem);
  throw std::runtime_error(problem);
}

}  // namespace

SqliteDatabase::SqliteDatabase(const std::string& path, int flags) {
  if (sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr) == SQLITE_OK) {
    sqlite3_busy_timeout(handle_, wait_milliseconds);
    return;
  }
  const std::string problem = sqlite3_errmsg(handle_);
  sqlite3_close(handle_);
  throw InputError(fmt::format("{}: cannot be opened ({})", path, problem));
}

SqliteDatabase::~SqliteDatabase() { sqlite3_close(handle_); }

void SqliteDatabase::execute(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail_of(handle_);
}

SqliteStatement::SqliteStatement(const SqliteDatabase& database, const std::string& sql)
    : database_(database.handle()) {
  if (sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement_, nullptr) != SQLITE_OK) fail();
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(statement_); }

SqliteStatement& SqliteStatement::bind(const std::string& text) {
  check(sqlite3_bind_text(statement_, ++position_, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT));
  return *this;
}

SqliteStatement& SqliteStatement::bind(double number) {
  check(std::isnan(number) ? sqlite3_bind_null(statement_, ++position_)
                           : sqlite3_bind_double(statement_, ++position_, number));
  return *this;
}

SqliteStatement& SqliteStatement::bind(std::int64_t number) {
  check(sqlite3_bind_int64(statement_, ++position_, number));
  return *this;
}

SqliteStatement& SqliteStatement::bind_or_null(const std::string& text) {
  if (!text.empty()) return bind(text);
  check(sqlite3_bind_null(statement_, ++position_));
  return *this;
}

void SqliteStatement::execute() {
  if (sqlite3_step(statement_) != SQLITE_DONE) fail();
  sqlite3_reset(statement_);
  position_ = 0;
}

bool SqliteStatement::next() {
  const int code = sqlite3_step(statement_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) fail();
  return code == SQLITE_ROW;
}

std::string SqliteStatement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return bytes == nullptr ? "" : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

std::int64_t SqliteStatement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

void SqliteStatement::check(int code) {
  if (code != SQLITE_OK) fail();
}

void SqliteStatement::fail() const { fail_of(database_); }

}  // namespace interregnum
