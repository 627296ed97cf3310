#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/fit_options.hpp"
#include "cli/options.hpp"
#include "cli/paired_options.hpp"
#include "cli/printing.hpp"
#include "cli/record_options.hpp"
#include "files/read_file.hpp"
#include "fit/fit_folder.hpp"
#include "fit/posterior_file.hpp"
#include "record/attempt_table.hpp"
#include "report/forward_report.hpp"
#include "report/score_report.hpp"
#include "study/places.hpp"

namespace interregnum::cli {

namespace {

constexpr const char* shipped_forward = "forward-2011.json";
constexpr int kept_of_each_year = 150;  // draws of each of four chains

struct ScoreOptions {
  RecordOptions record;
  ScoringSettings settings;
  std::string fit;
  std::string attempts;
  std::string months;
  bool forward = false;
  bool again = false;
  std::string out = "forward";
  bool force = false;
  FitSettings fitted;  ///< of the fits year by year
  bool json = false;
};

/// A file of draws: of the fit that was named, else of those that ship.
std::string draws_file(const ScoreOptions& options, const std::string& name) {
  return options.fit.empty() ? shipped_draws(name) : options.fit + "/" + name + ".nc";
}

/// The sources of the figures, so that they can be made again.
nlohmann::ordered_json with_origin(nlohmann::ordered_json object, const ScoreOptions& options) {
  object["draws"] = options.fit.empty() ? "shipped" : options.fit;
  object["replicates"] = options.settings.forecasts.replicates;
  add_origin(object, options.settings.forecasts.seed);
  return object;
}

ScoringCallbacks callbacks_of() {
  ScoringCallbacks callbacks;
  callbacks.stop = interrupted;
  callbacks.progress = shown_progress("attempts");
  return callbacks;
}

int interrupted_before_the_end() {
  print_message("interregnum: interrupted; scores need all attempts");
  return exit_interrupted();
}

int score_what_was_left_out(const ScoreOptions& options, const Record& record) {
  std::map<std::string, Posterior> posteriors;
  for (int fold = 0; fold <= number_of_folds; ++fold) {
    const std::string name = fold < number_of_folds ? fmt::format("fold-{}", fold) : "to-1989";
    const std::string file = draws_file(options, name);
    if (!std::filesystem::exists(file))
      throw InputError(fmt::format("{}: there are no such draws (interregnum fit --folds makes them)", file));
    posteriors[name] = read_posterior(file, DrawsNeeded::fit);
  }
  RecordScores scores;
  timed([&] { scores = score_record(record, posteriors, options.settings, callbacks_of()); });
  if (!scores.complete) return interrupted_before_the_end();
  if (options.json) {
    print_json(with_origin(score_json(scores), options));
  } else {
    print_text(score_text(scores));
  }
  return exit_good;
}

int score_attempts_of(const ScoreOptions& options, Record record) {
  const Posterior posterior = read_posterior(draws_file(options, "posterior"), DrawsNeeded::fit);
  const TableColumns table(read_table_file(options.attempts));
  Diagnostics warnings;
  const std::vector<std::string> ids = add_attempts(record, read_attempts(table, &warnings));
  print_warnings(warnings);
  if (ids.empty()) throw InputError(fmt::format("{}: all its attempts are on record already", options.attempts));
  if (const std::vector<std::string> absent = absent_columns(table); !absent.empty())
    print_message("interregnum: {}: not known of any attempt, for want of a column: {}", options.attempts,
                  fmt::join(absent, ", "));
  AttemptScores scores;
  timed([&] { scores = score_attempts(record, ids, posterior, options.settings, callbacks_of()); });
  if (!scores.complete) return interrupted_before_the_end();
  if (options.json) {
    print_json(with_origin(attempt_scores_json(scores), options));
  } else {
    print_text(attempt_scores_text(scores));
  }
  return exit_good;
}

int score_months_of(const ScoreOptions& options, Record record) {
  const Posterior posterior = read_posterior(draws_file(options, "posterior"), DrawsNeeded::fit);
  const std::chrono::sys_days known = record.until;
  Diagnostics warnings;
  const std::vector<CountryMonth> panel = add_panel(record, read_table_file(options.months), &warnings);
  print_warnings(warnings);
  const OnsetScores scores = score_months(record, panel, known, posterior, options.settings);
  if (options.json) {
    print_json(with_origin(months_scores_json(scores), options));
  } else {
    print_text(onset_scores_text(scores));
  }
  return exit_good;
}

/// Shows the scores that ship, which an earlier `--again` made.
int show_forward(const ScoreOptions& options) {
  const std::string path = shipped_data() + "/" + shipped_forward;
  std::string text;
  try {
    text = read_file(path);
  } catch (const InputError&) {
    throw InputError(
        fmt::format("{}: cannot be read; it ships with the program (--again computes the scores anew)", path));
  }
  const auto report = nlohmann::ordered_json::parse(text, nullptr, false);
  const std::string shown = forward_text(report, path);  // looks at all of it
  if (options.json) {
    print_json(report);
  } else {
    print_text(shown);
  }
  return exit_good;
}

int score_forward_again(const ScoreOptions& options) {
  const Record record = options.record.load();
  const FitStore store = open_fit_folder(options.out, description_of_fit(record, options.fitted), options.force);
  ForwardSettings settings;
  settings.fit = options.fitted;
  settings.fit.kept = kept_of_each_year;
  settings.forecasts = options.settings.forecasts;
  ForwardCallbacks callbacks;
  callbacks.fit = fit_callbacks();
  callbacks.progress = shown_progress("years");
  ForwardScores scores;
  timed([&] { scores = score_forward(record, settings, store, callbacks); });
  if (!scores.complete) {
    print_message("interregnum: interrupted; the same command goes on from there");
    return exit_interrupted();
  }
  auto report = forward_json(scores);
  report["seizure_draws"] = options.fitted.seizure_draws;
  report["replicates"] = settings.forecasts.replicates;
  add_origin(report, settings.forecasts.seed);
  if (options.json) {
    print_json(report);
  } else {
    print_text(forward_text(report, "the scores"));
  }
  return exit_good;
}

int score_command(const ScoreOptions& options) {
  if (options.forward) return options.again ? score_forward_again(options) : show_forward(options);
  const Record record = options.record.load();
  if (!options.attempts.empty()) return score_attempts_of(options, record);
  if (!options.months.empty()) return score_months_of(options, record);
  return score_what_was_left_out(options, record);
}

}  // namespace

void add_score_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("score", "score forecasts of what a fit had not seen, beside simple ones");
  auto options = std::make_shared<ScoreOptions>();
  options->record.add_to(*command);
  command->add_option("--fit", options->fit, "folder of a fit with --folds (default: the draws that ship)");
  CLI::Option* attempts = command->add_option(
      "--attempts", options->attempts, "score these attempts instead: a table in the columns of data/attempts.csv");
  command
      ->add_option("--months", options->months,
                   "score these country-months instead: a panel in the layout of CoupCats with attempts and successes")
      ->excludes(attempts);
  add_number(*command, "--replicates", options->settings.forecasts.replicates, "futures of each attempt",
             std::uint64_t{16}, most_futures)
      ->capture_default_str();
  add_seed(*command, options->settings.forecasts.seed);
  add_threads(*command, options->settings.forecasts.threads);
  add_json(*command, options->json);
  CLI::Option* forward = command->add_flag("--forward", options->forward,
                                           "instead: forecasts of each year by what was known before; those that ship");
  forward->excludes(attempts);
  CLI::Option* again = command->add_flag("--again", options->again, "with --forward: compute them anew (an hour)");
  again->needs(forward);
  command
      ->add_option("--out", options->out,
                   "with --again: folder in which it keeps finished pieces; that of a fit lends its futures")
      ->needs(again)
      ->capture_default_str();
  add_number(*command, "--seizure-draws", options->fitted.seizure_draws,
             "with --again: draws of parameters, each played in every attempt", fewest_draws_of_bank, most_futures)
      ->needs(again)
      ->capture_default_str();
  command->add_flag("--force", options->force, "with --again: begin anew in a folder that belongs to another fit")
      ->needs(again);
  command->footer("Example: interregnum score --attempts attempts-since-2012.csv");
  command->callback([options, &action] {
    // Those that are followed for two years cost twenty times as much.
    options->fitted.seed = options->settings.forecasts.seed;
    options->fitted.threads = options->settings.forecasts.threads;
    options->settings.spells = std::max<std::uint64_t>(8, options->settings.forecasts.replicates / 4);
    action = [options] { return score_command(*options); };
  });
}

}  // namespace interregnum::cli
