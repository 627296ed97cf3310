#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <memory>
#include <new>
#include <sstream>
#include <system_error>

#include "base/diagnostics.hpp"
#include "base/quoting.hpp"
#include "base/resource_error.hpp"
#include "base/suggestions.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "cli/commands.hpp"
#include "cli/enough_stack.hpp"
#include "cli/interrupts.hpp"
#include "cli/printing.hpp"
#include "engine/thread_limit.hpp"
#include "files/failure.hpp"
#include "files/temporary_name.hpp"
#include "study/places.hpp"

namespace interregnum::cli {

std::string command_line;

namespace {

/// The text of --version: the version, and where the data and the page are.
std::string version_text() {
  const auto line = [](const char* of_what, const ShippedPlace& place) {
    return fmt::format("{}: {} ({})", of_what, one_line(place.path), place.how);
  };
  return fmt::format("interregnum {}\n{}\n{}", version, line("data", shipped_data_place()),
                     line("page", shipped_page_place()));
}

/// An error that is no list of problems is one message on one line; a word of a megabyte does not fill the screen.
std::string one_message(const std::string& message) {
  constexpr std::size_t longest = 4000;
  return shortened(one_line(message), longest);
}

std::string no_such_command(const CLI::App& app, const std::string& word) {
  std::vector<std::string> known;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    known.push_back(command->get_name());
  const std::string nearest = did_you_mean(word, known);
  return fmt::format("interregnum: there is no command or option '{}' ({})", word,
                     nearest.empty() ? fmt::format("commands: {}", fmt::join(known, ", ")) : nearest);
}

/// No option means anything by an empty value, such as that of a variable of the shell that is not set; taken for an
/// option that was not given, it would start something else.
void refuse_empty_values(const CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands()) {
    for (const CLI::Option* option : command->get_options()) {
      const std::vector<std::string>& values = option->results();
      if (std::find(values.begin(), values.end(), "") != values.end())
        throw InputError(fmt::format("{}: its value is empty", option->get_name()));
    }
    refuse_empty_values(*command);
  }
}

/// For the commands that use threads.
std::unique_ptr<ThreadLimit> limit_threads(const CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands()) {
    const CLI::Option* threads = command->get_option_no_throw("--threads");
    if (threads != nullptr) return std::make_unique<ThreadLimit>(threads->empty() ? 0 : threads->as<int>());
  }
  return nullptr;
}

int main_with_exceptions(int argc, char** argv) {
  command_line = shell_command(std::vector<std::string>(argv, argv + argc));
  CLI::App app{"Interregnum simulates coups d'état: how a coup starts, whether it takes power, whether it holds."};
  app.set_version_flag("--version", version_text, "say the version, and where the data and the page are found");
  app.require_subcommand(1);
  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return one_message(error.what()) + "\nRun with --help for more information.\n";
  });
  app.footer(
      "Each command has its own --help. Country files: docs/scenario-guide.md. Exit codes (docs/reliability.md): 0 "
      "good, 1 "
      "a fault of the program, 2 bad input, 3 too little disk space, memory or threads, 128 + N ended by signal N (130 "
      "Ctrl-C, 143 SIGTERM, 129 SIGHUP).");
  Action action;
  for (AddCommand* add_command : all_commands) add_command(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const std::vector<std::string> rest = app.remaining();
    if (error.get_exit_code() != 0 && app.get_subcommands().empty() && !rest.empty()) {
      throw InputError(no_such_command(app, rest.front()));
    }
    std::ostringstream out, err;
    const int code = app.exit(error, out, err);
    print_text(out.str());
    if (!err.str().empty()) print_message(std::string_view(err.str()).substr(0, err.str().size() - 1));
    return code == 0 ? exit_good : exit_bad_input;
  }
  refuse_empty_values(app);
  const std::unique_ptr<ThreadLimit> limit = limit_threads(app);
  return action();
}

/// A failure to write to stdout (a full disk, a closed pipe) is known for certain only at the end. Whoever
/// closed the pipe, such as `head`, had enough and needs no message.
int code_after_output(int code) {
  const int failure = finish_stdout();
  if (failure == 0) return code;
  if (failure == EPIPE) return exit_closed_pipe;
  print_message("interregnum: the output could not be written ({})", std::generic_category().message(failure));
  return exit_no_resources;
}

/// The one place where failures become messages and exit codes. Called while an exception is handled.
int code_of_failure() {
  try {
    throw;
  } catch (const InputError& error) {
    print_message(error.diagnostics().list().empty() ? one_message(error.what()) : error.what());
    return exit_bad_input;
  } catch (const ResourceError& error) {
    print_message("{}", error.what());
    return exit_no_resources;
  } catch (const std::bad_alloc&) {
    print_message("interregnum: there is not enough memory");
    return exit_no_resources;
  } catch (const std::filesystem::filesystem_error& error) {  // a path that nobody looked at more closely
    print_message("{}: cannot be used ({})", error.path1().string(), error.code().message());
    return is_want_of_resources(error.code().value()) ? exit_no_resources : exit_bad_input;
  } catch (const std::system_error& error) {
    print_message("interregnum: {}", error.code().message());
    return is_want_of_resources(error.code().value()) ? exit_no_resources : exit_internal_error;
  } catch (const std::exception& error) {
    print_message("interregnum: {}", error.what());
    return is_want_of_threads(error) ? exit_no_resources : exit_internal_error;
  } catch (...) {
    print_message("interregnum: a fault of the program");
    return exit_internal_error;
  }
}

/// All that `main` does, on a stack that is large enough.
int exit_code_of(int argc, char** argv) {
  try {
    return code_after_output(main_with_exceptions(argc, argv));
  } catch (...) {
    try {
      const int code = code_of_failure();
      finish_stdout();
      return code;
    } catch (...) {
      return exit_no_resources;
    }
  }
}

/// For an exception that nobody may catch: one that leaves a thread, or a function that promised not to throw.
[[noreturn]] void end_without_abort() {
  remove_temporary_files();
  int code = exit_internal_error;
  if (std::current_exception() != nullptr) {
    try {
      code = code_of_failure();
    } catch (...) {
      code = exit_no_resources;  // no memory for the message
    }
  }
  std::_Exit(code);
}

}  // namespace

}  // namespace interregnum::cli

int main(int argc, char** argv) {
  using namespace interregnum::cli;
  std::set_terminate(end_without_abort);
  occupy_closed_streams();
  handle_signals();
  return with_enough_stack([&] { return exit_code_of(argc, argv); });
}
