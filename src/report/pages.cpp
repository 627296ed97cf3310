#include "report/pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "scenario/checks.hpp"

namespace interregnum {

namespace {

/// The notes on the parameters with which `result` was made.
std::string caveat_on(const Block& result) {
  const auto theta = result["theta"].get<std::string>();
  const bool fitted = theta != "default" && theta != "prior";
  std::string text =
      result["interrupted"].get<bool>() ? "Interrupted: the figures are of what was done until then. " : "";
  text += fitted ? "The model's parameters are drawn from what the record of past coups leaves open; where the record "
                   "cannot see, from the field's beliefs"
                 : "The model's parameters are not fitted to the record";
  return text +
         ": read the figures as what the country file and the model imply, not as a forecast with a track record.";
}

Block page(const char* kind, const std::string& title, const std::string& subtitle, const std::string& answer,
           const Block& result) {
  return {{"kind", kind},
          {"title", title},
          {"subtitle", subtitle},
          {"answer", answer},
          {"caveat", caveat_on(result)},
          {"blocks", Block::array()}};
}

std::string seed_text(const Block& result) {
  return fmt::format("seed {}, interregnum {}", result["seed"].get<std::uint64_t>(),
                     result["version"].get<std::string>());
}

/// A number if it is one, so that an axis is one too.
Block axis_value(const Block& text) {
  const auto word = text.get<std::string>();
  double number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  return error == std::errc() && end == word.data() + word.size() ? Block(number) : text;
}

}  // namespace

Block run_page(const Block& run, const std::string& answer, const Scenario& scenario, const ToldFuture& told,
               const std::string& outline) {
  Block result = page("run", run["scenario"].get<std::string>(),
                      fmt::format("{} futures from {}, {}", run["replicates"].get<std::uint64_t>(),
                                  run["start"].get<std::string>(), seed_text(run)),
                      answer, run);
  Block& blocks = result["blocks"];
  if (!scenario.summary.empty()) blocks.push_back(text_block("The situation", {scenario.summary}));
  if (const auto warnings = facts_of_another_time(scenario); !warnings.empty())
    blocks.push_back(text_block("Facts of another time", warnings));
  blocks.push_back(outcomes_block(run, "How it ends"));
  if (run.contains("after")) blocks.push_back(survival_block({run}));
  blocks.push_back(map_block(scenario, told, outline));
  blocks.push_back(sources_block(scenario));
  blocks.push_back(values_block(scenario));
  blocks.push_back(reproduce_block(run));
  return result;
}

Block comparison_page(const Block& comparison, const std::array<PlayedCountry, 2>& countries,
                      const std::string& outline) {
  Block result =
      page("compare",
           fmt::format("{} and {}", comparison["name_a"].get<std::string>(), comparison["name_b"].get<std::string>()),
           fmt::format("{} futures in every mixture of the two, {}", comparison["futures"].get<std::uint64_t>(),
                       seed_text(comparison)),
           comparison["sentence"].get<std::string>(), comparison);
  Block& blocks = result["blocks"];
  blocks.push_back(waterfall_block(comparison));
  std::vector<Block> runs;
  for (const char* side : {"name_a", "name_b"}) {
    const PlayedCountry& country = countries[runs.size()];
    if (country.run.is_null()) break;
    runs.push_back(country.run);
    runs.back()["scenario"] = comparison[side];  // which tells two versions of one file apart
    blocks.push_back(outcomes_block(runs.back(), "How it ends: " + comparison[side].get<std::string>()));
  }
  if (!runs.empty()) blocks.push_back(survival_block(runs));
  for (std::size_t side = 0; side < countries.size(); ++side) {
    const PlayedCountry& country = countries[side];
    if (side < runs.size()) {
      Block map = map_block(country.scenario, country.told, outline);
      map["heading"] =
          fmt::format("{}: the country, and one of its futures", runs[side]["scenario"].get<std::string>());
      blocks.push_back(std::move(map));
    }
    blocks.push_back(sources_block(country.scenario));
    blocks.push_back(values_block(country.scenario));
  }
  blocks.push_back(reproduce_block(comparison));
  return result;
}

Block sweep_page(const Block& sweep, const Scenario& scenario) {
  Block result = page(
      "sweep", scenario.name,
      fmt::format("{} futures, the same at every point, {}", sweep["futures"].get<std::uint64_t>(), seed_text(sweep)),
      sweep["sentence"].get<std::string>(), sweep);
  const Block& keys = sweep["keys"];
  Block block{{"heading", "Over the values of " + keys[0]["key"].get<std::string>()},
              {"intro", "The same futures were played at every point, with nothing else changed."},
              {"x_label", keys[0]["key"]}};
  if (keys.size() == 1) {
    block["type"] = "curve";
    block["y_label"] = "futures in which " + sweep["outcome_words"].get<std::string>();
    Block points = Block::array();
    for (const Block& cell : sweep["cells"])
      points.push_back(
          {{"x", axis_value(cell["values"][0])}, {"p", cell["p"]}, {"low", cell["low"]}, {"high", cell["high"]}});
    block["series"] = Block::array({{{"label", ""}, {"points", points}}});
  } else {
    block["type"] = "phase";
    block["heading"] = block["heading"].get<std::string>() + " and " + keys[1]["key"].get<std::string>();
    block["y_label"] = keys[1]["key"];
    block["value_label"] = "futures in which " + sweep["outcome_words"].get<std::string>();
    block["cells"] = Block::array();
    for (const Block& cell : sweep["cells"])
      block["cells"].push_back({{"x", axis_value(cell["values"][0])},
                                {"y", axis_value(cell["values"][1])},
                                {"p", cell["p"]},
                                {"low", cell["low"]},
                                {"high", cell["high"]}});
  }
  result["blocks"].push_back(std::move(block));
  result["blocks"].push_back(sources_block(scenario));
  result["blocks"].push_back(reproduce_block(sweep));
  return result;
}

Block sensitivity_page(const Block& sensitivity, const Scenario& scenario) {
  Block result = page("sensitivity", scenario.name,
                      fmt::format("{} points, {}", sensitivity["points"].get<std::uint64_t>(), seed_text(sensitivity)),
                      sensitivity["sentence"].get<std::string>(), sensitivity);
  std::vector<Block> rows;
  for (const Block& group : sensitivity["groups"])
    rows.push_back(
        {{"name", group["name"]}, {"label", group["label"]}, {"first", group["first"]}, {"total", group["total"]}});
  std::stable_sort(rows.begin(), rows.end(), [](const Block& left, const Block& right) {
    const auto total = [](const Block& row) {
      return row["total"]["value"].is_number() ? row["total"]["value"].get<double>() : 0.0;
    };
    return total(left) > total(right);
  });
  result["blocks"].push_back(
      {{"type", "indices"},
       {"heading", "What would be worth finding out"},
       {"intro",
        "How much of the uncertainty of the outcome would go away if a part of the country file "
        "became known exactly. What is left over is chance, which no research removes, and what "
        "the field does not know: the model's parameters."},
       {"parameters", sensitivity["parameters"].is_null() ? Block(nullptr) : sensitivity["parameters"]["total"]},
       {"all_inputs", sensitivity["all_inputs"]},
       {"chance", sensitivity["chance"]["total"]},
       {"rows", rows}});
  result["blocks"].push_back(values_block(scenario));
  result["blocks"].push_back(reproduce_block(sensitivity));
  return result;
}

Block claims_page(const Block& claims) {
  Block result = page(
      "claims", claims["name"].get<std::string>(),
      fmt::format("{} futures on each side of a swap, {}", claims["futures"].get<std::uint64_t>(), seed_text(claims)),
      claims["sentence"].get<std::string>(), claims);
  result["blocks"].push_back(claims_block(claims));
  result["blocks"].push_back(reproduce_block(claims));
  return result;
}

}  // namespace interregnum
