#include "files/folder_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "base/diagnostics.hpp"

namespace interregnum {

FolderLock::FolderLock(const std::string& folder) : file_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  constexpr int tries = 600;
  constexpr useconds_t microseconds_between = 50000;
  if (file_ < 0) return;  // what can be written is found out by those who write
  for (int tried = 0; tried < tries; ++tried) {
    if (flock(file_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
    usleep(microseconds_between);
  }
  close(file_);
  throw InputError(fmt::format("{}: another program is writing there; try again when it has ended", folder));
}

FolderLock::~FolderLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace interregnum
