#include "cli/paired_options.hpp"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/printing.hpp"

namespace interregnum::cli {

void PairedOptions::add_to(CLI::App& command, const std::string& futures_meaning, bool with_standard_error) {
  CLI::Option* number = add_number(command, "--replicates", futures, futures_meaning, std::uint64_t{2}, most_futures);
  if (with_standard_error) {
    command
        .add_option("--standard-error", standard_error,
                    "go on until the largest standard error is this small (0.02: two percentage points)")
        ->check(CLI::Range(0.001, 0.5))
        ->capture_default_str()
        ->excludes(number);
  } else {
    number->capture_default_str();
  }
  add_seed(command, seed);
  add_threads(command, threads);
  report.add_to(command);
  command.add_flag("--force", force, "overwrite the file of --report");
  add_json(command, json);
}

void OutcomeOption::add_to(CLI::App& command) {
  command
      .add_option("--outcome", name,
                  "what is asked: an outcome (in_power, failed, …), seized, another_attempt, an event, or any of them "
                  "with _if_seized")
      ->capture_default_str();
}

void FactorOption::add_to(CLI::App& command, const std::string& meaning) {
  command.add_option("--by", by, meaning)->check(CLI::IsMember({"section", "key"}))->capture_default_str();
}

PairedRunSettings PairedOptions::settings() const {
  PairedRunSettings settings;
  settings.seed = seed;
  settings.futures = futures;
  settings.standard_error = standard_error;
  settings.threads = threads;
  settings.stop = interrupted;
  settings.progress = shown_progress("futures");
  return settings;
}

void PairedOptions::publish(const nlohmann::ordered_json& result, const std::string& text,
                            const PageTemplate& page_template,
                            const std::function<nlohmann::ordered_json()>& make_page) const {
  if (json) {
    print_json(result);
  } else {
    print_text(text);
  }
  if (!report.wanted()) return;
  finish_stdout();  // a signal that ends the program now does not take it back
  report.write(page_template, make_page(), force);
  if (!json) print_text("Report: {}\n", report.file);
}

ClaimSettings PairedOptions::claim_settings(const Parameters& parameters, const ThetaOptions& theta) const {
  ClaimSettings settings(futures);
  settings.seed = seed;
  settings.fitted = parameters.fitted;
  settings.options = theta.again();
  settings.threads = threads;
  settings.stop = interrupted;
  settings.progress = shown_progress("claims");
  return settings;
}

void name_files_of_claims(FileRoles& files, const std::string& path, const ClaimFile& claims) {
  files.reads(path, "the claim file");
  for (const ClaimCountry& country : claims.files) files.reads(country.path, "a country file of the claims");
}

PairedDescription PairedOptions::describe(const std::string& file, const LoadedCountry& country) const {
  return describe_paired(file, country, seed, command_line);
}

double timed(const std::function<void()>& work) {
  catch_interrupts();
  const auto started = std::chrono::steady_clock::now();
  work();
  let_interrupts_through();
  if (stderr_is_terminal()) clear_progress();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

}  // namespace interregnum::cli
