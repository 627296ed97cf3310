#include "report/score_report.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "report/format.hpp"

namespace interregnum {

nlohmann::ordered_json difference_json(const ScoreDifference& difference) {
  return {{"value", number_json(difference.value)},
          {"low", number_json(difference.low)},
          {"high", number_json(difference.high)}};
}

namespace {

using Json = nlohmann::ordered_json;

Json success_json(const SuccessScores& scores) {
  Json object = Json::object();
  for (const ScoreOf& score : scores.scores) {
    Json entry{{"brier", number_json(score.brier)},
               {"log_loss", number_json(score.log_loss)},
               {"roc", number_json(score.roc)},
               {"n", score.n}};
    if (score.brier_difference) entry["brier_difference"] = difference_json(*score.brier_difference);
    if (score.log_loss_difference) entry["log_loss_difference"] = difference_json(*score.log_loss_difference);
    object[score.name] = std::move(entry);
  }
  return object;
}

Json calibration_json(const SuccessScores& scores) {
  Json list = Json::array();
  for (const CalibrationBin& bin : scores.calibration)
    list.push_back({{"forecast", bin.forecast}, {"happened", to_json(bin.happened)}, {"n", bin.n}});
  return list;
}

Json survival_json(const SurvivalScore& score) {
  Json curve = Json::array();
  for (const CurvePoint& point : score.curve)
    curve.push_back({{"days", point.days},
                     {"model", point.model},
                     {"record", to_json(point.record)},
                     {"inside", point.is_inside()},
                     {"n", point.n}});
  return {{"concordance", number_json(score.concordance)},
          {"integrated_brier", number_json(score.integrated_brier)},
          {"integrated_brier_of_curve", number_json(score.integrated_brier_of_curve)},
          {"n", score.n},
          {"curve", std::move(curve)}};
}

Json onset_scores_json(const OnsetScores& scores) {
  Json object = Json::object();
  for (const OnsetScore& score : scores.scores)
    object[score.name] = {{"roc", number_json(score.roc)},
                          {"average_precision", number_json(score.average_precision)},
                          {"brier", number_json(score.brier)},
                          {"log_loss", number_json(score.log_loss)},
                          {"expected", score.expected},
                          {"observed", score.observed},
                          {"n", score.n}};
  return object;
}

Json each_json(const std::vector<AttemptForecastOf>& each) {
  Json list = Json::array();
  for (const AttemptForecastOf& forecast : each) {
    Json beside = Json::object();
    for (const auto& [name, p] : forecast.beside) beside[name] = number_json(p);
    list.push_back({{"attempt", forecast.attempt},
                    {"p", forecast.p.p},
                    {"low", forecast.p.low},
                    {"high", forecast.p.high},
                    {"succeeded", forecast.succeeded},
                    {"beside", std::move(beside)}});
  }
  return list;
}

std::string difference_text(const std::optional<ScoreDifference>& difference) {
  if (!difference) return "";
  if (!std::isfinite(difference->value)) return "cannot be told";
  if (!std::isfinite(difference->low)) return fmt::format("{:+.4f} (its interval cannot be told)", difference->value);
  return fmt::format("{:+.4f} ({:+.4f} to {:+.4f})", difference->value, difference->low, difference->high);
}

std::string success_text(const SuccessScores& scores) {
  std::string text = fmt::format("  {} {:>7} {:>9} {:>6} {:>5}  {}\n", padded("", 20), "Brier", "log loss", "ROC", "n",
                                 "model's Brier less this one");
  for (const ScoreOf& score : scores.scores)
    text +=
        fmt::format("  {} {:>7} {:>9} {:>6} {:>5}  {}\n", padded(score.name, 20), figure(score.brier, 4),
                    figure(score.log_loss, 4), figure(score.roc, 3), score.n, difference_text(score.brier_difference));
  return text;
}

std::string survival_text(const std::string& title, const SurvivalScore& score) {
  std::string text =
      fmt::format("{}: concordance {}, integrated Brier score {} (curve of the other folds {}), {} spells\n", title,
                  figure(score.concordance, 3), figure(score.integrated_brier, 4),
                  figure(score.integrated_brier_of_curve, 4), score.n);
  for (const CurvePoint& point : score.curve)
    text += fmt::format("  {:>4} days  model {:.3f}  record {:.3f} ({:.3f} - {:.3f})  {}\n", point.days, point.model,
                        point.record.p, point.record.low, point.record.high, point.is_inside() ? "inside" : "OUTSIDE");
  return text;
}

}  // namespace

namespace {

std::string notes_on_scores() {
  return fmt::format(
      "  Log losses of successes are of probabilities cut at {:g} and {:g}. A rank that CAM does not know is "
      "integrated "
      "over.\n",
      log_loss_cut, 1.0 - log_loss_cut);
}

}  // namespace

std::string score_text(const RecordScores& scores) {
  std::string text = "Success, each tenth of the countries forecast by a fit to the others:\n";
  text += success_text(scores.grouped);
  text += "\nSuccess, attempts from 1990 on by a fit to those until 1989:\n" + success_text(scores.temporal);
  text += "\n" + survival_text("No further successful coup", scores.survival.further);
  text += survival_text("First leader in office, if on day 7", scores.survival.leader);
  text += "\nOnset, months from 1990 on by the fit until 1989:\n" + onset_scores_text(scores.onset);
  text +=
      "\n  In brackets: 95 % intervals of the difference over draws of countries (2,000; of ROC "
      "areas 200; of the record's curves: of a share). Negative: the model is better.\n";
  text += notes_on_scores();
  return text;
}

Json score_json(const RecordScores& scores) {
  return {
      {"grouped", success_json(scores.grouped)},
      {"temporal", success_json(scores.temporal)},
      {"survival",
       {{"further_success", survival_json(scores.survival.further)},
        {"leader", survival_json(scores.survival.leader)}}},
      {"onset", onset_scores_json(scores.onset)},
      {"onset_roc_difference", difference_json(scores.onset.roc_difference)},
      {"onset_roc_difference_refitted", difference_json(scores.onset.roc_difference_refitted)},
      {"calibration", {{"grouped", calibration_json(scores.grouped)}, {"temporal", calibration_json(scores.temporal)}}},
      {"each", each_json(scores.each)},
      {"each_temporal", each_json(scores.each_temporal)}};
}

std::string attempt_scores_text(const AttemptScores& scores) {
  std::string text = success_text(scores.attempts) + "\n";
  for (const AttemptForecastOf& forecast : scores.each)
    text += fmt::format("  {} {}  {}\n", padded(forecast.attempt, 18), padded(percent(forecast.p), 24),
                        forecast.succeeded ? "succeeded" : "failed");
  return text + "\n  In brackets: where the chance lies for 95 % of the parameters' draws.\n" + notes_on_scores();
}

Json attempt_scores_json(const AttemptScores& scores) {
  return {{"attempts", success_json(scores.attempts)},
          {"calibration", calibration_json(scores.attempts)},
          {"each", each_json(scores.each)}};
}

std::string onset_scores_text(const OnsetScores& scores) {
  std::string text = fmt::format("  {} {:>6} {:>10} {:>9} {:>9} {:>9} {:>9}\n", padded("", 19), "ROC", "av. prec.",
                                 "log loss", "expected", "observed", "months");
  for (const OnsetScore& score : scores.scores)
    text += fmt::format("  {} {:>6} {:>10} {:>9} {:>9.1f} {:>9} {:>9}\n", padded(score.name, 19), figure(score.roc, 3),
                        figure(score.average_precision, 4), figure(score.log_loss, 5), score.expected, score.observed,
                        score.n);
  return text + fmt::format(
                    "  ROC, model less time since the last attempt: {}; less the same refitted every year: {}\n"
                    "  Log losses are of probabilities cut at {:g} and at 1 less that.\n",
                    difference_text(scores.roc_difference), difference_text(scores.roc_difference_refitted),
                    onset_log_loss_cut);
}

Json months_scores_json(const OnsetScores& scores) {
  return {{"onset", onset_scores_json(scores)},
          {"onset_roc_difference", difference_json(scores.roc_difference)},
          {"onset_roc_difference_refitted", difference_json(scores.roc_difference_refitted)}};
}

}  // namespace interregnum
