#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>

#include "base/diagnostics.hpp"
#include "files/new_file.hpp"

namespace interregnum {

/// Another program holds the lock of the database.
class DatabaseInUse : public InputError {
 public:
  using InputError::InputError;
};

/// An open SQLite file. What a user can mend (the file is in use, may not be written) throws InputError, a full disk or
/// too little memory ResourceError, any other fault std::runtime_error, with SQLite's own words.
class SqliteDatabase {
 public:
  /// Opens with SQLITE_OPEN_… flags; throws if that cannot be done. `path` is always the path of a file: SQLite's names
  /// for other things (`:memory:`, `file:…`, none at all) are none here.
  SqliteDatabase(const std::string& path, int flags);
  /// Opens a new file to be filled and then committed. It is thrown away if anything goes wrong, so it needs no
  /// journal; it has a name that nobody else knows, so it needs no locks of SQLite's either.
  explicit SqliteDatabase(const NewFile& file);
  ~SqliteDatabase();
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;

  void execute(const char* sql);
  /// Commits, if something is to be committed, and closes. Throws as `execute`.
  void close();
  sqlite3* handle() const { return handle_; }

 private:
  SqliteDatabase() = default;
  void open(const std::string& path, int flags, const char* file_system);

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
