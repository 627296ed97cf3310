#include "cli/record_options.hpp"

#include <fmt/core.h>

#include <cstdlib>
#include <filesystem>

#include "analysis/record/store.hpp"
#include "report/output_path.hpp"

namespace interregnum::cli {

void RecordOptions::add_to(CLI::App& command) {
  command.add_option("--record", file,
                     "store of imported datasets (default: the user's own, else the record that ships)");
}

std::string RecordOptions::path() const {
  if (!file.empty()) return file;
  const char* data = std::getenv("XDG_DATA_HOME");
  if (data != nullptr && *data == '/') return std::string(data) + "/interregnum/record.db";
  const char* home = std::getenv("HOME");
  return home == nullptr || *home == '\0' ? "" : std::string(home) + "/.local/share/interregnum/record.db";
}

std::string shipped_data() {
  const char* folder = std::getenv("INTERREGNUM_DATA");
  return folder != nullptr && *folder != '\0' ? folder : SHIPPED_DATA;
}

Record load_record(const RecordOptions& options) {
  if (!options.file.empty() && !std::filesystem::exists(options.file))
    throw InputError(fmt::format("{}: there is no such store (interregnum record import makes one)", options.file));
  Record record = read_shipped_record(shipped_data());
  if (const std::string path = options.path(); !path.empty()) rebuild(record, read_store(path));
  return record;
}

void OutputOptions::add_to(CLI::App& command) {
  command.add_option("--out", file, "write to this file instead of printing");
  command.add_flag("--force", force, "overwrite the file of --out");
}

void OutputOptions::write(const std::string& text) const {
  if (file.empty()) {
    fmt::print("{}", text);
  } else {
    write_text_file(file, text, force);
  }
}

}  // namespace interregnum::cli
