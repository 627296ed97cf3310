#include "files/roles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/diagnostics.hpp"
#include "files/side_files.hpp"

namespace interregnum {

namespace {

namespace fs = std::filesystem;

/// Links followed as far as the path exists; the path as it is written if that cannot be found out (a loop of links).
fs::path place_of(const std::string& path) {
  std::error_code error;
  const fs::path place = fs::weakly_canonical(fs::absolute(path, error), error);
  return error ? fs::path(path).lexically_normal() : place;
}

bool is_existing_file_below(const std::string& path, const std::string& folder) {
  std::error_code error;
  if (!fs::exists(path, error)) return false;
  const fs::path inside = place_of(path), root = place_of(folder);
  return std::mismatch(root.begin(), root.end(), inside.begin(), inside.end()).first == root.end();
}

}  // namespace

bool is_same_file(const std::string& one, const std::string& other) {
  std::error_code error;
  if (fs::equivalent(one, other, error) && !error) return true;
  return place_of(one) == place_of(other);
}

void FileRoles::reads(const std::string& path, const std::string& what) { add({path, what, false, false}); }

void FileRoles::reads_folder(const std::string& folder, const std::string& what) { add({folder, what, false, true}); }

void FileRoles::writes(const std::string& path, const std::string& option) { add({path, option, true, false}); }

void FileRoles::writes_database(const std::string& path, const std::string& option) {
  if (path.empty()) return;
  writes(path, option);
  for (const char* suffix : side_file_suffixes) writes(path + suffix, option);
}

void FileRoles::add(Role role) {
  if (role.path.empty()) return;
  for (const Role& earlier : roles_) {
    if (!role.is_output && !earlier.is_output) continue;
    // Links left beside a database may lead to one place; they are removed, not written.
    if (role.is_output && earlier.is_output && role.name == earlier.name) continue;
    const Role& output = role.is_output ? role : earlier;
    const Role& other = role.is_output ? earlier : role;
    const bool clash =
        other.is_folder ? is_existing_file_below(output.path, other.path) : is_same_file(output.path, other.path);
    if (!clash) continue;
    if (other.is_output)
      throw InputError(
          fmt::format("{}: {} and {} would be written into one file", output.path, other.name, output.name));
    throw InputError(
        fmt::format("{}: {} would be written over {}, which the command reads", output.path, output.name, other.name));
  }
  roles_.push_back(std::move(role));
}

}  // namespace interregnum
