#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/claims.hpp"
#include "analysis/comparison.hpp"
#include "cli/commands.hpp"
#include "cli/paired_options.hpp"
#include "cli/record_options.hpp"
#include "cli/single_run.hpp"
#include "report/article_report.hpp"
#include "report/claims_report.hpp"
#include "scenario/article_file.hpp"
#include "scenario/read_scenario.hpp"

namespace interregnum::cli {

namespace {

struct Options {
  std::string file;
  std::uint64_t replicates = 10000;
  RecordOptions record;
  PairedOptions paired{4000};
};

/// What only shows once there is a list of parameters.
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

int article_command(const Options& options) {
  const ArticleFile article = load_article(options.file);
  const ClaimFile claim_file = load_claims(article.claims);
  const Theta theta = default_theta();
  const Measure measure(article.outcome);
  ArticleResults results;
  results.article = &article;
  results.first = load_scenario(article.first);
  results.second = load_scenario(article.second);
  check_article(article, claim_file, results.first, results.second);
  check_parameters(article);
  const PageTemplate page = options.paired.report.prepare(options.paired.force, results.first.country);
  const Record record = load_record(options.record);
  const Mixer mixer(results.first, results.second, FactorKind::section);

  PairedRunSettings settings = options.paired.settings();
  settings.futures = 0;
  PairedDescription compared;
  compared.file_a = article.first;
  compared.file_b = article.second;
  compared.name_a = results.first.name;
  compared.name_b = results.second.name;
  compared.seed = options.paired.seed;
  compared.command = fmt::format("interregnum compare {} {} --outcome {} --standard-error {}", article.first,
                                 article.second, article.outcome, options.paired.standard_error);
  PairedDescription claimed = compared;
  claimed.file_a = article.claims;
  claimed.name_a = claim_file.name;
  claimed.command = fmt::format("interregnum claims {} --replicates {}", article.claims, options.paired.futures);

  Comparison comparison;
  ClaimResults claims;
  std::array<SingleRun, 2> runs;
  const double seconds = timed([&] {
    for (std::size_t side = 0; side < 2; ++side)
      runs[side] = run_once(side == 0 ? results.first : results.second, theta, options.replicates, options.paired.seed,
                            options.paired.threads);
    comparison = compare(mixer, theta, measure, settings);
    claims = test_claims(claim_file, theta, record, options.paired.claim_settings());
  });
  if (interrupted() && (claims.claims.empty() || comparison.futures == 0 || runs[1].summary.replicates() == 0)) {
    fmt::print(stderr, "interregnum: interrupted before there was something of every part\n");
    return exit_interrupted;
  }
  for (std::size_t side = 0; side < 2; ++side) {
    runs[side].description.scenario_file = side == 0 ? article.first : article.second;
    runs[side].description.command =
        fmt::format("interregnum run {} --replicates {}", runs[side].description.scenario_file, options.replicates);
    results.runs.push_back(run_json(runs[side].description, runs[side].summary));
    results.told.push_back({options.paired.seed, 0, runs[side].first.of_most_frequent()});
  }
  results.comparison = comparison_json(compared, comparison);
  results.claims = claims_json(claimed, claim_file, claims);
  const nlohmann::ordered_json report = article_json(results, seconds, command_line);
  if (options.paired.report.wanted())
    options.paired.report.write(page, article_page(results, report, theta, page.outline), options.paired.force);
  if (options.paired.json) {
    print_json(report);
  } else {
    fmt::print("{}", article_text(report, text_style_of_stdout()));
    if (options.paired.report.wanted()) fmt::print("Report: {}\n", options.paired.report.file);
  }
  return report["interrupted"].get<bool>() ? exit_interrupted : exit_good;
}

}  // namespace

void add_article_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "article", "go through an article statement by statement: two countries, their difference, its claims");
  auto options = std::make_shared<Options>();
  options->paired.standard_error = 0.01;
  command->add_option("FILE", options->file, "article file (docs/claims.md)")->required();
  command->add_option("--runs", options->replicates, "futures of each of the two countries")
      ->check(whole_number())
      ->check(CLI::Range(4ULL, 1000000ULL))
      ->capture_default_str();
  options->record.add_to(*command);
  options->paired.add_to(*command, "futures on each side of a claim's swap", false);
  command->add_option("--standard-error", options->paired.standard_error, "of the factors' shares in the comparison")
      ->check(CLI::Range(0.001, 0.5))
      ->capture_default_str();
  command->footer("Example: interregnum article scenarios/articles/deja-vu-in-mali.yaml --report mali.html");
  command->callback([options, &action] { action = [options] { return article_command(*options); }; });
}

}  // namespace interregnum::cli
