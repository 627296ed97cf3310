#include <fmt/core.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "base/dates.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/printing.hpp"
#include "cli/record_options.hpp"
#include "files/roles.hpp"
#include "files/table_file.hpp"
#include "record/store.hpp"
#include "report/record_report.hpp"
#include "study/places.hpp"

namespace interregnum::cli {

namespace {

struct RecordCommandOptions {
  RecordOptions record;
  OutputOptions out;
  std::vector<std::string> files;
  std::string country;
  std::string until;
  bool years = false;
  bool json = false;
};

/// A file's dataset and rows, up to --until if that was given.
std::pair<std::string_view, Import> read_import(const std::string& file, const std::string& until_text,
                                                Diagnostics& warnings) {
  const TableFile table = read_table_file(file);
  const Dataset& dataset = recognise(table);
  Import import;
  import.rows = read_rows(dataset, table, &warnings);
  import.until = end_of_observation(dataset, import.rows);
  if (until_text.empty()) return {dataset.name, import};
  const auto until = parse_date(until_text);  // checked with the option
  if (*until < first_day_of_attempts || *until > last_day_of_tables)
    throw InputError(fmt::format("--until: '{}' cannot be ({} to {})", until_text, to_text(first_day_of_attempts),
                                 to_text(last_day_of_tables)));
  import.until = *until;
  import.until_was_given = true;
  const std::size_t later = cut_after(import, *until);
  if (import.rows.empty()) throw InputError(fmt::format("--until {}: all rows of {} are later", until_text, file));
  if (later > 0)
    warnings.warning({table.name, 0, 0}, "", fmt::format("{} rows after {} are left out", later, until_text));
  return {dataset.name, import};
}

int import_command(const RecordCommandOptions& options) {
  Imports changed;
  Diagnostics warnings;
  for (const std::string& file : options.files) {
    const auto [name, import] = read_import(file, options.until, warnings);
    if (!changed.emplace(std::string(name), import).second)
      throw InputError(fmt::format("{}: a second file of {}", file, dataset_named(name).title));
  }
  const std::string path = options.record.path();
  if (path.empty()) throw InputError("neither --record nor HOME says where the store is");
  FileRoles files;
  for (const std::string& file : options.files) files.reads(file, "a dataset");
  files.reads_folder(shipped_data(), "the record that ships");
  files.writes_database(path, "the store");
  MatchReport report;
  Record record;
  update_store(path, changed, [&](const Imports& imports) {
    record = read_shipped_record(shipped_data());
    report = rebuild(record, imports);
    return record;
  });
  print_warnings(warnings);
  if (options.json) {
    nlohmann::ordered_json object = match_json(report, record);
    object["store"] = path;
    print_json(object);
  } else {
    print_text("{}Store: {}\n", match_text(report, record), path);
  }
  return exit_good;
}

int summary_command(const RecordCommandOptions& options) {
  const Record record = options.record.load();
  const RecordSummary summary = summarise(record.attempts);
  if (options.json) {
    print_json(record_summary_json(summary, record.until));
  } else {
    print_text(record_summary_text(summary, record.until));
  }
  return exit_good;
}

int show_command(const RecordCommandOptions& options) {
  const Record record = options.record.load();
  const SovereignState& country = record.states.find(options.country);
  std::vector<Attempt> attempts;
  for (const Attempt& attempt : record.attempts) {
    if (attempt.country_code == country.code) attempts.push_back(attempt);
  }
  if (options.json) {
    print_json(country_record_json(country, attempts));
  } else {
    print_text(country_record_text(country, attempts));
  }
  return exit_good;
}

int export_command(const RecordCommandOptions& options) {
  const Record record = options.out.load_record_beside(options.record);
  if (options.json) {
    options.out.write(json_for_terminal(nlohmann::ordered_json{{"attempts", attempts_json(record.attempts)}}.dump(2)) +
                      "\n");
  } else {
    options.out.write(options.years ? country_years_csv(record) : attempts_csv(record));
  }
  return exit_good;
}

CLI::App* add(CLI::App& parent, const std::shared_ptr<RecordCommandOptions>& options, Action& action, const char* name,
              const char* meaning, int (*command)(const RecordCommandOptions&)) {
  CLI::App* added = parent.add_subcommand(name, meaning);
  options->record.add_to(*added);
  add_json(*added, options->json);
  perform(*added, action, options, command);
  return added;
}

}  // namespace

void add_record_command(CLI::App& app, Action& action) {
  CLI::App* record = app.add_subcommand("record", "the attempts on record: ask, export, import the sources anew");
  record->require_subcommand(1);
  auto options = std::make_shared<RecordCommandOptions>();
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
  import
      ->add_option("--until", options->until,
                   "the last day that the files cover (YYYY-MM-DD); later rows are left out, and spells cut; default: "
                   "the date of their version, else the end of the last row's month")
      ->check([](const std::string& text) {
        return parse_date(text) ? std::string() : fmt::format("'{}' is no date (YYYY-MM-DD)", text);
      });
  record->footer("Example: interregnum record import powell_thyne.tsv cam.csv && interregnum record summary");
}

}  // namespace interregnum::cli
