#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/extremes.hpp"
#include "base/resource_error.hpp"
#include "base/version.hpp"
#include "cli/commands.hpp"
#include "cli/fit_options.hpp"
#include "cli/options.hpp"
#include "cli/paired_options.hpp"
#include "cli/printing.hpp"
#include "cli/record_options.hpp"
#include "fit/fit_folder.hpp"
#include "fit/posterior_file.hpp"
#include "report/fit_report.hpp"

namespace interregnum::cli {

namespace {

struct FitOptions {
  RecordOptions record;
  FitSettings settings;
  std::string out = "fit";
  int calibrate = 0;
  bool force = false;
  bool json = false;
};

constexpr std::string_view went_no_further = "interregnum: interrupted; the same command goes on from there";

/// The sources of the figures, so that they can be made again.
nlohmann::ordered_json with_origin(nlohmann::ordered_json object, const FitSettings& settings) {
  object["seizure_draws"] = settings.seizure_draws;
  object["after_draws"] = settings.after_draws;
  object["kept"] = settings.kept;
  add_origin(object, settings.seed);
  return object;
}

/// Chains that have not met, or draws so few that intervals are not worth much.
void warn_of_poor_chains(const Fit& fit) {
  constexpr double most_r_hat = 1.02, enough = 400.0;
  double largest = 0.0;
  double smallest = enough;
  for (const ChainsSummary& chains : fit.chains) {
    largest = larger(largest, chains.largest_r_hat);
    smallest = smaller(smallest, chains.smallest_sample_size);
  }
  if (largest <= most_r_hat && smallest >= enough) return;
  print_message(
      "interregnum: WARNING: the chains are poor (R-hat up to {:.2f}, effective sample size down to {:.0f}; "
      "at most {} and at least {:.0f} would do): keep more draws (--kept) before these are used",
      largest, smallest, most_r_hat, enough);
}

int calibrate_command(const FitOptions& options, const Record& record, const FitStore& store) {
  Calibration calibration;
  timed([&] { calibration = calibrate(record, options.settings, options.calibrate, store, fit_callbacks()); });
  if (calibration.records == 0) {
    print_message(went_no_further);
    return exit_interrupted();
  }
  if (options.json) {
    print_json(with_origin(calibration_json(calibration), options.settings));
  } else {
    print_text(calibration_text(calibration));
  }
  return calibration.complete ? exit_good : exit_interrupted();
}

/// The store must be none of the files that are written, or removed by --force, in the folder.
void refuse_clashing_files(const FitOptions& options) {
  FileRoles files;
  options.record.name_files(files);
  for (const std::string& file : files_of_fit_folder(options.out)) files.writes(file, "--out");
}

int fit_in_folder(const FitOptions& options) {
  const Record record = options.record.load();
  const FitStore store = open_fit_folder(options.out, description_of_fit(record, options.settings), options.force);
  if (options.calibrate > 0) return calibrate_command(options, record, store);
  Fit fit;
  timed([&] { fit = fit_to_record(record, options.settings, store, fit_callbacks()); });
  for (const NamedPosterior& named : fit.posteriors) {
    // Scores need fewer draws, and eleven files of them are kept.
    const bool whole = &named == &fit.posteriors.front();
    write_posterior(options.out + "/" + named.name + ".nc", whole ? named.posterior : thinned(named.posterior, 5),
                    fmt::format("Interregnum {}: parameters given the record, {}", version, named.name));
  }
  if (fit.posteriors.empty()) {
    print_message(went_no_further);
    return exit_interrupted();
  }
  warn_of_poor_chains(fit);
  if (options.json) {
    print_json(with_origin(fit_json(fit, options.out), options.settings));
  } else {
    print_text(fit_text(fit, options.out));
  }
  return fit.complete ? exit_good : exit_interrupted();
}

int fit_command(const FitOptions& options) {
  refuse_clashing_files(options);
  try {
    return fit_in_folder(options);
  } catch (const ResourceError& error) {
    throw ResourceError(
        fmt::format("{}; the finished pieces are kept: the same command goes on from there", error.what()));
  }
}

}  // namespace

void add_fit_command(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("fit", "fit the parameters to the record; can be ended at any moment and goes on");
  auto options = std::make_shared<FitOptions>();
  options->record.add_to(*command);
  command->add_option("--out", options->out, "folder of the fit: its draws, and what it needs to go on")
      ->capture_default_str();
  command->add_flag("--folds", options->settings.folds,
                    "also fit without each tenth of the countries, and to 1989 only: what `score` needs");
  add_number(*command, "--seizure-draws", options->settings.seizure_draws,
             "draws of parameters, each played in every attempt", fewest_draws_of_bank, most_futures)
      ->capture_default_str();
  add_number(*command, "--after-draws", options->settings.after_draws,
             "the same, played to two years after the seizure", fewest_draws_of_bank, most_futures)
      ->capture_default_str();
  add_number(*command, "--calibrate", options->calibrate,
             "instead: make so many records up from known parameters, and see whether the fit finds them", 1, 9999);
  add_number(*command, "--kept", options->settings.kept, "draws that are kept of each of four chains", 10, 100000)
      ->capture_default_str();
  add_seed(*command, options->settings.seed);
  add_threads(*command, options->settings.threads);
  command->add_flag("--force", options->force, "begin anew in a folder that belongs to another fit");
  add_json(*command, options->json);
  command->footer("Example: interregnum fit --out fit --folds");
  perform(*command, action, options, fit_command);
}

}  // namespace interregnum::cli
