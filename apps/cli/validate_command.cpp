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

struct ValidateOptions {
  RecordOptions record;
  ValidationSettings settings;
  std::vector<std::string> changes;
  ThetaOptions theta;
  bool json = false;
};

int validate_command(const ValidateOptions& options) {
  const Parameters parameters = load_parameters(options.theta.source, options.changes);
  const Record record = options.record.load();
  const auto progress = shown_progress("attempts and country-years");
  catch_interrupts();
  const Validation validation = validate(record, parameters.thetas, options.settings, progress, interrupted);
  let_interrupts_through();
  if (progress && !validation.complete) clear_progress();
  if (validation.attempts.empty()) return interrupted_before_anything();
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
  auto options = std::make_shared<ValidateOptions>();
  options->record.add_to(*command);
  add_number(*command, "--replicates", options->settings.replicates, "futures of each attempt", std::uint64_t{4},
             most_futures)
      ->capture_default_str();
  add_seed(*command, options->settings.seed);
  add_threads(*command, options->settings.threads);
  add_settings(*command, options->changes, settings_of_parameters);
  options->theta.add_to(*command);
  add_json(*command, options->json);
  perform(*command, action, options, validate_command);
}

}  // namespace interregnum::cli
