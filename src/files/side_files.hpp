#pragma once

#include <array>
#include <string>

namespace interregnum {

// An ended or running program leaves X-journal, X-wal and X-shm beside an SQLite file X. SQLite plays them into
// whatever file is called X (https://www.sqlite.org/howtocorrupt.html, section 1.4), so they must be gone before a new
// file takes that name.

inline constexpr std::array side_file_suffixes{"-journal", "-wal", "-shm"};

/// Whether there is any beside `path`.
bool has_side_files(const std::string& path);

/// Lets SQLite finish or take back what they hold for the file that is there now. Throws InputError if there are any
/// and they may not be removed, or if another program is writing to the database.
void recover_from_side_files(const std::string& path, bool overwrite);

/// The same, and removes what is left of them. Throws InputError also if one cannot be removed.
void settle_side_files(const std::string& path, bool overwrite);

}  // namespace interregnum
