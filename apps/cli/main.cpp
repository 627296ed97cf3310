#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <stdexcept>

#include "base/diagnostics.hpp"
#include "base/version.hpp"
#include "cli/commands.hpp"
#include "scenario/suggestions.hpp"

namespace interregnum::cli {

std::string command_line;

namespace {

std::string no_such_command(const CLI::App& app, const std::string& word) {
  std::vector<std::string> known;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    known.push_back(command->get_name());
  const std::string nearest = did_you_mean(word, known);
  return fmt::format("interregnum: there is no command or option '{}' ({})", word,
                     nearest.empty() ? fmt::format("commands: {}", fmt::join(known, ", ")) : nearest);
}

int main_with_exceptions(int argc, char** argv) {
  for (int index = 0; index < argc; ++index) command_line += (index > 0 ? " " : "") + std::string(argv[index]);
  CLI::App app{"Interregnum simulates coups d'état: how a coup starts, whether it takes power, whether it holds."};
  app.set_version_flag("--version", std::string("interregnum ") + version);
  app.require_subcommand(1);
  app.footer(
      "Each command has its own --help. Country files: docs/scenario-guide.md. Exit codes: 0 good, 2 bad input, 130 "
      "interrupted.");
  Action action;
  add_run_command(app, action);
  add_replay_command(app, action);
  add_compare_command(app, action);
  add_sweep_command(app, action);
  add_sensitivity_command(app, action);
  add_claims_command(app, action);
  add_article_command(app, action);
  add_check_command(app, action);
  add_new_command(app, action);
  add_scenario_command(app, action);
  add_record_command(app, action);
  add_validate_command(app, action);
  add_fit_command(app, action);
  add_score_command(app, action);
  add_schema_command(app, action);
  add_params_command(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const std::vector<std::string> rest = app.remaining();
    if (error.get_exit_code() != 0 && app.get_subcommands().empty() && !rest.empty()) {
      throw InputError(no_such_command(app, rest.front()));
    }
    return app.exit(error) == 0 ? exit_good : exit_bad_input;
  }
  const int code = action();
  // What could not be written (a full disk) is seen only now.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) throw std::runtime_error("the output could not be written");
  return code;
}

}  // namespace

}  // namespace interregnum::cli

int main(int argc, char** argv) {
  using namespace interregnum;
  try {
    return cli::main_with_exceptions(argc, argv);
  } catch (const InputError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return cli::exit_bad_input;
  } catch (const std::exception& error) {
    fmt::print(stderr, "interregnum: {}\n", error.what());
    return cli::exit_internal_error;
  }
}
