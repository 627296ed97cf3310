#include "files/sqlite.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>
#include <utility>

#include "base/resource_error.hpp"

namespace interregnum {

namespace {

constexpr int wait_milliseconds = 2000;  // for another program that is just writing

[[noreturn]] void fail_with(int code, const std::string& problem) {
  switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
      throw ResourceError(problem);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw DatabaseInUse(problem);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      throw InputError(problem);
    default:
      throw std::runtime_error(problem);
  }
}

[[noreturn]] void fail_of(sqlite3* handle) {
  const char* file = sqlite3_db_filename(handle, "main");
  fail_with(sqlite3_errcode(handle), fmt::format("{}: {}", file == nullptr ? "SQLite" : file, sqlite3_errmsg(handle)));
}

}  // namespace

// They delegate, so that the destructor closes the handle if they throw.
SqliteDatabase::SqliteDatabase(const std::string& path, int flags) : SqliteDatabase() {
  open(path, flags, nullptr);
  sqlite3_busy_timeout(handle_, wait_milliseconds);
}

SqliteDatabase::SqliteDatabase(const NewFile& file) : SqliteDatabase() {
  open(file.temporary_path(), SQLITE_OPEN_READWRITE, "unix-none");
  execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN");
}

void SqliteDatabase::open(const std::string& path, int flags, const char* file_system) {
  const std::string of_a_file = path.starts_with('/') ? path : "./" + path;
  const int code = sqlite3_open_v2(of_a_file.c_str(), &handle_, flags, file_system);
  if (code == SQLITE_OK) return;
  const std::string problem = handle_ == nullptr ? "not enough memory" : sqlite3_errmsg(handle_);
  sqlite3_close(handle_);
  handle_ = nullptr;
  fail_with(code, fmt::format("{}: cannot be opened ({})", path, problem));
}

SqliteDatabase::~SqliteDatabase() { sqlite3_close(handle_); }

void SqliteDatabase::execute(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail_of(handle_);
}

void SqliteDatabase::close() {
  if (sqlite3_get_autocommit(handle_) == 0) execute("COMMIT");
  sqlite3_close(std::exchange(handle_, nullptr));
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
