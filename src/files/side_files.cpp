#include "files/side_files.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <vector>

#include "base/diagnostics.hpp"
#include "files/sqlite.hpp"

namespace interregnum {

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> side_files_of(const std::string& path) {
  std::vector<fs::path> found;
  for (const char* suffix : side_file_suffixes) {
    std::error_code error;
    if (fs::exists(fs::symlink_status(path + suffix, error))) found.emplace_back(path + suffix);
  }
  return found;
}

/// Opens the old database for writing, as any program does that opens it next. A file that is no database, or a
/// damaged one, has nothing to be saved.
void recover(const std::string& path) {
  std::error_code error;
  if (!fs::is_regular_file(fs::symlink_status(path, error))) return;
  for (const fs::path& file : side_files_of(path)) {
    if (!fs::is_regular_file(fs::symlink_status(file, error))) return;  // SQLite would wait for a pipe
  }
  try {
    SqliteDatabase database(path, SQLITE_OPEN_READWRITE);
    database.execute("BEGIN EXCLUSIVE; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (const DatabaseInUse& problem) {
    throw InputError(fmt::format("{}: another program is writing to it ({})", path, problem.what()));
  } catch (const std::runtime_error&) {
    return;
  }
}

}  // namespace

bool has_side_files(const std::string& path) { return !side_files_of(path).empty(); }

void recover_from_side_files(const std::string& path, bool overwrite) {
  const std::vector<fs::path> files = side_files_of(path);
  if (files.empty()) return;
  if (!overwrite)
    throw InputError(
        fmt::format("{}: SQLite would take this file, left of another database, for a part of {} (--force "
                    "removes it)",
                    files.front().string(), path));
  recover(path);
}

void settle_side_files(const std::string& path, bool overwrite) {
  recover_from_side_files(path, overwrite);
  for (const fs::path& file : side_files_of(path)) {
    std::error_code error;
    const bool is_folder = fs::is_directory(fs::symlink_status(file, error));
    if (is_folder || (!fs::remove(file, error) && error))
      throw InputError(fmt::format("{}: is in the way: SQLite would take it for a part of {}", file.string(), path));
  }
}

}  // namespace interregnum
