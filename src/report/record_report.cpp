#include "report/record_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/version.hpp"
#include "report/format.hpp"

namespace interregnum {

namespace {

using Json = nlohmann::ordered_json;

/// How many rows of a long list a person is shown; the JSON has all.
constexpr std::size_t shown = 12;

Json to_json(const Tally& tally) {
  const Probability share = tally.estimate();
  return {{"n", tally.n},
          {"successes", tally.successes},
          {"p", number_json(share.p)},
          {"low", share.low},
          {"high", share.high}};
}

Json value_json(const Probability& value) { return {{"value", value.p}, {"low", value.low}, {"high", value.high}}; }

Json to_json(const Known& number) {
  if (!number) return nullptr;
  return *number == std::floor(*number) ? Json(static_cast<std::int64_t>(*number)) : Json(*number);
}

Json to_json(const Attempt& attempt) {
  Json object{{"attempt", attempt.id},
              {"country_code", attempt.country_code},
              {"country", attempt.country},
              {"date", to_text(attempt.date)},
              {"succeeded", attempt.succeeded}};
  for (const AttemptColumn& column : attempt_columns()) {
    if (const auto* text = std::get_if<std::string Attempt::*>(&column.member)) {
      object[std::string(column.name)] = (attempt.*(*text)).empty() ? Json(nullptr) : Json(attempt.*(*text));
    } else {
      object[std::string(column.name)] = to_json(attempt.*std::get<Known Attempt::*>(column.member));
    }
  }
  return object;
}

std::string row(const std::string& name, const Tally& tally) {
  const Probability share = tally.estimate();
  return fmt::format("  {:<18} {:>5} {:>9}   {}   {:.1f} - {:.1f}\n", name, tally.n, tally.successes,
                     padded(tally.n > 0 ? fmt::format("{:.1f} %", 100 * share.p) : "–", 8, true), 100 * share.low,
                     100 * share.high);
}

std::string list_text(const std::string& title, const std::vector<std::string>& entries) {
  if (entries.empty()) return "";
  std::string text = fmt::format("{}: {}\n", title, entries.size());
  for (std::size_t index = 0; index < std::min(shown, entries.size()); ++index) text += "  " + entries[index] + "\n";
  if (entries.size() > shown) text += fmt::format("  … and {} more (--json lists all)\n", entries.size() - shown);
  return text;
}

}  // namespace

std::string record_summary_text(const RecordSummary& summary, std::chrono::sys_days until) {
  std::string text = fmt::format("Attempts on record, to {}\n\n  {:<18} {:>5} {:>9}   {:>8}   95 % interval\n",
                                 to_text(until), "", "n", "succeeded", "share");
  text += row("all", summary.all);
  text += "\nby decade\n";
  for (const auto& [decade, tally] : summary.by_decade) text += row(fmt::format("{}s", decade), tally);
  for (const auto& [source, ranks] : summary.by_rank) {
    text += fmt::format("\nby rank of the leaders ({})\n", source == "cam" ? "CAM" : "Colpus");
    for (const auto& [rank, tally] : ranks) text += row(rank, tally);
  }
  return text +
         "\nSuccess is power held for seven days (Powell & Thyne 2011). Attempts whose rank a source does not know are "
         "left out\n"
         "there, and are not missing at random. Intervals treat attempts as independent (Clopper & Pearson).\n";
}

Json record_summary_json(const RecordSummary& summary, std::chrono::sys_days until) {
  Json object{{"version", version},
              {"until", to_text(until)},
              {"attempts", summary.all.n},
              {"successes", summary.all.successes}};
  object["success"] = to_json(summary.all);
  object["by_decade"] = Json::object();
  for (const auto& [decade, tally] : summary.by_decade) object["by_decade"][std::to_string(decade)] = to_json(tally);
  object["by_rank"] = Json::object();
  for (const auto& [source, ranks] : summary.by_rank) {
    for (const auto& [rank, tally] : ranks) object["by_rank"][source][rank] = to_json(tally);
  }
  return object;
}

std::string country_record_text(const SovereignState& country, const std::vector<Attempt>& attempts) {
  if (attempts.empty()) return fmt::format("{}: no attempt on record\n", country.last().name);
  std::string text =
      fmt::format("{}: {} attempt{}\n\n  {:<18} {:<10} {:<8} {:<8} {:>6}  {}\n", country.last().name, attempts.size(),
                  attempts.size() > 1 ? "s" : "", "attempt", "", "CAM", "Colpus", "deaths", "leaders");
  for (const Attempt& attempt : attempts) {
    const std::string after =
        attempt.leader_after.empty()
            ? ""
            : fmt::format(" -> {} ({:.0f} days{})", attempt.leader_after, attempt.leader_after_days.value_or(0),
                          attempt.leader_after_censored.value_or(0) > 0 ? ", still in office" : "");
    text +=
        fmt::format("  {:<18} {:<10} {:<8} {:<8} {:>6}  {}{}\n", attempt.id, attempt.succeeded ? "succeeded" : "failed",
                    attempt.cam_rank, attempt.colpus_rank(), to_text(attempt.csp_deaths), attempt.leader_before, after);
  }
  return text;
}

Json country_record_json(const SovereignState& country, const std::vector<Attempt>& attempts) {
  return {{"country", country.last().name},
          {"country_code", country.code},
          {"iso3", country.last().iso3.empty() ? Json(nullptr) : Json(country.last().iso3)},
          {"attempts", attempts_json(attempts)}};
}

Json attempts_json(const std::vector<Attempt>& attempts) {
  Json list = Json::array();
  for (const Attempt& attempt : attempts) list.push_back(to_json(attempt));
  return list;
}

std::string match_text(const MatchReport& report, const Record& record) {
  std::string text = fmt::format("{} attempts in the store\n", record.attempts.size());
  for (const auto& [name, of] : report.datasets)
    text += fmt::format("  {:<15} {:>6} rows to {}, {:>3} attempts matched\n", name, of.rows, to_text(of.until),
                        of.matched);
  text += fmt::format("The record of attempts ends on {}: after that day nothing is known (--until sets another)\n",
                      to_text(record.until));
  for (const auto& [name, of] : report.datasets)
    text += list_text(fmt::format("{}, without a match in the years of the attempts", name), of.unmatched);
  for (const auto& [name, of] : report.datasets)
    text += list_text(fmt::format("{}, under a code that no state had on that day", name), of.no_state);
  text += list_text("Outcomes that differ from Powell & Thyne's, whose word counts", report.outcome_disagreements);
  return text + list_text("Ranks on which the sources disagree", report.rank_disagreements);
}

Json match_json(const MatchReport& report, const Record& record) {
  Json object{{"version", version},
              {"attempts", record.attempts.size()},
              {"until", to_text(record.until)},
              {"datasets", Json::object()}};
  for (const auto& [name, of] : report.datasets)
    object["datasets"][name] = {{"rows", of.rows},
                                {"until", to_text(of.until)},
                                {"matched", of.matched},
                                {"unmatched", of.unmatched},
                                {"no_state", of.no_state}};
  object["disagreements"] = {{"outcome", report.outcome_disagreements}, {"rank", report.rank_disagreements}};
  return object;
}

std::string validation_text(const Validation& validation) {
  std::size_t overlapping = 0;
  std::string text = fmt::format("{:<72} {:^20}   {:^20}\n", "share of", "record", "model");
  for (const Check& check : validation.checks) {
    if (check.overlaps()) ++overlapping;
    text += fmt::format("{} {:<70} {:>4.2f} ({:.2f} - {:.2f})   {:>4.2f} ({:.2f} - {:.2f})\n",
                        check.overlaps() ? " " : "x", check.meaning, check.record.p, check.record.low,
                        check.record.high, check.model.p, check.model.low, check.model.high);
  }
  text += fmt::format("\n{} of {} of the model's values lie in the record's 95 % interval; x marks the others.\n",
                      overlapping, validation.checks.size());
  text += fmt::format("\n{:<12} {:>8} {:>10} {:>8}   success of {} attempts\n", "", "Brier", "log loss", "ROC",
                      validation.attempts.size());
  for (const Score& score : validation.scores)
    text += fmt::format("{:<12} {:>8} {:>10} {:>8}\n", score.name, figure(score.brier, 4), figure(score.log_loss, 4),
                        figure(score.roc, 3));
  text +=
      "base_rate and rank (CAM's, integrated over where it is unknown) are shares among the attempts of the other "
      "nine\n"
      "of ten folds of countries. Log losses are of probabilities cut at .001 and .999. The\n"
      "fitted parameters have seen these attempts, all of them: for forecasts of unseen ones see interregnum score.\n"
      "The record's intervals cover its limited number of attempts, taken as independent; the model's cover\n"
      "chance and the draws of unknown inputs and of the parameters.\n";
  if (!validation.complete)
    text += "Interrupted: only part of the attempts was simulated, so the two sides differ in what they cover.\n";
  return text;
}

Json validation_json(const Validation& validation, const ValidationSettings& settings, const std::string& theta) {
  Json object{{"version", version},
              {"seed", settings.seed},
              {"replicates", settings.replicates},
              {"theta", theta},
              {"complete", validation.complete}};
  object["checks"] = Json::array();
  for (const Check& check : validation.checks)
    object["checks"].push_back({{"name", check.name},
                                {"meaning", check.meaning},
                                {"record", value_json(check.record)},
                                {"model", value_json(check.model)},
                                {"overlaps", check.overlaps()}});
  object["scores"] = Json::object();
  for (const Score& score : validation.scores)
    object["scores"][score.name] = {{"brier", number_json(score.brier)},
                                    {"log_loss", number_json(score.log_loss)},
                                    {"roc", number_json(score.roc)},
                                    {"n", validation.attempts.size()}};
  object["attempts"] = Json::array();
  for (const AttemptForecast& forecast : validation.attempts)
    object["attempts"].push_back({{"attempt", forecast.attempt},
                                  {"succeeded", forecast.succeeded},
                                  {"p", forecast.seized.p},
                                  {"low", forecast.seized.low},
                                  {"high", forecast.seized.high}});
  return object;
}

}  // namespace interregnum
