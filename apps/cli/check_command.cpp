#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "cli/printing.hpp"
#include "scenario/files.hpp"
#include "scenario/schema.hpp"

namespace interregnum::cli {

namespace {

struct CheckOptions {
  std::string file;
  bool json = false;
};

nlohmann::ordered_json to_json(const Diagnostic& problem) {
  return {{"severity", problem.severity == Severity::error ? "error" : "warning"},
          {"file", problem.location.file ? *problem.location.file : ""},
          {"line", problem.location.line},
          {"column", problem.location.column},
          {"key", problem.key},
          {"problem", problem.problem},
          {"suggestion", problem.suggestion}};
}

int check_command(const CheckOptions& options) {
  Diagnostics diagnostics;
  const Scenario scenario = read_scenario_file(options.file, {}, diagnostics);
  const int warnings = static_cast<int>(diagnostics.list().size()) - diagnostics.errors();
  if (options.json) {
    nlohmann::ordered_json json{{"file", options.file},
                                {"good", !diagnostics.has_errors()},
                                {"errors", diagnostics.errors()},
                                {"warnings", warnings},
                                {"problems", nlohmann::ordered_json::array()}};
    for (const Diagnostic& problem : diagnostics.list()) json["problems"].push_back(to_json(problem));
    print_json(json);
  } else {
    for (const Diagnostic& problem : diagnostics.list()) print_text("{}\n", to_text(problem));
    if (diagnostics.has_errors()) {
      print_text("{}: {} error{}, {} warning{}\n", options.file, diagnostics.errors(),
                 diagnostics.errors() == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
    } else {
      print_text("{}: good: {}; {} places, {} units, {} sources, {} warning{}\n", options.file, scenario.name,
                 scenario.places.size(), scenario.units.size(), scenario.sources.size(), warnings,
                 warnings == 1 ? "" : "s");
    }
  }
  return diagnostics.has_errors() ? exit_bad_input : exit_good;
}

}  // namespace

void add_check_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("check", "read a country file and report every problem in it");
  auto options = std::make_shared<CheckOptions>();
  command->add_option("FILE", options->file, "country file")->required();
  add_json(*command, options->json);
  command->footer(
      "Exit code 2 if there are errors; warnings alone are no error.\nExample: interregnum check "
      "scenarios/mali-2020.yaml");
  perform(*command, action, options, check_command);
}

void add_schema_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("schema", "print the JSON Schema of country files, for editors");
  auto json = std::make_shared<bool>(true);
  command->add_flag("--json", *json, "as every command has it; the schema is JSON in any case");
  command->footer("Example: interregnum schema > scenario.schema.json");
  command->callback([json, &action] {
    action = [] {
      print_json(scenario_schema());
      return exit_good;
    };
  });
}

}  // namespace interregnum::cli
