#include "report/article_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "analysis/claims.hpp"
#include "base/version.hpp"

namespace interregnum {

namespace {

std::string upper(std::string id) {
  std::transform(id.begin(), id.end(), id.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return id;
}

Block verdicts_of(const Statement& statement, const Block& claims) {
  Block verdicts = Block::array();
  for (const Reference& reference : statement.claims) {
    for (const Block& claim : claims["claims"]) {
      if (claim["id"].get<std::string>() == upper(reference.id))
        verdicts.push_back(
            {{"id", claim["id"]}, {"model", claim["model"]["verdict"]}, {"record", claim["record"]["verdict"]}});
    }
  }
  return verdicts;
}

Block statements_of(const ArticleResults& results) {
  Block rows = Block::array();
  for (const Statement& statement : results.article->statements) {
    Block represented = Block::array();
    for (const auto* list : {&statement.keys, &statement.parameters}) {
      for (const Reference& key : *list) represented.push_back(key.id);
    }
    rows.push_back({{"number", statement.number},
                    {"text", statement.text},
                    {"source", statement.cited},
                    {"modelled", std::string(modelled_names[statement.modelled.index])},
                    {"represented", represented},
                    {"remark", statement.remark},
                    {"claims", verdicts_of(statement, results.claims)}});
  }
  return rows;
}

}  // namespace

Block article_json(const ArticleResults& results, double seconds, const std::string& command) {
  const ArticleFile& article = *results.article;
  const bool interrupted = results.comparison["interrupted"].get<bool>() || results.claims["interrupted"].get<bool>() ||
                           results.runs[0]["interrupted"].get<bool>() || results.runs[1]["interrupted"].get<bool>();
  return {{"title", article.title},
          {"publisher", article.publisher},
          {"date", article.date},
          {"sentence", results.comparison["sentence"]},
          {"statements", statements_of(results)},
          {"runs", results.runs},
          {"comparison", results.comparison},
          {"claims", results.claims},
          {"interrupted", interrupted},
          {"version", version},
          {"seconds", seconds},
          {"command", command}};
}

std::string article_text(const Block& report, TextStyle style) {
  std::string text = fmt::format("{} ({}, {})\n\n{}\n{}\n\n", report["title"].get<std::string>(),
                                 report["publisher"].get<std::string>(), report["date"].get<std::string>(),
                                 emphasised(report["sentence"].get<std::string>(), style),
                                 report["claims"]["sentence"].get<std::string>());
  if (report["interrupted"].get<bool>()) text += "Interrupted: the figures are of what was done until then.\n\n";
  for (const Block& factor : report["comparison"]["factors"])
    text += fmt::format("  {}  {} points ({} to {})\n", padded(factor["label"].get<std::string>(), 52),
                        padded(points(factor["value"].get<double>()), 6, true), points(factor["low"].get<double>()),
                        points(factor["high"].get<double>()));
  text += "\nStatement by statement:\n";
  for (const Block& statement : report["statements"]) {
    text += fmt::format("  {:<4} {}\n", statement["number"].get<std::string>(), statement["text"].get<std::string>());
    const auto modelled = statement["modelled"].get<std::string>();
    if (modelled != "fully")
      text += fmt::format("       {} modelled. {}\n", modelled, statement["remark"].get<std::string>());
    for (const Block& claim : statement["claims"])
      text += fmt::format("       {}: model {}, record {}\n", claim["id"].get<std::string>(),
                          claim["model"].get<std::string>(), claim["record"].get<std::string>());
  }
  return text;
}

Block article_page(const ArticleResults& results, const Block& report, const Theta& theta, const std::string& outline) {
  const ArticleFile& article = *results.article;
  Block page = comparison_page(results.comparison, results.first, results.second);
  page["kind"] = "article";
  page["title"] = fmt::format("“{}”, put to the test", article.title);
  page["subtitle"] = fmt::format(
      "A news analysis of {} ({}), in our words and statement by statement: what stands for it in the model, and what "
      "the model and the "
      "record of past coups say of it. {}",
      article.date, article.publisher, results.claims["sentence"].get<std::string>());
  if (report["interrupted"].get<bool>())
    page["caveat"] = "Interrupted: the figures are of what was done until then. " + page["caveat"].get<std::string>();
  Block blocks = Block::array();
  blocks.push_back(page["blocks"][0]);  // the waterfall
  for (std::size_t side = 0; side < 2; ++side)
    blocks.push_back(
        outcomes_block(results.runs[side], "How it ends: " + results.runs[side]["scenario"].get<std::string>()));
  blocks.push_back(survival_block(results.runs));
  blocks.push_back(
      {{"type", "statements"},
       {"heading", "The article, statement by statement"},
       {"intro",
        "What it says, in our words; its source, if it gives one; which keys of the country files and which "
        "parameters stand for it; and the verdict on each claim that it makes."},
       {"rows", report["statements"]}});
  blocks.push_back(claims_block(results.claims));
  for (std::size_t side = 0; side < 2; ++side) {
    const Scenario& scenario = side == 0 ? results.first : results.second;
    const World world = compile(scenario);
    Block map = map_block(scenario, world, theta, results.told[side], Until::horizon, outline);
    map["heading"] = fmt::format("{}: the country, and one of its futures", scenario.name);
    blocks.push_back(std::move(map));
    blocks.push_back(sources_block(scenario));
    blocks.push_back(values_block(scenario));
  }
  Block again = reproduce_block(report);
  for (const Block& part : {results.runs[0], results.runs[1], results.comparison, results.claims})
    again["details"].push_back({"one part", part["command"]});
  blocks.push_back(std::move(again));
  page["blocks"] = std::move(blocks);
  return page;
}

}  // namespace interregnum
