#include <array>
#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/comparison.hpp"
#include "cli/commands.hpp"
#include "cli/paired_options.hpp"
#include "cli/printing.hpp"
#include "report/comparison_report.hpp"
#include "report/pages.hpp"
#include "report/run_report.hpp"

namespace interregnum::cli {

namespace {

struct CompareOptions {
  std::string a, b;
  std::vector<std::string> changes;
  ThetaOptions theta;
  OutcomeOption outcome;
  FactorOption factors;
  PairedOptions paired;
};

/// For the page: how each of the two ends, and one future of each. A future that Ctrl-C left unplayed is left out.
void play_countries(std::array<PlayedCountry, 2>& countries, const Parameters& parameters,
                    const CompareOptions& options) {
  constexpr std::uint64_t replicates = 4000;
  std::array<CountryRun, 2> runs;
  timed([&] {
    for (std::size_t side = 0; side < 2; ++side)
      runs[side] = run_country(countries[side].scenario, world_of(countries[side].scenario), parameters,
                               {options.paired.seed, 0, replicates, options.paired.threads}, watched_run());
  });
  for (std::size_t side = 0; side < 2 && runs[1].summary.replicates() == replicates; ++side) {
    countries[side].run = run_json(runs[side].description, runs[side].summary);
    countries[side].told = tell_most_frequent(runs[side], parameters.thetas);
  }
}

int compare_command(const CompareOptions& options) {
  const Measure measure = options.outcome.measure();
  FileRoles files;
  files.reads(options.a, "the first country file");
  files.reads(options.b, "the second country file");
  options.theta.name_files(files);
  options.paired.report.name_files(files);
  const Parameters parameters = load_parameters(options.theta.source);
  const LoadedCountry a = load_country(options.a, options.changes, parameters);
  const LoadedCountry b = load_country(options.b, options.changes, parameters);
  const Mixer mixer(a.scenario, b.scenario, options.factors.kind());
  const PageTemplate page = options.paired.report.prepare(options.paired.force, a.scenario.country);
  PairedDescription description = options.paired.describe(options.a, a);
  description.file_b = options.b;
  description.name_b = b.scenario.name;
  if (description.name_a == description.name_b) {  // two versions of one file
    description.name_a += " (" + options.a + ")";
    description.name_b += " (" + options.b + ")";
  }
  Comparison comparison;
  description.seconds =
      timed([&] { comparison = compare(mixer, a.parameters.thetas, measure, options.paired.settings()); });
  if (comparison.futures == 0) return interrupted_before_anything();
  const nlohmann::ordered_json report = comparison_json(description, comparison);
  options.paired.publish(report, comparison_text(description, comparison, text_style_of_stdout()), page, [&] {
    std::array<PlayedCountry, 2> countries{{{a.scenario, {}, {}}, {b.scenario, {}, {}}}};
    if (comparison.complete) play_countries(countries, a.parameters, options);
    return comparison_page(report, countries, page.outline);
  });
  return comparison.complete ? exit_good : exit_interrupted();
}

}  // namespace

void add_compare_command(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("compare", "two country files: how much of the difference is due to which factor");
  auto options = std::make_shared<CompareOptions>();
  command->add_option("A", options->a, "country file")->required();
  command->add_option("B", options->b, "another one of the same country")->required();
  options->outcome.add_to(*command);
  options->factors.add_to(*command, "what counts as a factor: a section of the files, or every single key");
  add_settings(*command, options->changes, "change a value in both files, or a parameter; may be repeated");
  options->theta.add_to(*command);
  options->paired.add_to(
      *command, "futures played in every mixture of the two (default: as many as --standard-error needs)", true);
  command->footer("Example: interregnum compare scenarios/mali-2012.yaml scenarios/mali-2020.yaml --outcome in_power");
  perform(*command, action, options, compare_command);
}

}  // namespace interregnum::cli
