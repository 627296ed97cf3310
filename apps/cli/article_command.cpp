#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/claims.hpp"
#include "analysis/comparison.hpp"
#include "base/quantity.hpp"
#include "base/quoting.hpp"
#include "cli/commands.hpp"
#include "cli/paired_options.hpp"
#include "cli/printing.hpp"
#include "cli/record_options.hpp"
#include "report/article_report.hpp"
#include "report/claims_report.hpp"
#include "report/run_report.hpp"
#include "scenario/article_file.hpp"
#include "scenario/files.hpp"

namespace interregnum::cli {

namespace {

struct ArticleOptions {
  std::string file;
  std::uint64_t replicates = 10000;
  RecordOptions record;
  ThetaOptions theta;
  PairedOptions paired{4000};
};

/// Mistakes that show only once there is a list of parameters.
void check_parameters(const ArticleFile& article) {
  const auto& known = parameter_list();
  for (const Statement& statement : article.statements) {
    for (const Reference& wanted : statement.parameters) {
      if (std::any_of(known.begin(), known.end(), [&](const ParameterEntry& entry) { return entry.key == wanted.id; }))
        continue;
      Diagnostics diagnostics;
      diagnostics.error(wanted.location, wanted.key, fmt::format("there is no parameter '{}'", wanted.id),
                        "`interregnum params` lists them");
      throw InputError(std::move(diagnostics));
    }
  }
}

Measure measure_of(const ArticleFile& article) {
  try {
    return Measure(article.outcome.id);
  } catch (const InputError& error) {
    Diagnostics diagnostics;
    diagnostics.error(article.outcome.location, article.outcome.key, error.what());
    throw InputError(std::move(diagnostics));
  }
}

int article_command(const ArticleOptions& options) {
  const ArticleFile article = load_article(options.file);
  const ClaimFile claim_file = load_claims(article.claims.id);
  FileRoles files;
  files.reads(options.file, "the article file");
  files.reads(article.first.id, "the first country file");
  files.reads(article.second.id, "the second country file");
  name_files_of_claims(files, article.claims.id, claim_file);
  options.theta.name_files(files);
  options.record.name_files(files);
  options.paired.report.name_files(files);
  const Parameters parameters = load_parameters(options.theta.source);
  const ThetaDraws& thetas = parameters.thetas;
  const Measure measure = measure_of(article);
  ArticleResults results;
  results.article = &article;
  auto& [first, second] = results.countries;
  first.scenario = load_scenario(article.first.id);
  second.scenario = load_scenario(article.second.id);
  check_article(article, claim_file, first.scenario, second.scenario);
  check_parameters(article);
  const PageTemplate page = options.paired.report.prepare(options.paired.force, first.scenario.country);
  const Record record = options.record.load();
  const Mixer mixer(first.scenario, second.scenario, FactorKind::section);

  PairedRunSettings settings = options.paired.settings();
  settings.futures = 0;
  const std::string as_here =
      (options.paired.seed == 1 ? "" : fmt::format(" --seed {}", options.paired.seed)) + options.theta.again();
  PairedDescription compared;
  compared.file_a = article.first.id;
  compared.file_b = article.second.id;
  compared.name_a = first.scenario.name;
  compared.name_b = second.scenario.name;
  compared.horizon = duration_in_words(first.scenario.horizon.distribution.mean());
  compared.seed = options.paired.seed;
  compared.theta = parameters.name;
  compared.command = fmt::format("interregnum compare {} {} --outcome {} --standard-error {}{}",
                                 shell_word(article.first.id), shell_word(article.second.id),
                                 shell_word(article.outcome.id), options.paired.standard_error, as_here);
  PairedDescription claimed = compared;
  claimed.file_a = article.claims.id;
  claimed.name_a = claim_file.name;
  claimed.command = fmt::format("interregnum claims {} --replicates {}{}", shell_word(article.claims.id),
                                options.paired.futures, as_here);

  Comparison comparison;
  ClaimResults claims;
  std::array<CountryRun, 2> runs;
  const double seconds = timed([&] {
    for (std::size_t side = 0; side < 2; ++side) {
      const Scenario& scenario = results.countries[side].scenario;
      runs[side] = run_country(scenario, world_of(scenario), parameters,
                               {options.paired.seed, 0, options.replicates, options.paired.threads}, watched_run());
    }
    comparison = compare(mixer, thetas, measure, settings);
    claims = test_claims(claim_file, thetas, record, options.paired.claim_settings(parameters, options.theta));
  });
  if (comparison.futures == 0 || runs[1].summary.replicates() == 0) {
    print_message("interregnum: interrupted before the two countries were compared");
    return exit_interrupted();
  }
  for (std::size_t side = 0; side < 2; ++side) {
    RunDescription& description = runs[side].description;
    description.scenario_file = (side == 0 ? article.first : article.second).id;
    description.command = fmt::format("interregnum run {} --replicates {}{}", shell_word(description.scenario_file),
                                      options.replicates, as_here);
    results.countries[side].run = run_json(description, runs[side].summary);
  }
  results.comparison = comparison_json(compared, comparison);
  results.claims = claims_json(claimed, claim_file, claims);
  const nlohmann::ordered_json report = article_json(results, options.paired.seed, seconds, command_line);
  options.paired.publish(report, article_text(report, text_style_of_stdout()), page, [&] {
    for (std::size_t side = 0; side < 2; ++side) results.countries[side].told = tell_most_frequent(runs[side], thetas);
    return article_page(results, report, page.outline);
  });
  return report["interrupted"].get<bool>() ? exit_interrupted() : exit_good;
}

}  // namespace

void add_article_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "article", "go through an article statement by statement: two countries, their difference, its claims");
  auto options = std::make_shared<ArticleOptions>();
  options->paired.standard_error = 0.01;
  command->add_option("FILE", options->file, "article file (docs/claims.md)")->required();
  add_number(*command, "--runs", options->replicates, "futures of each of the two countries", std::uint64_t{4},
             most_futures)
      ->capture_default_str();
  options->theta.add_to(*command);
  options->record.add_to(*command);
  options->paired.add_to(*command, "futures on each side of a claim's swap", false);
  command->add_option("--standard-error", options->paired.standard_error, "of the factors' shares in the comparison")
      ->check(CLI::Range(0.001, 0.5))
      ->capture_default_str();
  command->footer("Example: interregnum article scenarios/articles/deja-vu-in-mali.yaml --report mali.html");
  perform(*command, action, options, article_command);
}

}  // namespace interregnum::cli
