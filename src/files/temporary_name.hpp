#pragma once

#include <string>

namespace interregnum {

/// The name of a file that is still being written: `interregnum-BOOT-RANDOM.tmp`. BOOT tells the running system (which
/// containers share) from others that write into the same folder over a network; RANDOM is 64 random bits.
std::string new_temporary_name();

/// A temporary file of this process. The list of them is the one piece of global state in src/, because a handler of
/// signals can be given nothing else.
class TemporaryName {
 public:
  explicit TemporaryName(std::string path);
  ~TemporaryName();
  TemporaryName(const TemporaryName&) = delete;
  TemporaryName& operator=(const TemporaryName&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
  int slot_;
};

/// Removes the temporary files of this process. May be called by a handler of signals that ends the process.
void remove_temporary_files() noexcept;

/// Removes the temporary files in a folder whose processes have ended: nobody holds their lock, and they are of the
/// running system, or a day old. Files that cannot be opened are left alone.
void remove_stale_temporary_files(const std::string& folder);

}  // namespace interregnum
