#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace interregnum::cli {

// Exit codes (docs/reliability.md); that of an interrupted command is exit_interrupted().
inline constexpr int exit_good = 0;
inline constexpr int exit_internal_error = 1;  // a fault of the program
inline constexpr int exit_bad_input = 2;
inline constexpr int exit_no_resources = 3;   // too little disk space, memory or threads; a device that fails
inline constexpr int exit_closed_pipe = 141;  // as shells say it of SIGPIPE

/// The command line, for reports: a shell that is given it starts the same command.
extern std::string command_line;

/// Each adds one subcommand; when the subcommand is chosen, `action` becomes what to do, and returns the exit code.
using Action = std::function<int()>;
void add_run_command(CLI::App& app, Action& action);
void add_replay_command(CLI::App& app, Action& action);
void add_compare_command(CLI::App& app, Action& action);
void add_sweep_command(CLI::App& app, Action& action);
void add_sensitivity_command(CLI::App& app, Action& action);
void add_claims_command(CLI::App& app, Action& action);
void add_article_command(CLI::App& app, Action& action);
void add_record_command(CLI::App& app, Action& action);
void add_scenario_command(CLI::App& app, Action& action);
void add_new_command(CLI::App& app, Action& action);
void add_validate_command(CLI::App& app, Action& action);
void add_fit_command(CLI::App& app, Action& action);
void add_score_command(CLI::App& app, Action& action);
void add_check_command(CLI::App& app, Action& action);
void add_schema_command(CLI::App& app, Action& action);
void add_params_command(CLI::App& app, Action& action);

}  // namespace interregnum::cli
