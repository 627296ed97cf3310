#pragma once

#include <string>
#include <vector>

namespace interregnum {

/// Whether two paths lead to one file: by another spelling, a link, or a second name of the same file (hard link).
/// Neither need exist.
bool is_same_file(const std::string& one, const std::string& other);

/// The files that a command reads and writes. Every file is named before any is written, so that none is written over
/// that the command reads, and no two results go into one file; either throws InputError. Empty names are passed over.
class FileRoles {
 public:
  /// `what`: for the message, e.g. `the country file`.
  void reads(const std::string& path, const std::string& what);
  /// Every file that is in the folder, or below it.
  void reads_folder(const std::string& folder, const std::string& what);
  /// `option`: for the message, e.g. `--out`.
  void writes(const std::string& path, const std::string& option);
  /// The same for an SQLite file, with the files that SQLite would take for parts of it (X-journal, X-wal, X-shm).
  void writes_database(const std::string& path, const std::string& option);

 private:
  struct Role {
    std::string path, name;
    bool is_output;
    bool is_folder;
  };

  void add(Role role);

  std::vector<Role> roles_;
};

}  // namespace interregnum
