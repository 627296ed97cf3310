#include <fmt/core.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/record/store.hpp"
#include "analysis/record/table_file.hpp"
#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/record_options.hpp"
#include "report/record_report.hpp"

namespace interregnum::cli {

namespace {

struct Options {
  RecordOptions record;
  OutputOptions out;
  std::vector<std::string> files;
  std::string country;
  bool years = false;
  bool json = false;
};

int import_command(const Options& options) {
  Imports changed;
  for (const std::string& file : options.files) {
    const TableFile table = read_table_file(file);
    const Dataset& dataset = recognise(table);
    if (!changed.emplace(std::string(dataset.name), read_rows(dataset, table)).second)
      throw InputError(fmt::format("{}: a second file of {}", file, dataset.title));
  }
  const std::string path = options.record.path();
  if (path.empty()) throw InputError("neither --record nor HOME says where the store is");
  Imports imports = read_store(path);
  for (const auto& [name, rows] : changed) imports[name] = rows;
  Record record = read_shipped_record(shipped_data());
  const MatchReport report = rebuild(record, imports);
  write_store(path, changed, record);
  if (options.json) {
    nlohmann::ordered_json object = match_json(report, record.attempts.size());
    object["store"] = path;
    print_json(object);
  } else {
    fmt::print("{}Store: {}\n", match_text(report, record.attempts.size()), path);
  }
  return exit_good;
}

int summary_command(const Options& options) {
  const Record record = load_record(options.record);
  const RecordSummary summary = summarise(record.attempts);
  if (options.json) {
    print_json(record_summary_json(summary, record.until));
  } else {
    fmt::print("{}", record_summary_text(summary, record.until));
  }
  return exit_good;
}

int show_command(const Options& options) {
  const Record record = load_record(options.record);
  const RecordCountry& country = record.country(options.country);
  std::vector<Attempt> attempts;
  for (const Attempt& attempt : record.attempts) {
    if (attempt.country_code == country.code) attempts.push_back(attempt);
  }
  if (options.json) {
    print_json(country_record_json(country, attempts));
  } else {
    fmt::print("{}", country_record_text(country, attempts));
  }
  return exit_good;
}

int export_command(const Options& options) {
  const Record record = load_record(options.record);
  if (options.json) {
    options.out.write(nlohmann::ordered_json{{"attempts", attempts_json(record.attempts)}}.dump(2) + "\n");
  } else {
    options.out.write(options.years ? country_years_csv(record) : attempts_csv(record));
  }
  return exit_good;
}

CLI::App* add(CLI::App& parent, const std::shared_ptr<Options>& options, Action& action, const char* name,
              const char* meaning, int (*command)(const Options&)) {
  CLI::App* added = parent.add_subcommand(name, meaning);
  options->record.add_to(*added);
  add_json(*added, options->json);
  added->callback([options, &action, command] { action = [options, command] { return command(*options); }; });
  return added;
}

}  // namespace

void add_record_command(CLI::App& app, Action& action) {
  CLI::App* record = app.add_subcommand("record", "the attempts on record: ask, export, import the sources anew");
  record->require_subcommand(1);
  auto options = std::make_shared<Options>();
  add(*record, options, action, "summary", "attempts and successes by decade and by rank", summary_command);
  CLI::App* show = add(*record, options, action, "show", "the attempts of one country", show_command);
  show->add_option("COUNTRY", options->country, "name, ISO 3166-1 alpha-3 or Correlates of War code")->required();
  CLI::App* written =
      add(*record, options, action, "export", "all attempts as a table (CSV), or as JSON", export_command);
  options->out.add_to(*written);
  written->add_flag("--country-years", options->years, "instead the facts of countries at the end of each year")
      ->excludes("--json");
  CLI::App* import = add(*record, options, action, "import", "read datasets as their authors publish them into a store",
                         import_command);
  import
      ->add_option("FILES", options->files,
                   "Powell & Thyne, CAM, Cline CDP, Colpus, Archigos, country-months; found out by their columns")
      ->required();
  record->footer("Example: interregnum record import powell_thyne.tsv cam.csv && interregnum record summary");
}

}  // namespace interregnum::cli
