#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/printing.hpp"
#include "cli/record_options.hpp"
#include "cli/theta_options.hpp"
#include "report/record_report.hpp"
#include "scoring/validation.hpp"

namespace interregnum::cli {

namespace {

struct Options {
  RecordOptions record;
  ValidationSettings settings;
  std::vector<std::string> changes;
  ThetaOptions theta;
  bool json = false;
};

int validate_command(const Options& options) {
  const Parameters parameters = load_parameters(options.theta.source, options.changes);
  const Record record = options.record.load();
  std::function<void(std::uint64_t, std::uint64_t)> progress;
  if (stderr_is_terminal())
    progress = [](std::uint64_t done, std::uint64_t total) {
      show_progress(done, total, "attempts and country-years");
    };
  catch_interrupts();
  const Validation validation = validate(record, parameters.thetas, options.settings, progress, interrupted);
  let_interrupts_through();
  if (progress && !validation.complete) clear_progress();
  if (validation.attempts.empty()) {
    print_message("interregnum: interrupted before anything was done");
    return exit_interrupted();
  }
  if (options.json) {
    print_json(validation_json(validation, options.settings, parameters.name));
  } else {
    print_text(validation_text(validation));
  }
  return validation.complete ? exit_good : exit_interrupted();
}

}  // namespace

void add_validate_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("validate", "simulate every attempt on record and set the model beside it");
  auto options = std::make_shared<Options>();
  options->record.add_to(*command);
  command->add_option("--replicates", options->settings.replicates, "futures of each attempt")
      ->check(whole_number())
      ->check(CLI::Range(4ULL, 1000000ULL))
      ->capture_default_str();
  add_seed(*command, options->settings.seed);
  add_threads(*command, options->settings.threads);
  command->add_option("--set", options->changes, "change a parameter (theta.seizure.momentum=0); may be repeated")
      ->allow_extra_args(false);
  options->theta.add_to(*command);
  add_json(*command, options->json);
  command->callback([options, &action] { action = [options] { return validate_command(*options); }; });
}

}  // namespace interregnum::cli
