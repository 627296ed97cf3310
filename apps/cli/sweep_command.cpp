#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/quantity.hpp"
#include "cli/commands.hpp"
#include "cli/paired_options.hpp"
#include "cli/printing.hpp"
#include "report/pages.hpp"
#include "report/sweep_report.hpp"
#include "scenario/fields.hpp"

namespace interregnum::cli {

namespace {

struct SweepOptions {
  ScenarioOptions scenario;
  std::vector<std::string> vary;
  OutcomeOption outcome;
  PairedOptions paired{1000};
};

constexpr std::size_t most_cells = 2000;

[[noreturn]] void refuse(const std::string& argument, const std::string& problem) {
  throw InputError(
      fmt::format("--vary {}: {} (write KEY=LOW..HIGH:POINTS, e.g. public.support=0..1:11, or "
                  "KEY=VALUE,VALUE, e.g. plot.tier=junior,middle,senior)",
                  argument, problem));
}

double number_of(const std::string& argument, std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    refuse(argument, fmt::format("'{}' is not a number", text));
  return number;
}

/// Values between commas.
std::vector<std::string> values_listed(const std::string& argument, const std::string& text) {
  std::vector<std::string> values;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t comma = std::min(text.find(',', start), text.size());
    values.push_back(text.substr(start, comma - start));
    if (values.back().empty()) refuse(argument, "a value is missing");
    start = comma + 1;
  }
  if (values.size() < 2) refuse(argument, "names a single value");
  return values;
}

/// `0..1:11`, `15..60 km:4`, or values between commas. Of people and seats every point is a whole number.
VariedKey parse_varied(const std::string& argument, const Fields& fields) {
  const std::size_t equals = argument.find('=');
  if (equals == std::string::npos || equals == 0) refuse(argument, "has no key");
  VariedKey varied{argument.substr(0, equals), {}};
  const std::string value = argument.substr(equals + 1);
  const std::size_t dots = value.find("..");
  const std::size_t colon = value.rfind(':');
  if (dots == std::string::npos) {
    varied.values = values_listed(argument, value);
    return varied;
  }
  if (colon == std::string::npos || colon < dots) refuse(argument, "does not say how many points");
  const double count = number_of(argument, value.substr(colon + 1));
  if (!(count >= 2) || count != static_cast<double>(static_cast<int>(count)) || count > most_cells)
    refuse(argument, fmt::format("'{}' is not a number of points from 2 to {}", value.substr(colon + 1), most_cells));
  const std::string_view range(value.data(), colon);
  const std::string_view rest = range.substr(dots + 2);
  if (rest.starts_with('.')) refuse(argument, fmt::format("'{}' has a dot too many", range));
  const double low = number_of(argument, range.substr(0, dots));
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789.+-eE"), rest.size());
  const double high = number_of(argument, rest.substr(0, digits));
  const std::string unit(rest.substr(digits));
  const Field* field = fields.find(varied.key);
  if (!(low < high)) refuse(argument, "the low end is not below the high end");
  const bool is_number = field != nullptr && field->dimension.has_value();
  const Dimension dimension = is_number ? *field->dimension : Dimension::position;
  if (QuantityProblem problem; is_number && !parse_quantity(range, dimension, problem))
    refuse(argument, problem.suggestion.empty() ? problem.problem : problem.problem + ": " + problem.suggestion);
  const bool whole = unit.empty() && (dimension == Dimension::people || dimension == Dimension::count);
  const int points = static_cast<int>(count);
  for (int point = 0; point < points; ++point) {
    const double at = low + (high - low) * point / (points - 1);
    varied.values.push_back(whole ? fmt::format("{:.0f}", at) : fmt::format("{:.7g}{}", at, unit));
  }
  return varied;
}

/// One country, or one set of parameters, for each cell.
struct Cells {
  std::vector<World> worlds;
  std::vector<ThetaDraws> thetas;
  std::vector<Case> cases() const {
    std::vector<Case> list;
    for (std::size_t cell = 0; cell < worlds.size(); ++cell) list.push_back({&worlds[cell], &thetas[cell]});
    return list;
  }
};

/// A mistake in a value is reported under the option that asked for it.
LoadedCountry load_cell(const std::string& file, const std::vector<std::string>& settings, const Parameters& parameters,
                        const std::vector<std::string>& vary) {
  try {
    return load_country(file, settings, parameters);
  } catch (const InputError& error) {
    std::string varied;
    for (const std::string& argument : vary) varied += (varied.empty() ? "--vary " : " --vary ") + argument;
    Diagnostics diagnostics;
    const SourceLocation place{std::make_shared<const std::string>(varied), 0, 0};
    for (const Diagnostic& found : error.diagnostics().list())
      diagnostics.error(is_about_setting(found) ? place : found.location, found.key, found.problem, found.suggestion);
    if (diagnostics.has_errors()) throw InputError(std::move(diagnostics));
    throw InputError(fmt::format("{}: {}", varied, without_option(error.what())));
  }
}

Cells load_cells(const SweepOptions& options, const Parameters& parameters, const std::vector<VariedKey>& keys) {
  Cells cells;
  const std::size_t across = keys.size() > 1 ? keys[1].values.size() : 1;
  for (std::size_t cell = 0; cell < keys[0].values.size() * across; ++cell) {
    std::vector<std::string> settings = options.scenario.settings;
    settings.push_back(keys[0].key + "=" + keys[0].values[cell / across]);
    if (keys.size() > 1) settings.push_back(keys[1].key + "=" + keys[1].values[cell % across]);
    const LoadedCountry loaded = load_cell(options.scenario.file, settings, parameters, options.vary);
    cells.worlds.push_back(compile(loaded.scenario));
    cells.thetas.push_back(loaded.parameters.thetas);
  }
  return cells;
}

int sweep_command(const SweepOptions& options) {
  const Measure measure = options.outcome.measure();
  Sweep sweep;
  sweep.outcome = measure.name();
  std::size_t wanted = 1;
  const LoadedCountry base = options.scenario.load();
  Scenario scenario = base.scenario;
  const Fields fields = fields_of(scenario);
  for (const std::string& argument : options.vary) {
    sweep.keys.push_back(parse_varied(argument, fields));
    wanted *= sweep.keys.back().values.size();
  }
  if (sweep.keys.size() > 2) throw InputError("--vary: a picture has two axes; vary one or two keys");
  if (sweep.keys.size() == 2 && sweep.keys[0].key == sweep.keys[1].key)
    throw InputError(fmt::format("--vary {}: is varied twice", sweep.keys[0].key));
  if (wanted > most_cells) throw InputError(fmt::format("--vary: {} points are more than {}", wanted, most_cells));
  FileRoles files;
  options.scenario.name_files(files);
  options.paired.report.name_files(files);
  const PageTemplate page = options.paired.report.prepare(options.paired.force);
  PairedDescription description = options.paired.describe(options.scenario.file, base);
  const bool horizon_varies = std::any_of(sweep.keys.begin(), sweep.keys.end(),
                                          [](const VariedKey& varied) { return varied.key == "horizon"; });
  sweep.outcome_words = measure.words(horizon_varies ? "" : description.horizon);
  const Cells cells = load_cells(options, base.parameters, sweep.keys);
  PairedRuns runs(cells.cases(), measure, options.paired.seed, options.paired.threads);
  description.seconds =
      timed([&] { sweep.complete = play_until_enough(runs, options.paired.settings(), [] { return 0.0; }); });
  sweep.futures = runs.futures();
  if (sweep.futures == 0) return interrupted_before_anything();
  for (std::size_t cell = 0; cell < runs.cases(); ++cell) sweep.cells.push_back(runs.share(cell));
  std::vector<double> ends(runs.cases(), 0.0);
  ends.front() = -1.0;
  ends.back() = 1.0;
  sweep.change = runs.contrast(ends);
  const nlohmann::ordered_json report = sweep_json(description, sweep);
  options.paired.publish(report, sweep_text(description, sweep, text_style_of_stdout()), page,
                         [&] { return sweep_page(report, base.scenario); });
  return sweep.complete ? exit_good : exit_interrupted();
}

}  // namespace

void add_sweep_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("sweep", "an outcome over the values of one key, or of two");
  auto options = std::make_shared<SweepOptions>();
  options->scenario.add_to(*command);
  command->add_option("--vary", options->vary, "KEY=LOW..HIGH:POINTS or KEY=VALUE,VALUE,…; twice for a phase diagram")
      ->required()
      ->allow_extra_args(false);
  options->outcome.add_to(*command);
  options->paired.add_to(*command, "futures, the same at every point", false);
  command->footer("Example: interregnum sweep scenarios/mali-2020.yaml --vary public.support=0..1:11");
  perform(*command, action, options, sweep_command);
}

}  // namespace interregnum::cli
