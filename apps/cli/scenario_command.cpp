#include <fmt/core.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/thin_country.hpp"
#include "base/dates.hpp"
#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/printing.hpp"
#include "cli/record_options.hpp"
#include "scenario/checks.hpp"

namespace interregnum::cli {

namespace {

struct ScenarioCommandOptions {
  RecordOptions record;
  OutputOptions out;
  std::string wanted;
  std::string start;
  int months = 24;
  bool json = false;

  void add_to(CLI::App& command) {
    record.add_to(command);
    out.add_to(command);
    command.add_flag("--json", json,
                     "print one JSON object with the file as text (docs/json.md); --out writes the file besides");
  }
};

int write(const ScenarioCommandOptions& options, const std::string& text) {
  // The country file goes where it was asked for, the object to stdout.
  if (!options.json || !options.out.file.empty()) options.out.write(text);
  if (options.json) print_json({{"scenario", text}});
  return exit_good;
}

int from_record_command(const ScenarioCommandOptions& options) {
  const Record record = options.out.load_record_beside(options.record);
  return write(options, thin_country(record, record.attempt(options.wanted)));
}

int new_command(const ScenarioCommandOptions& options) {
  const Record record = options.out.load_record_beside(options.record);
  const auto asked = options.start.empty() ? std::nullopt : parse_date(options.start);
  if (!options.start.empty() && !asked)
    throw InputError(fmt::format("--start: '{}' is no date (YYYY-MM-DD)", options.start));
  const SovereignState& country = record.states.find(options.wanted, asked);
  const auto start = asked.value_or(first_start_after_facts(record, country));
  const std::string text = watched_country(record, country, start, options.months);
  const std::string facts = to_text(record.last_month_before(country.code, start)->month);
  if (const std::string age = age_of_facts(facts, start); !age.empty())
    print_message("warning: the facts are of {}, {}; bring them up to date", facts, age);
  return write(options, text);
}

}  // namespace

void add_scenario_command(CLI::App& app, Action& action) {
  CLI::App* scenario = app.add_subcommand("scenario", "write country files from the record");
  scenario->require_subcommand(1);
  CLI::App* command =
      scenario->add_subcommand("from-record", "the country file of an attempt, from what was known the month before");
  auto options = std::make_shared<ScenarioCommandOptions>();
  command
      ->add_option("ATTEMPT", options->wanted, "id of the attempt, e.g. 432-1968-11-19 (interregnum record show MLI)")
      ->required();
  options->add_to(*command);
  command->footer("Example: interregnum scenario from-record 432-1968-11-19 --out mali-1968.yaml");
  perform(*command, action, options, from_record_command);
}

void add_new_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("new", "begin a country file from what the record last knows of a country");
  auto options = std::make_shared<ScenarioCommandOptions>();
  command->add_option("--country", options->wanted, "name, ISO 3166-1 alpha-3 or Correlates of War code")->required();
  command->add_option(
      "--start", options->start,
      "date of the file, YYYY-MM-DD (default: the day after what the record last knows of the country)");
  command->add_option("--months", options->months, "how long the country is watched")
      ->check(CLI::Range(1, 360))
      ->capture_default_str();
  options->add_to(*command);
  command->footer("Example: interregnum new --country NER --out niger.yaml");
  perform(*command, action, options, new_command);
}

}  // namespace interregnum::cli
