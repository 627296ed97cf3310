#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/sensitivity.hpp"
#include "cli/commands.hpp"
#include "cli/paired_options.hpp"
#include "cli/printing.hpp"
#include "report/pages.hpp"
#include "report/sensitivity_report.hpp"

namespace interregnum::cli {

namespace {

struct SensitivityOptions {
  ScenarioOptions scenario;
  OutcomeOption outcome;
  FactorOption factors;
  PairedOptions paired{4096};
};

int sensitivity_command(const SensitivityOptions& options) {
  const Measure measure = options.outcome.measure();
  FileRoles files;
  options.scenario.name_files(files);
  options.paired.report.name_files(files);
  const LoadedCountry loaded = options.scenario.load();
  const World world = compile(loaded.scenario);
  const PageTemplate page = options.paired.report.prepare(options.paired.force);
  PairedDescription description = options.paired.describe(options.scenario.file, loaded);
  Sensitivity sensitivity;
  description.seconds = timed([&] {
    sensitivity = analyse_sensitivity(world, loaded.parameters.thetas, measure, options.factors.kind(),
                                      options.paired.settings());
  });
  if (!sensitivity.can_be_told) return interrupted_before_anything("could be said");
  const nlohmann::ordered_json report = sensitivity_json(description, measure, sensitivity);
  options.paired.publish(report, sensitivity_text(description, measure, sensitivity, text_style_of_stdout()), page,
                         [&] { return sensitivity_page(report, loaded.scenario); });
  return sensitivity.complete ? exit_good : exit_interrupted();
}

}  // namespace

void add_sensitivity_command(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("sensitivity", "what of a country file would be worth finding out, and how much is chance");
  auto options = std::make_shared<SensitivityOptions>();
  options->scenario.add_to(*command);
  options->outcome.add_to(*command);
  options->factors.add_to(*command, "sections of the file, or every uncertain value by itself");
  options->paired.add_to(*command, "points of the design; each is played twice for every section or value", false);
  command->footer("Example: interregnum sensitivity scenarios/mali-2020.yaml --outcome seized");
  perform(*command, action, options, sensitivity_command);
}

}  // namespace interregnum::cli
