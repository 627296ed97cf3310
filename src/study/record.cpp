#include "study/record.hpp"

#include <fmt/core.h>

#include <cstdlib>

#include "base/diagnostics.hpp"
#include "record/store.hpp"
#include "study/places.hpp"

namespace interregnum {

std::string record_store(const std::string& file) {
  if (!file.empty()) return file;
  const char* data = std::getenv("XDG_DATA_HOME");
  if (data != nullptr && *data == '/') return std::string(data) + "/interregnum/record.db";
  const char* home = std::getenv("HOME");
  return home == nullptr || *home == '\0' ? "" : std::string(home) + "/.local/share/interregnum/record.db";
}

Record load_record(const std::string& file) {
  if (!file.empty() && !has_store(file))
    throw InputError(fmt::format("{}: there is no such store (interregnum record import makes one)", file));
  Record record = read_shipped_record(shipped_data());
  if (const std::string path = record_store(file); !path.empty()) rebuild(record, read_store(path));
  return record;
}

}  // namespace interregnum
