#include "files/failure.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

#include "base/diagnostics.hpp"
#include "base/resource_error.hpp"

namespace interregnum {

namespace {

[[noreturn]] void fail(const std::string& path, const char* problem, int error_number) {
  const std::string message =
      fmt::format("{}: cannot be {} ({})", path, problem, std::generic_category().message(error_number));
  if (is_want_of_resources(error_number)) throw ResourceError(message);
  throw InputError(message);
}

}  // namespace

bool is_want_of_resources(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:  // the shell's limit on the size of files
    case EIO:
    case ENOMEM:
    case EAGAIN:  // no more threads or processes
    case EMFILE:
    case ENFILE:
      return true;
    default:
      return false;
  }
}

void fail_to_write(const std::string& path, int error_number) { fail(path, "written", error_number); }

void fail_to_read(const std::string& path, int error_number) { fail(path, "read", error_number); }

}  // namespace interregnum
