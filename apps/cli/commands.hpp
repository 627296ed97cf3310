#pragma once

#include <CLI/CLI.hpp>
#include <array>
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

/// Does what was asked for, and returns the exit code.
using Action = std::function<int()>;
/// Adds one subcommand; when the subcommand is chosen, `action` becomes what to do.
using AddCommand = void(CLI::App& app, Action& action);

AddCommand add_run_command;
AddCommand add_replay_command;
AddCommand add_compare_command;
AddCommand add_sweep_command;
AddCommand add_sensitivity_command;
AddCommand add_claims_command;
AddCommand add_article_command;
AddCommand add_check_command;
AddCommand add_new_command;
AddCommand add_scenario_command;
AddCommand add_record_command;
AddCommand add_validate_command;
AddCommand add_fit_command;
AddCommand add_score_command;
AddCommand add_schema_command;
AddCommand add_params_command;

/// All of them, as --help lists them.
inline constexpr std::array all_commands{
    add_run_command,         add_replay_command,   add_compare_command, add_sweep_command,
    add_sensitivity_command, add_claims_command,   add_article_command, add_check_command,
    add_new_command,         add_scenario_command, add_record_command,  add_validate_command,
    add_fit_command,         add_score_command,    add_schema_command,  add_params_command};

}  // namespace interregnum::cli
