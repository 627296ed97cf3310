#include "report/sweep_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace interregnum {

namespace {

using Json = nlohmann::ordered_json;

std::string bar(double share) {
  return std::string(std::isnan(share) ? 0 : static_cast<std::size_t>(std::lround(40 * share)), '#');
}

std::string cell_text(double share) { return std::isnan(share) ? "–" : fmt::format("{:.1f}", 100 * share); }

std::string curve_text(const Sweep& sweep) {
  std::size_t columns = sweep.keys[0].key.size();
  for (const std::string& value : sweep.keys[0].values) columns = std::max(columns, value.size());
  std::string text = fmt::format("  {}  {}\n", padded(sweep.keys[0].key, columns), sweep.outcome);
  for (std::size_t cell = 0; cell < sweep.cells.size(); ++cell)
    text += fmt::format("  {}  {}  {}\n", padded(sweep.keys[0].values[cell], columns, true),
                        padded(percent(sweep.cells[cell]), 24), bar(sweep.cells[cell].p));
  return text;
}

std::string phase_text(const Sweep& sweep) {
  const VariedKey& down = sweep.keys[0];
  const VariedKey& across = sweep.keys[1];
  std::size_t columns = 7;
  for (const std::string& value : across.values) columns = std::max(columns, value.size());
  std::size_t first = 7;
  for (const std::string& value : down.values) first = std::max(first, value.size());
  std::string text = fmt::format("  {} in per cent; {} downwards, {} to the right\n  {}", sweep.outcome, down.key,
                                 across.key, padded("", first));
  for (const std::string& value : across.values) text += "  " + padded(value, columns, true);
  text += "\n";
  for (std::size_t row = 0; row < down.values.size(); ++row) {
    text += "  " + padded(down.values[row], first, true);
    for (std::size_t column = 0; column < across.values.size(); ++column)
      text += "  " + padded(cell_text(sweep.cells[row * across.values.size() + column].p), columns, true);
    text += "\n";
  }
  return text;
}

}  // namespace

std::string sweep_sentence(const PairedDescription& description, const Sweep& sweep) {
  std::string from, to;
  for (const VariedKey& varied : sweep.keys) {
    from += fmt::format("{}{} {}", from.empty() ? "" : ", ", varied.key, varied.values.front());
    to += fmt::format("{}{}", to.empty() ? "" : ", ", varied.values.back());
  }
  const std::string change = sweep.change.is_known()
                                 ? points(sweep.change) + " points"
                                 : "what that changes cannot be told, as power is never seized at one of the ends";
  return fmt::format("{}: the share of futures in which {} goes from {} at {} to {} at {}: {}.", description.name_a,
                     sweep.outcome_words, percent(sweep.cells.front().p), from, percent(sweep.cells.back().p), to,
                     change);
}

std::string sweep_text(const PairedDescription& description, const Sweep& sweep, TextStyle style) {
  std::string text = emphasised(sweep_sentence(description, sweep), style) + "\n\n";
  for (const auto& [key, value] : description.overrides) text += fmt::format("with {} = {}\n", key, value);
  if (!sweep.complete)
    text += fmt::format("Interrupted: the figures are of the {} futures that were done.\n", sweep.futures);
  text += sweep.keys.size() == 1 ? curve_text(sweep) : phase_text(sweep);
  text += fmt::format("\n  {} futures, the same at every point; 95 % intervals of their finite number{}.\n",
                      sweep.futures, sweep.keys.size() == 1 ? "" : " are in --json");
  return text;
}

Json sweep_json(const PairedDescription& description, const Sweep& sweep) {
  Json json{{"outcome", sweep.outcome}, {"keys", Json::array()}, {"cells", Json::array()}};
  for (const VariedKey& varied : sweep.keys) json["keys"].push_back({{"key", varied.key}, {"values", varied.values}});
  const std::size_t across = sweep.keys.size() > 1 ? sweep.keys[1].values.size() : 1;
  for (std::size_t cell = 0; cell < sweep.cells.size(); ++cell) {
    Json entry{{"values", Json::array({sweep.keys[0].values[cell / across]})}};
    if (sweep.keys.size() > 1) entry["values"].push_back(sweep.keys[1].values[cell % across]);
    entry.update(to_json(sweep.cells[cell]));
    json["cells"].push_back(std::move(entry));
  }
  json["change"] = {{"value", number_json(sweep.change.value)},
                    {"se", number_json(sweep.change.standard_error)},
                    {"low", number_json(sweep.change.low)},
                    {"high", number_json(sweep.change.high)}};
  json["outcome_words"] = sweep.outcome_words;
  json["sentence"] = sweep_sentence(description, sweep);
  json["file"] = description.file_a;
  json["name"] = description.name_a;
  json["futures"] = sweep.futures;
  json.update(circumstances_json(description, sweep.complete));
  return json;
}

}  // namespace interregnum
