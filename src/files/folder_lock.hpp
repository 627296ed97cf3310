#pragma once

#include <string>

namespace interregnum {

/// Held by one process at a time; others wait for it. It goes with the process, however that ends. Where the file
/// system has no locks, nobody waits.
class FolderLock {
 public:
  /// Throws InputError if another process does not let go for half a minute.
  explicit FolderLock(const std::string& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int file_;
};

}  // namespace interregnum
