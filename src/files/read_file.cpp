#include "files/read_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/diagnostics.hpp"
#include "files/failure.hpp"

namespace interregnum {

namespace {

/// Closes a file however the function is left.
struct OpenFile {
  int number;
  ~OpenFile() { close(number); }
};

}  // namespace

std::string read_file(const std::string& path) {
  constexpr std::size_t largest = std::size_t{1} << 30U;
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) fail_to_read(path, errno);
  if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode)) throw InputError(fmt::format("{}: is not a file", path));
  const OpenFile file{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.number < 0) fail_to_read(path, errno);
  std::string text;
  std::array<char, 1U << 16U> piece{};
  while (true) {
    const ssize_t size = read(file.number, piece.data(), piece.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) fail_to_read(path, errno);
    if (size == 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(size));
    if (text.size() > largest) throw InputError(fmt::format("{}: is larger than a gigabyte", path));
  }
}

}  // namespace interregnum
