#include "study/places.hpp"

#include <cstdlib>
#include <filesystem>
#include <initializer_list>
#include <system_error>

namespace interregnum {

namespace {

namespace fs = std::filesystem;

/// A folder that ships: its variable, a file that tells it from any other folder of that name, and where it may be from
/// the program's folder: in an installation, in a folder that was built in, or in one elsewhere.
struct Shipped {
  const char* variable;
  const char* name;
  const char* mark;
  std::initializer_list<const char*> beside;
};

ShippedPlace find(const Shipped& shipped) {
  const char* chosen = std::getenv(shipped.variable);
  if (chosen != nullptr && *chosen != '\0') return {chosen, shipped.variable};
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    for (const char* path : shipped.beside) {
      const fs::path folder = (program.parent_path() / path).lexically_normal();
      if (fs::is_regular_file(folder / shipped.mark, error)) return {folder.string(), "beside the program"};
    }
  }
  const fs::path installed = fs::path(INSTALLED_SHARE) / shipped.name;
  const bool there = fs::is_regular_file(installed / shipped.mark, error);
  return {installed.string(), there ? "installed" : "not there"};
}

}  // namespace

const ShippedPlace& shipped_data_place() {
  static const ShippedPlace place =
      find({"INTERREGNUM_DATA", "data", "attempts.csv", {"../share/interregnum/data", "../data", "data"}});
  return place;
}

const ShippedPlace& shipped_page_place() {
  static const ShippedPlace place =
      find({"INTERREGNUM_PAGE", "page", "page.html", {"../share/interregnum/page", "page", "../build/page"}});
  return place;
}

}  // namespace interregnum
