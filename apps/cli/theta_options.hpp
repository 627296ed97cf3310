#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "files/roles.hpp"
#include "model/theta_draws.hpp"

namespace interregnum::cli {

/// Which parameters a command simulates with: --theta default, prior or FILE; else those that ship.
struct ThetaOptions {
  std::string source;

  void add_to(CLI::App& command);
  /// Says which files are read, so that none of them is written over.
  void name_files(FileRoles& files) const;
  /// As it is typed behind another command, so that it uses the same parameters; with a space before it.
  std::string again() const { return source.empty() ? "" : " --theta " + shell_word(source); }
};

struct Parameters {
  ThetaDraws thetas;
  std::string name;  ///< for reports: `default`, `prior`, or the file
  bool fitted;       ///< whether they are draws given a record
};

/// Reads or draws the parameters; throws InputError. Reading takes some hundredths of a second, copies take no time.
Parameters load_parameters(const ThetaOptions& options);

/// The same with changes such as `theta.seizure.momentum=0`; throws InputError for other keys.
Parameters load_parameters(const ThetaOptions& options, const std::vector<std::string>& changes);

}  // namespace interregnum::cli
