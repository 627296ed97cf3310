#include "cli/record_options.hpp"

#include <fmt/core.h>

#include <cstdlib>

#include "analysis/record/store.hpp"
#include "cli/places.hpp"
#include "cli/printing.hpp"
#include "files/new_file.hpp"

namespace interregnum::cli {

void RecordOptions::add_to(CLI::App& command) {
  command.add_option("--record", file,
                     "store of imported datasets (default: the user's own, else the record that ships)");
}

void RecordOptions::name_files(FileRoles& files) const {
  files.reads(path(), "the store of the record");
  files.reads_folder(shipped_data(), "the data that ship with the program");
}

std::string RecordOptions::path() const {
  if (!file.empty()) return file;
  const char* data = std::getenv("XDG_DATA_HOME");
  if (data != nullptr && *data == '/') return std::string(data) + "/interregnum/record.db";
  const char* home = std::getenv("HOME");
  return home == nullptr || *home == '\0' ? "" : std::string(home) + "/.local/share/interregnum/record.db";
}

Record load_record(const RecordOptions& options) {
  if (!options.file.empty() && !has_store(options.file))
    throw InputError(fmt::format("{}: there is no such store (interregnum record import makes one)", options.file));
  Record record = read_shipped_record(shipped_data());
  if (const std::string path = options.path(); !path.empty()) rebuild(record, read_store(path));
  return record;
}

void print_warnings(const Diagnostics& warnings) {
  for (const Diagnostic& warning : warnings.list()) print_message(to_text(warning));
}

void OutputOptions::add_to(CLI::App& command) {
  command.add_option("--out", file, "write to this file instead of printing");
  command.add_flag("--force", force, "overwrite the file of --out");
}

Record OutputOptions::load_record_beside(const RecordOptions& record) const {
  FileRoles files;
  record.name_files(files);
  files.writes(file, "--out");
  if (!file.empty()) require_writable(file, force);
  return load_record(record);
}

void OutputOptions::write(const std::string& text) const {
  if (file.empty()) {
    print_text(text);
  } else {
    write_text_file(file, text, force);
  }
}

}  // namespace interregnum::cli
