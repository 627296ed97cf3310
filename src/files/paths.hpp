#pragma once

#include <string>

namespace interregnum {

/// The path of a file that the file `path` names from its own folder. Nothing is read.
std::string path_beside(const std::string& path, const std::string& named);

}  // namespace interregnum
