#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "model/theta.hpp"
#include "report/run_report.hpp"
#include "scenario/scenario.hpp"

namespace interregnum::cli {

/// The options that say which country, with which changes: FILE and --set.
struct ScenarioOptions {
  std::string file;
  std::vector<std::string> settings;

  void add_to(CLI::App& command);
};

struct LoadedScenario {
  Scenario scenario;
  Theta theta;
  std::vector<Override> overrides;  ///< all of them, for the report
};

/// Reads the file with its changes; those whose key begins with `theta.` are parameters. Throws InputError.
LoadedScenario load(const ScenarioOptions& options);

/// For numbers that count: digits only, so that neither -1 nor 1e3, 010 or 0x10 is silently taken for another number.
const CLI::Validator& whole_number();

/// Whether a stream is a terminal on which emphasis is welcome (https://no-color.org).
TextStyle text_style_of_stdout();
bool stderr_is_terminal();

}  // namespace interregnum::cli
