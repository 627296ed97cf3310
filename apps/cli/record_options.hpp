#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "files/roles.hpp"
#include "record/match.hpp"

namespace interregnum::cli {

/// Which record a command uses: --record FILE, else the user's store, else the one that ships.
struct RecordOptions {
  std::string file;

  void add_to(CLI::App& command);
  /// Says which files are read, so that none of them is written over.
  void name_files(FileRoles& files) const;
  /// Where the store is, or would be written.
  std::string path() const;
  /// The shipped record with what the store holds. Throws InputError; a file that was named must exist.
  Record load() const;
};

/// Prints the warnings about a table that was read, to stderr.
void print_warnings(const Diagnostics& warnings);

/// Where a result goes: a new file, or stdout.
struct OutputOptions {
  std::string file;
  bool force = false;

  void add_to(CLI::App& command);
  /// RecordOptions::load, after making sure that the output is none of the files that this reads.
  Record load_record_beside(const RecordOptions& record) const;
  /// Writes to a temporary file and renames it, or prints. Throws InputError if the file exists and --force is not
  /// given.
  void write(const std::string& text) const;
};

}  // namespace interregnum::cli
