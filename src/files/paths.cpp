#include "files/paths.hpp"

#include <filesystem>

namespace interregnum {

std::string path_beside(const std::string& path, const std::string& named) {
  return (std::filesystem::path(path).parent_path() / named).lexically_normal().string();
}

}  // namespace interregnum
