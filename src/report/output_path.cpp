#include "report/output_path.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <system_error>

#include "base/diagnostics.hpp"

namespace interregnum {

std::string output_path(const std::string& path, bool overwrite) {
  const std::filesystem::path target(path);
  std::error_code error;
  if (std::filesystem::is_directory(target, error)) throw InputError(fmt::format("{}: is a folder", path));
  const auto status = std::filesystem::symlink_status(target, error);
  if (!overwrite && std::filesystem::exists(status)) {
    throw InputError(fmt::format("{}: exists already (--force overwrites it)", path));
  }
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(target, error)) {
    throw InputError(fmt::format("{}: is not a file that could be overwritten", path));  // a device, a link to nowhere
  }
  if (target.has_parent_path() && !std::filesystem::is_directory(target.parent_path(), error)) {
    throw InputError(fmt::format("{}: there is no folder {}", path, target.parent_path().string()));
  }
  return std::filesystem::is_symlink(status) ? std::filesystem::canonical(target).string() : path;
}

namespace {

std::string temporary_beside(const std::string& target) { return fmt::format("{}.tmp.{}", target, getpid()); }

}  // namespace

void require_writable(const std::string& path, bool overwrite) {
  const std::string temporary = temporary_beside(output_path(path, overwrite));
  const bool opened = std::ofstream(temporary, std::ios::binary).is_open();
  std::error_code error;
  std::filesystem::remove(temporary, error);
  if (!opened) throw InputError(fmt::format("{}: cannot be written", path));
}

void write_text_file(const std::string& path, const std::string& text, bool overwrite) {
  const std::string target = output_path(path, overwrite);
  const std::string temporary = temporary_beside(target);
  std::ofstream stream(temporary, std::ios::binary);
  stream << text;
  stream.close();
  std::error_code error;
  if (stream) std::filesystem::rename(temporary, target, error);
  if (!stream || error) {
    std::filesystem::remove(temporary, error);
    throw InputError(fmt::format("{}: cannot be written", path));
  }
}

}  // namespace interregnum
