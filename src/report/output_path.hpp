#pragma once

#include <string>

namespace interregnum {

/// The file that a result is to be written to: `path`, or what it points to if it is a link. Throws InputError if that
/// is a folder, a device or a pipe, if it exists and may not be overwritten, or if its folder does not exist.
std::string output_path(const std::string& path, bool overwrite);

}  // namespace interregnum
