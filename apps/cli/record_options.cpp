#include "cli/record_options.hpp"

#include "cli/printing.hpp"
#include "files/new_file.hpp"
#include "study/places.hpp"
#include "study/record.hpp"

namespace interregnum::cli {

void RecordOptions::add_to(CLI::App& command) {
  command.add_option("--record", file,
                     "store of imported datasets (default: the user's own, else the record that ships)");
}

void RecordOptions::name_files(FileRoles& files) const {
  files.reads(path(), "the store of the record");
  files.reads_folder(shipped_data(), "the data that ship with the program");
}

std::string RecordOptions::path() const { return record_store(file); }

Record RecordOptions::load() const { return load_record(file); }

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
  return record.load();
}

void OutputOptions::write(const std::string& text) const {
  if (file.empty()) {
    print_text(text);
  } else {
    write_text_file(file, text, force);
  }
}

}  // namespace interregnum::cli
