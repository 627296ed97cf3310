#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/claims.hpp"
#include "cli/commands.hpp"
#include "cli/paired_options.hpp"
#include "cli/printing.hpp"
#include "cli/record_options.hpp"
#include "report/claims_report.hpp"
#include "report/pages.hpp"
#include "scenario/files.hpp"

namespace interregnum::cli {

namespace {

struct ClaimsOptions {
  std::string file;
  std::vector<std::string> changes;
  ThetaOptions theta;
  RecordOptions record;
  PairedOptions paired{4000};
};

int claims_command(const ClaimsOptions& options) {
  const ClaimFile file = load_claims(options.file);
  FileRoles files;
  name_files_of_claims(files, options.file, file);
  options.theta.name_files(files);
  options.record.name_files(files);
  options.paired.report.name_files(files);
  const Parameters parameters = load_parameters(options.theta.source, options.changes);
  const Record record = options.record.load();
  const PageTemplate page = options.paired.report.prepare(options.paired.force);
  PairedDescription description;
  description.file_a = options.file;
  description.name_a = file.name;
  description.seed = options.paired.seed;
  description.command = command_line;
  description.theta = parameters.name;
  ClaimSettings settings = options.paired.claim_settings(parameters, options.theta);
  for (const std::string& change : options.changes) settings.parameters.push_back(parse_override(change));
  description.overrides = settings.parameters;
  ClaimResults results;
  description.seconds = timed([&] { results = test_claims(file, parameters.thetas, record, settings); });
  if (results.claims.empty()) return interrupted_before_anything();
  const nlohmann::ordered_json report = claims_json(description, file, results);
  options.paired.publish(report, claims_text(description, results, text_style_of_stdout()), page,
                         [&] { return claims_page(report); });
  return results.complete ? exit_good : exit_interrupted();
}

}  // namespace

void add_claims_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("claims", "test the claims of a file on the model and on the record");
  auto options = std::make_shared<ClaimsOptions>();
  command->add_option("FILE", options->file, "claim file (docs/claims.md)")->required();
  add_settings(*command, options->changes, settings_of_parameters);
  options->theta.add_to(*command);
  options->record.add_to(*command);
  options->paired.add_to(*command, "futures on each side of a swap", false);
  command->footer("Example: interregnum claims scenarios/claims/mali.yaml");
  perform(*command, action, options, claims_command);
}

}  // namespace interregnum::cli
