#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/interrupts.hpp"
#include "cli/theta_options.hpp"
#include "engine/ensemble.hpp"
#include "report/format.hpp"
#include "study/country.hpp"

namespace interregnum::cli {

/// The options that say which country, with which changes and parameters: FILE, --set and --theta.
struct ScenarioOptions {
  std::string file;
  std::vector<std::string> settings;
  ThetaOptions theta;

  void add_to(CLI::App& command);
  void name_files(FileRoles& files) const;
  /// Throws InputError.
  LoadedCountry load() const;
};

/// For numbers that count: digits only, so that neither -1 nor 1e3, 010 or 0x10 is silently taken for another number.
const CLI::Validator& whole_number();
/// For those that identify something in JSON, where numbers beyond 2^53 - 1 are not exact in every reader (RFC 8259).
const CLI::Validator& whole_number_in_json();

// Options that many commands have; each stands here once, so that it means the same to all.

/// A whole number from `low` to `high`.
template <class Number>
CLI::Option* add_number(CLI::App& command, const std::string& name, Number& value, const std::string& meaning,
                        Number low, Number high) {
  return command.add_option(name, value, meaning)->check(whole_number())->check(CLI::Range(low, high));
}

inline constexpr std::uint64_t most_futures = 1000000;  // that a command plays of anything it plays several of

void add_seed(CLI::App& command, std::uint64_t& seed);
void add_threads(CLI::App& command, int& threads);
CLI::Option* add_json(CLI::App& command, bool& json);
/// --set key=value, as often as wanted.
void add_settings(CLI::App& command, std::vector<std::string>& settings, const std::string& meaning);
/// --set of the commands that take no country file.
inline constexpr const char* settings_of_parameters = "change a parameter (theta.blocs.pact=0); may be repeated";

/// How far a future is played: --until seizure or horizon.
struct UntilOption {
  std::string name = "horizon";

  void add_to(CLI::App& command, const std::string& meaning);
  Until until() const { return name == "seizure" ? Until::seizure : Until::horizon; }
};

/// The work of a command after parsing; `options` are those that were read.
template <class Options>
void perform(CLI::App& command, Action& action, const std::shared_ptr<Options>& options, int (*work)(const Options&)) {
  command.callback([options, &action, work] { action = [options, work] { return work(*options); }; });
}

/// One object on stdout; the name of a file need not be UTF-8, JSON must be.
void print_json(const nlohmann::ordered_json& object);

/// Adds `version`, `seed` and `command`.
void add_origin(nlohmann::ordered_json& object, std::uint64_t seed);

/// Whether a stream is a terminal on which emphasis is welcome (https://no-color.org).
TextStyle text_style_of_stdout();
bool stderr_is_terminal();

/// One line on stderr that is written over; it goes away when all is done.
void show_progress(std::uint64_t done, std::uint64_t total, const char* of_what);
void clear_progress();

/// Shows how far something is; nothing where nobody would see it.
std::function<void(std::uint64_t done, std::uint64_t total)> shown_progress(const char* of_what);

/// Says that Ctrl-C came before there was anything to print; the exit code.
int interrupted_before_anything(const char* happened = "was done");

/// An ensemble that shows how far it is, and ends when Ctrl-C is pressed.
EnsembleCallbacks watched_run();

}  // namespace interregnum::cli
