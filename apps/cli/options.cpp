#include "cli/options.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "base/version.hpp"
#include "cli/commands.hpp"
#include "cli/printing.hpp"

namespace interregnum::cli {

void ScenarioOptions::add_to(CLI::App& command) {
  command.add_option("FILE", file, "country file")->required();
  add_settings(command, settings,
               "change a value: any key path of the country file (plot.tier=senior, "
               "units.kati_garrison.strength=800..1200) or a parameter (theta.seizure.momentum=0); may be repeated");
  theta.add_to(command);
}

void ScenarioOptions::name_files(FileRoles& files) const {
  files.reads(file, "the country file");
  theta.name_files(files);
}

LoadedCountry ScenarioOptions::load() const { return load_country(file, settings, load_parameters(theta.source)); }

namespace {

/// The problem with a whole number; empty if there is none.
std::string fault_of_number(const std::string& text, std::uint64_t largest) {
  const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) return fmt::format("'{}' is not a whole number from 0 to {}", text, largest);
  if (text.size() > 1 && text.front() == '0') {
    const std::size_t first = std::min(text.find_first_not_of('0'), text.size() - 1);
    return fmt::format("'{}' begins with a zero; as a whole number it is written {}", text, text.substr(first));
  }
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && number <= largest) return "";
  return fmt::format("'{}' is too large: it is a whole number from 0 to {}", text, largest);
}

CLI::Validator whole_number_to(std::uint64_t largest) {
  return {[largest](const std::string& text) { return fault_of_number(text, largest); }, "", "whole number"};
}

}  // namespace

const CLI::Validator& whole_number() {
  static const CLI::Validator validator = whole_number_to(std::numeric_limits<std::uint64_t>::max());
  return validator;
}

const CLI::Validator& whole_number_in_json() {
  static const CLI::Validator validator = whole_number_to((std::uint64_t{1} << 53U) - 1);
  return validator;
}

void add_seed(CLI::App& command, std::uint64_t& seed) {
  command
      .add_option("--seed", seed,
                  "which luck, and which draws of the parameters come first: the same seed gives the same result")
      ->check(whole_number_in_json())
      ->capture_default_str();
}

void add_threads(CLI::App& command, int& threads) {
  add_number(command, "--threads", threads, "default: all processors; results do not depend on it", 1, 1024);
}

CLI::Option* add_json(CLI::App& command, bool& json) {
  return command.add_flag("--json", json, "print one JSON object (docs/json.md)");
}

void add_settings(CLI::App& command, std::vector<std::string>& settings, const std::string& meaning) {
  command.add_option("--set", settings, meaning)->allow_extra_args(false);
}

void UntilOption::add_to(CLI::App& command, const std::string& meaning) {
  command.add_option("--until", name, meaning)->check(CLI::IsMember({"seizure", "horizon"}))->capture_default_str();
}

void add_origin(nlohmann::ordered_json& object, std::uint64_t seed) {
  object["version"] = version;
  object["seed"] = seed;
  object["command"] = command_line;
}

void print_json(const nlohmann::ordered_json& object) {
  print_text(json_for_terminal(object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace)) + "\n");
}

TextStyle text_style_of_stdout() {
  const char* no_color = std::getenv("NO_COLOR");
  const bool refused = no_color != nullptr && *no_color != '\0';
  return !refused && isatty(STDOUT_FILENO) ? TextStyle::terminal : TextStyle::plain;
}

void show_progress(std::uint64_t done, std::uint64_t total, const char* of_what) {
  print_progress(fmt::format("\r{:3.0f} %  {} of {} {}", 100.0 * static_cast<double>(done) / static_cast<double>(total),
                             done, total, of_what));
  if (done == total) clear_progress();
}

std::function<void(std::uint64_t done, std::uint64_t total)> shown_progress(const char* of_what) {
  if (!stderr_is_terminal()) return {};
  return [of_what](std::uint64_t done, std::uint64_t total) { show_progress(done, total, of_what); };
}

int interrupted_before_anything(const char* happened) {
  print_message("interregnum: interrupted before anything {}", happened);
  return exit_interrupted();
}

void clear_progress() { print_progress("\r\x1b[K"); }

EnsembleCallbacks watched_run() {
  EnsembleCallbacks callbacks;
  callbacks.progress = shown_progress("replicates");
  callbacks.stop = interrupted;
  return callbacks;
}

bool stderr_is_terminal() { return isatty(STDERR_FILENO) != 0; }

}  // namespace interregnum::cli
