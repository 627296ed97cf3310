#include "report/article_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/version.hpp"
#include "report/claims_report.hpp"

namespace interregnum {

namespace {

Block verdicts_of(const Statement& statement, const Block& claims) {
  Block verdicts = Block::array();
  for (const Reference& reference : statement.claims) {
    for (const Block& claim : claims["claims"]) {
      if (claim["id"].get<std::string>() == claim_label(reference.id))
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

std::string points_of(const Block& number) {
  return points(number.is_number() ? number.get<double>() : std::numeric_limits<double>::quiet_NaN());
}

}  // namespace

Block article_json(const ArticleResults& results, std::uint64_t seed, double seconds, const std::string& command) {
  const ArticleFile& article = *results.article;
  Block runs = Block::array();
  bool interrupted = results.comparison["interrupted"].get<bool>() || results.claims["interrupted"].get<bool>();
  for (const PlayedCountry& country : results.countries) {
    runs.push_back(country.run);
    interrupted = interrupted || country.run["interrupted"].get<bool>();
  }
  return {{"title", article.title},
          {"publisher", article.publisher},
          {"date", article.date},
          {"sentence", results.comparison["sentence"]},
          {"statements", statements_of(results)},
          {"runs", runs},
          {"comparison", results.comparison},
          {"claims", results.claims},
          {"interrupted", interrupted},
          {"theta", results.comparison["theta"]},
          {"version", version},
          {"seed", seed},
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
    text +=
        fmt::format("  {}  {} points ({} to {})\n", padded(factor["label"].get<std::string>(), 52),
                    padded(points_of(factor["value"]), 6, true), points_of(factor["low"]), points_of(factor["high"]));
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

Block article_page(const ArticleResults& results, const Block& report, const std::string& outline) {
  const ArticleFile& article = *results.article;
  Block page = comparison_page(results.comparison, results.countries, outline);
  page["kind"] = "article";
  page["title"] = fmt::format("“{}”, put to the test", article.title);
  page["subtitle"] = fmt::format(
      "A news analysis of {} ({}), in our words and statement by statement: what stands for it in the model, and what "
      "the model and the record of past coups say of it. {}",
      article.date, article.publisher, results.claims["sentence"].get<std::string>());
  if (report["interrupted"].get<bool>() && !results.comparison["interrupted"].get<bool>())
    page["caveat"] = "Interrupted: the figures are of what was done until then. " + page["caveat"].get<std::string>();
  Block again = reproduce_block(report);
  for (const Block& part : {results.countries[0].run, results.countries[1].run, results.comparison, results.claims})
    again["details"].push_back({"one part", part["command"]});
  Block& blocks = page["blocks"];
  blocks.erase(blocks.size() - 1);  // how to make the comparison alone
  // The article comes behind the outcomes and before the countries' maps and sources.
  const auto first_map =
      std::find_if(blocks.begin(), blocks.end(), [](const Block& block) { return block["type"] == "map"; });
  const auto position = blocks.insert(
      first_map,
      Block{{"type", "statements"},
            {"heading", "The article, statement by statement"},
            {"intro",
             "What it says, in our words; its source, if it gives one; which keys of the country files and which "
             "parameters stand for it; and the verdict on each claim that it makes."},
            {"rows", report["statements"]}});
  blocks.insert(position + 1, claims_block(results.claims));
  blocks.push_back(std::move(again));
  return page;
}

}  // namespace interregnum
