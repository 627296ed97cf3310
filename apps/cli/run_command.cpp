#include <fmt/core.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/paired_options.hpp"
#include "cli/printing.hpp"
#include "cli/report_options.hpp"
#include "report/pages.hpp"
#include "report/results_file.hpp"
#include "report/run_report.hpp"
#include "study/told_future.hpp"

namespace interregnum::cli {

namespace {

struct RunOptions {
  ScenarioOptions scenario;
  std::uint64_t replicates = 10000;
  std::uint64_t seed = 1;
  bool nested = false;
  int threads = 0;
  UntilOption until;
  std::string out;
  bool force = false;
  std::uint64_t keep_events = 100;
  bool json = false;
  ReportOptions report;

  Design design() const { return nested ? Design::nested : Design::spread; }
  EnsembleSettings settings() const { return {seed, 0, replicates, threads, until.until(), design()}; }
};

/// The results file, as far as there is one. Its errors are kept until the result is printed: hours of work
/// are not thrown away for a full disk.
class KeptResults {
 public:
  explicit KeptResults(std::unique_ptr<ResultsFile> file) : file_(std::move(file)) {}

  template <class Write>
  void write(const Write& write) {
    if (!file_) return;
    try {
      write(*file_);
    } catch (const std::exception&) {
      failure_ = std::current_exception();
      file_.reset();
    }
  }
  void finish() {
    write([](ResultsFile& file) { file.finish(); });
  }
  bool failed() const { return failure_ != nullptr; }
  void throw_if_failed() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  std::unique_ptr<ResultsFile> file_;
  std::exception_ptr failure_;
};

void refuse_clashing_files(const RunOptions& options) {
  FileRoles files;
  options.scenario.name_files(files);
  files.writes_database(options.out, "--out");
  options.report.name_files(files);
}

int run_command(const RunOptions& options) {
  refuse_clashing_files(options);
  const LoadedCountry loaded = options.scenario.load();
  const ThetaDraws& thetas = loaded.parameters.thetas;
  const std::shared_ptr<const World> world = world_of(loaded.scenario);
  const PageTemplate page = options.report.prepare(options.force, loaded.scenario.country);
  std::unique_ptr<ResultsFile> file;
  if (!options.out.empty()) {
    file = std::make_unique<ResultsFile>(options.out, options.force);
    std::vector<std::pair<std::string, std::string>> settings{
        {"seed", std::to_string(options.seed)}, {"until", options.until.name}, {"theta", loaded.parameters.name}};
    if (options.nested) settings.emplace_back("nested", "yes");
    for (const auto& [key, value] : loaded.overrides) settings.emplace_back("set " + key, value);
    file->add_run(loaded.scenario, thetas, settings);
  }
  KeptResults results(std::move(file));

  const EnsembleSettings settings = options.settings();
  EnsembleCallbacks callbacks = watched_run();
  callbacks.records = [&](std::span<const RunRecord> records) {
    results.write([&](ResultsFile& kept) { kept.add_records(records); });
  };
  callbacks.stop = [&] { return interrupted() || results.failed(); };
  catch_interrupts();
  CountryRun result = run_country(loaded.scenario, world, loaded.parameters, settings, callbacks);
  const std::uint64_t done = result.summary.replicates();
  if (callbacks.progress && done < options.replicates) clear_progress();
  RunDescription& description = result.description;
  description.scenario_file = options.scenario.file;
  description.command = command_line;
  description.overrides = loaded.overrides;

  if (done == 0) return interrupted_before_anything();
  bool complete = done == options.replicates;
  answer_interrupt();  // the events of the futures that were played belong to what is kept
  results.write([&](ResultsFile& kept) {
    const std::uint64_t wanted = std::min(options.keep_events, done);
    const std::uint64_t told = tell_first_futures(
        *world, thetas, settings, wanted, interrupted,
        [&](std::uint64_t replicate, const std::vector<Event>& events) { kept.add_events(*world, replicate, events); });
    if (told == wanted) return;
    complete = false;
    print_message("interregnum: interrupted; the events of {} of {} replicates were kept", told, wanted);
  });
  results.finish();
  let_interrupts_through();
  const nlohmann::ordered_json report = run_json(description, result.summary);
  if (options.json) {
    print_json(report);
  } else {
    print_text(run_text(description, result.summary, text_style_of_stdout()));
    if (!options.out.empty() && !results.failed()) print_text("Results: {}\n", options.out);
  }
  if (options.report.wanted()) {
    finish_stdout();  // a signal that ends the program now does not take it back
    const ToldFuture told = tell_most_frequent(result, thetas);
    options.report.write(
        page, run_page(report, run_sentence(description, result.summary), loaded.scenario, told, page.outline),
        options.force);
    if (!options.json) print_text("Report: {}\n", options.report.file);
  }
  results.throw_if_failed();
  return complete ? exit_good : exit_interrupted();
}

}  // namespace

void add_run_command(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("run", "simulate a country file many times and say how likely each outcome is");
  auto options = std::make_shared<RunOptions>();
  options->scenario.add_to(*command);
  add_number(*command, "--replicates", options->replicates, "futures to simulate", std::uint64_t{1},
             1000 * most_futures)
      ->capture_default_str();
  add_seed(*command, options->seed);
  command->add_flag(
      "--nested", options->nested,
      "four successive futures share what is drawn for the country file and sixteen the parameters, where "
      "else each has draws of its own (the first thousand; docs/decisions/0003): tells inputs, parameters "
      "and chance apart in few futures, at the price of a wider interval");
  add_threads(*command, options->threads);
  options->until.add_to(*command, "seizure: stop each replicate once the seizure is decided");
  command->add_option("--out", options->out, "write all replicates to this SQLite file");
  options->report.add_to(*command);
  command->add_flag("--force", options->force, "overwrite the files of --out and --report");
  command->add_option("--keep-events", options->keep_events, "with --out: of how many replicates to keep the events")
      ->check(whole_number())
      ->capture_default_str();
  add_json(*command, options->json);
  command->footer("Example: interregnum run scenarios/mali-2020.yaml --set plot.tier=senior --out mali.db");
  perform(*command, action, options, run_command);
}

}  // namespace interregnum::cli
