#pragma once

#include <string>

namespace interregnum {

/// Whether an errno says that the machine has too little of something, and not that a path is wrong.
bool is_want_of_resources(int error_number);

/// Throws ResourceError or InputError: `path: cannot be written (No space left on device)`.
[[noreturn]] void fail_to_write(const std::string& path, int error_number);

/// The same for reading.
[[noreturn]] void fail_to_read(const std::string& path, int error_number);

}  // namespace interregnum
