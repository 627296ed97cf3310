#pragma once

#include <string>

namespace interregnum {

/// The content of a file, or of a pipe to its end (`<(zcat table.csv.gz)`). Throws InputError if there is none, for a
/// folder or a device, and for more than a gigabyte; ResourceError if the machine fails.
std::string read_file(const std::string& path);

}  // namespace interregnum
