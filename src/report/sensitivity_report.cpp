#include "report/sensitivity_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace interregnum {

namespace {

using Json = nlohmann::ordered_json;

std::string share_text(const Estimate& index) {
  if (std::isnan(index.value)) return "cannot be told";
  if (!index.is_known()) return fmt::format("{:5.1f} %", 100 * index.value);
  return fmt::format("{:5.1f} % ({:.1f} to {:.1f})", 100 * index.value, 100 * index.low, 100 * index.high);
}

Json value_json(const Estimate& index) {
  return {{"value", number_json(index.value)}, {"low", number_json(index.low)}, {"high", number_json(index.high)}};
}

Json index_json(const SobolIndex& index) {
  return {{"name", index.name},
          {"label", index.label},
          {"inputs", index.inputs},
          {"first", value_json(index.first)},
          {"total", value_json(index.total)},
          {"with_chance", value_json(index.with_chance)}};
}

std::vector<SobolIndex> by_total(std::vector<SobolIndex> groups) {
  std::stable_sort(groups.begin(), groups.end(), [](const SobolIndex& left, const SobolIndex& right) {
    return left.total.value > right.total.value;
  });
  return groups;
}

}  // namespace

std::string sensitivity_sentence(const PairedDescription& description, const Measure& measure,
                                 const Sensitivity& sensitivity) {
  if (std::isnan(sensitivity.chance.total.value))
    return fmt::format("{}: that {} comes about in {} of {} futures, so that what it depends on cannot be told.",
                       description.name_a, measure.words(description.horizon), percent(sensitivity.share.p),
                       sensitivity.points);
  const std::vector<SobolIndex> groups = by_total(sensitivity.groups);
  std::string learnt = "nothing in the file is uncertain";
  if (!groups.empty())
    learnt = groups[0].total.low > 0 ? "what would be most worth finding out is " + groups[0].label
                                     : "no single part of the file can be told to matter";
  const std::string parameters = sensitivity.parameters
                                     ? fmt::format(", {:.0f} % from the model's parameters",
                                                   100 * std::max(0.0, sensitivity.parameters->total.value))
                                     : "";
  return fmt::format(
      "{}: of the uncertainty whether {} ({} of futures) {:.0f} % come from what the country file leaves open{} and "
      "the "
      "rest from chance; {}.",
      description.name_a, measure.words(description.horizon), percent(sensitivity.share.p),
      100 * std::max(0.0, sensitivity.all_inputs.value), parameters, learnt);
}

std::string sensitivity_text(const PairedDescription& description, const Measure& measure,
                             const Sensitivity& sensitivity, TextStyle style) {
  std::string text = emphasised(sensitivity_sentence(description, measure, sensitivity), style) + "\n\n";
  for (const auto& [key, value] : description.overrides) text += fmt::format("with {} = {}\n", key, value);
  if (!sensitivity.complete)
    text += fmt::format("Interrupted: the figures are of the {} points that were done.\n", sensitivity.points);
  std::vector<SobolIndex> rows = by_total(sensitivity.groups);
  constexpr std::size_t most_shown = 30;
  const std::size_t more = rows.size() > most_shown ? rows.size() - most_shown : 0;
  rows.resize(rows.size() - more);
  std::size_t columns = 12;
  for (const SobolIndex& row : rows) columns = std::max(columns, row.name.size());
  const auto line = [&](const std::string& name, const std::string& inputs, const std::string& first,
                        const std::string& total) {
    return fmt::format("  {}  {:>6}   {}  {}\n", padded(name, columns), inputs, padded(first, 24), total);
  };
  text += line("", "values", "alone", "with other inputs");
  text += line("chance", "", share_text(sensitivity.chance.first), share_text(sensitivity.chance.total));
  if (sensitivity.parameters)
    text +=
        line("parameters", "", share_text(sensitivity.parameters->first), share_text(sensitivity.parameters->total));
  text += line("all inputs", "", share_text(sensitivity.all_inputs), "");
  for (const SobolIndex& row : rows)
    text += line(row.name, std::to_string(row.inputs), share_text(row.first), share_text(row.total));
  if (more > 0) text += fmt::format("  … and {} more, each smaller (--json lists all)\n", more);
  text += fmt::format(
      "\n  Shares of the variance of the outcome (Sobol indices, {} points, {} runs); in brackets 95 % intervals.\n"
      "  alone: what goes away, on average, once these values are known and nothing else is. with other inputs: what "
      "goes "
      "away if they\n         become known last. Of chance: without and with what it does together with the "
      "inputs.{}\n",
      sensitivity.points, sensitivity.runs,
      sensitivity.parameters
          ? "\n  parameters: of the model, drawn anew in every future; no country file can teach them."
          : "");
  return text;
}

Json sensitivity_json(const PairedDescription& description, const Measure& measure, const Sensitivity& sensitivity) {
  Json json{{"outcome", measure.name()},
            {"share", to_json(sensitivity.share)},
            {"chance", index_json(sensitivity.chance)},
            {"parameters", sensitivity.parameters ? index_json(*sensitivity.parameters) : Json(nullptr)},
            {"all_inputs", value_json(sensitivity.all_inputs)},
            {"groups", Json::array()}};
  for (const SobolIndex& group : sensitivity.groups) json["groups"].push_back(index_json(group));
  json["sentence"] = sensitivity_sentence(description, measure, sensitivity);
  json["file"] = description.file_a;
  json["name"] = description.name_a;
  json["points"] = sensitivity.points;
  json["runs"] = sensitivity.runs;
  json.update(circumstances_json(description, sensitivity.complete));
  return json;
}

}  // namespace interregnum
