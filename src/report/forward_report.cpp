#include "report/forward_report.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/diagnostics.hpp"
#include "report/format.hpp"
#include "report/score_report.hpp"

namespace interregnum {

namespace {

using Json = nlohmann::ordered_json;

Json scores_by_model_json(const std::vector<ForwardScore>& scores) {
  Json object = Json::object();
  for (const ForwardScore& score : scores) {
    Json entry{{"brier", number_json(score.brier)},
               {"log_loss", number_json(score.log_loss)},
               {"roc", number_json(score.roc)},
               {"average_precision", number_json(score.average_precision)},
               {"n", score.n},
               {"expected", number_json(score.expected)},
               {"seen", score.seen}};
    if (&score != &scores.front()) {
      entry["brier_difference"] = difference_json(score.brier_difference);
      entry["log_loss_difference"] = difference_json(score.log_loss_difference);
    }
    object[score.model] = std::move(entry);
  }
  return object;
}

Json count_json(const Probability& count) { return {{"value", count.p}, {"low", count.low}, {"high", count.high}}; }

Json years_json(const std::vector<ForwardYear>& years) {
  Json list = Json::array();
  for (const ForwardYear& year : years)
    list.push_back({{"year", year.year},
                    {"attempts", year.attempts},
                    {"successes", year.successes},
                    {"expected_successes", count_json(year.expected_successes)},
                    {"attempt_months", year.attempt_months},
                    {"expected_attempt_months", count_json(year.expected_attempt_months)},
                    {"weight_success", year.weight_success},
                    {"weight_onset", year.weight_onset}});
  return list;
}

Json forecasts_json(const ForwardScores& scores) {
  Json list = Json::array();
  for (const ForwardForecast& forecast : scores.each) {
    Json p = Json::object();
    for (std::size_t model = 0; model < forecast.p.size(); ++model)
      p[scores.success_models[model]] = number_json(forecast.p[model]);
    list.push_back({{"attempt", forecast.attempt},
                    {"year", forecast.year},
                    {"succeeded", forecast.succeeded},
                    {"p", std::move(p)}});
  }
  return list;
}

Json checks_json(const std::vector<ColdCheck>& checks) {
  Json list = Json::array();
  for (const ColdCheck& check : checks)
    list.push_back({{"year", check.year},
                    {"largest_difference", check.largest_difference},
                    {"mean_difference", check.mean_difference},
                    {"expected_attempt_months", check.expected_months},
                    {"expected_attempt_months_cold", check.expected_months_cold}});
  return list;
}

Json chains_json(const std::vector<ChainsSummary>& chains) {
  Json list = Json::array();
  for (const ChainsSummary& of : chains)
    list.push_back({{"records", of.records},
                    {"part", of.part},
                    {"largest_r_hat", number_json(of.largest_r_hat)},
                    {"smallest_sample_size", number_json(of.smallest_sample_size)}});
  return list;
}

double number_of(const Json& value) { return value.is_null() ? no_number : value.get<double>(); }

std::string table_text(const Json& scores, bool onset) {
  std::string text = fmt::format("    {} {:>7} {:>9} {:>6} {:>7} {:>9} {:>5}  {}\n", padded("", 26), "Brier",
                                 "log loss", "ROC", "av.pr.", "expected", "seen",
                                 onset ? "mechanism's log loss less this one" : "mechanism's Brier less this one");
  for (const auto& [model, score] : scores.items()) {
    const int decimals = onset ? 5 : 4;
    text +=
        fmt::format("    {} {:>7} {:>9} {:>6} {:>7} {:>9} {:>5}", padded(model, 26),
                    figure(number_of(score.at("brier")), decimals), figure(number_of(score.at("log_loss")), decimals),
                    figure(number_of(score.at("roc")), 3), figure(number_of(score.at("average_precision")), 4),
                    figure(number_of(score.at("expected")), 1), score.at("seen").get<std::size_t>());
    const char* key = onset ? "log_loss_difference" : "brier_difference";
    if (score.contains(key)) {
      const Json& difference = score.at(key);
      text += fmt::format("  {:+.{}f} ({:+.{}f} to {:+.{}f})", number_of(difference.at("value")), decimals,
                          number_of(difference.at("low")), decimals, number_of(difference.at("high")), decimals);
    }
    text += "\n";
  }
  return text;
}

}  // namespace

Json forward_json(const ForwardScores& scores) {
  Json success = Json::object(), onset = Json::object(), calibration = Json::object();
  for (const ForwardPeriod& period : scores.periods) {
    const std::string name = fmt::format("{}-{}", period.first, period.last);
    success[name] = scores_by_model_json(period.success);
    onset[name] = scores_by_model_json(period.onset);
    Json bins = Json::array();
    for (const CalibrationBin& bin : period.calibration)
      bins.push_back({{"forecast", bin.forecast}, {"happened", to_json(bin.happened)}, {"n", bin.n}});
    calibration[name] = std::move(bins);
  }
  return {{"forward", {{"success", std::move(success)}, {"onset", std::move(onset)}}},
          {"calibration_by_period", std::move(calibration)},
          {"stacking", {{"weight_success", scores.weight_success}, {"weight_onset", scores.weight_onset}}},
          {"years", years_json(scores.years)},
          {"each", forecasts_json(scores)},
          {"checks", checks_json(scores.checks)},
          {"chains", chains_json(scores.chains)}};
}

std::string forward_text(const Json& report, const std::string& name) {
  try {
    std::string text =
        "Each year by parameters that were fitted to the years before; intervals by drawing countries anew.\n";
    for (const bool onset : {false, true}) {
      for (const auto& [period, scores] : report.at("forward").at(onset ? "onset" : "success").items()) {
        text += fmt::format("\n{}, {}:\n", onset ? "Months with an attempt" : "Success of attempts", period);
        text += table_text(scores, onset);
      }
    }
    const Json& stacking = report.at("stacking");
    text += fmt::format(
        "\n`regression`: success by rank, wealth, past attempts, civil war and who began it "
        "(`logistic_initiators_walk`); "
        "onset by\nCoupCats' specification; both with a level that walks over the years. `stacked`: mean of the log "
        "odds of "
        "mechanism and\nregression, the mechanism's weight learnt from the years before (now {:.2f} for success, "
        "{:.2f} for "
        "onset).\n",
        number_of(stacking.at("weight_success")), number_of(stacking.at("weight_onset")));
    return text;
  } catch (const Json::exception&) {
    throw InputError(fmt::format("{}: is not what `interregnum score --forward --again --json` writes", name));
  }
}

}  // namespace interregnum
