#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>

namespace interregnum {

/// An open SQLite file. What a user can mend (the file is in use, may not be written, the disk is full) throws
/// InputError, any other fault std::runtime_error, with SQLite's own words.
class SqliteDatabase {
 public:
  /// Opens with SQLITE_OPEN_… flags; throws InputError if that cannot be done.
  SqliteDatabase(const std::string& path, int flags);
  ~SqliteDatabase();
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;

  void execute(const char* sql);
  sqlite3* handle() const { return handle_; }

 private:
  sqlite3* handle_ = nullptr;
};

/// A prepared statement; values are bound in order.
class SqliteStatement {
 public:
  SqliteStatement(const SqliteDatabase& database, const std::string& sql);
  ~SqliteStatement();
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  SqliteStatement& bind(const std::string& text);
  SqliteStatement& bind(double number);  ///< NaN becomes NULL, which SQLite has for it
  SqliteStatement& bind(std::int64_t number);
  SqliteStatement& bind_or_null(const std::string& text);  ///< an empty text becomes NULL
  void execute();

  /// Steps to the next row; false after the last.
  bool next();
  std::string text(int column) const;  ///< empty for NULL
  std::int64_t integer(int column) const;

 private:
  void check(int code);
  [[noreturn]] void fail() const;

  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
  int position_ = 0;
};

}  // namespace interregnum
