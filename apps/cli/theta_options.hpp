#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "base/quoting.hpp"
#include "files/roles.hpp"

namespace interregnum::cli {

/// Which parameters a command simulates with: --theta default, prior or FILE; else those that ship.
struct ThetaOptions {
  std::string source;

  CLI::Option* add_to(CLI::App& command);
  /// Says which files are read, so that none of them is written over.
  void name_files(FileRoles& files) const;
  /// As it is typed behind another command, so that it uses the same parameters; with a space before it.
  std::string again() const { return source.empty() ? "" : " --theta " + shell_word(source); }
};

}  // namespace interregnum::cli
