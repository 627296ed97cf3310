#include "report/fit_report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/quoting.hpp"
#include "report/format.hpp"

namespace interregnum {

namespace {

using Json = nlohmann::ordered_json;

std::string interval(double median, double low, double high) {
  // Medians of symmetric priors are zero up to the arithmetic.
  if (std::abs(median) < 1e-9 * (high - low)) median = 0.0;
  return fmt::format("{:.3g} ({:.3g} to {:.3g})", median, low, high);
}

Json parameter_json(const ParameterSummary& summary) {
  return {{"name", summary.name},
          {"mean", summary.mean},
          {"sd", summary.sd},
          {"median", summary.median},
          {"low", summary.low},
          {"high", summary.high},
          {"prior", {{"median", summary.prior_median}, {"low", summary.prior_low}, {"high", summary.prior_high}}},
          {"contraction", summary.contraction},
          {"seen", summary.is_seen()},
          {"r_hat", summary.r_hat},
          {"effective_sample_size", summary.sample_size}};
}

}  // namespace

std::string fit_text(const Fit& fit, const std::string& folder) {
  std::vector<ParameterSummary> seen = summarise(fit.posteriors.front().posterior);
  const std::size_t all = seen.size();
  std::erase_if(seen, [](const ParameterSummary& summary) { return !summary.is_seen(); });
  std::stable_sort(seen.begin(), seen.end(), [](const ParameterSummary& left, const ParameterSummary& right) {
    return left.contraction > right.contraction;
  });
  std::string text = fmt::format(
      "The record says something of {} of {} parameters; of the others it leaves what was believed before.\n\n",
      seen.size(), all);
  text += fmt::format("  {} {} {} {}\n", padded("parameter", 38), padded("given the record", 28), padded("before", 28),
                      "taken away");
  for (const ParameterSummary& summary : seen)
    text += fmt::format("  {} {} {} {:.0f} %\n", padded(summary.name, 38),
                        padded(interval(summary.median, summary.low, summary.high), 28),
                        padded(interval(summary.prior_median, summary.prior_low, summary.prior_high), 28),
                        100 * summary.contraction);
  text +=
      "\n  in brackets: 95 % intervals. taken away: part of the variance before. Intervals cover the record's limits, "
      "given the model.\n";
  if (!fit.complete) text += "Interrupted: the same command goes on from there.\n";
  text += fmt::format(
      "Draws: {} (netCDF; ArviZ: arviz.summary(xarray.open_dataset(…))); to use them: interregnum run FILE --theta "
      "{}\n",
      folder + "/posterior.nc", shell_word(folder + "/posterior.nc"));
  return text;
}

Json fit_json(const Fit& fit, const std::string& folder) {
  Json object{{"folder", folder},
              {"complete", fit.complete},
              {"parameters", Json::array()},
              {"quantities", Json::array()},
              {"chains", Json::array()},
              {"files", Json::array()}};
  for (const ParameterSummary& summary : summarise(fit.posteriors.front().posterior))
    object["parameters"].push_back(parameter_json(summary));
  for (const QuantitySummary& summary : summarise_others(fit.posteriors.front().posterior))
    object["quantities"].push_back(
        {{"name", summary.name}, {"median", summary.median}, {"low", summary.low}, {"high", summary.high}});
  for (const ChainsSummary& chains : fit.chains)
    object["chains"].push_back({{"attempts", chains.records},
                                {"part", chains.part},
                                {"largest_r_hat", number_json(chains.largest_r_hat)},
                                {"smallest_sample_size", number_json(chains.smallest_sample_size)},
                                {"acceptance", chains.acceptance}});
  for (const NamedPosterior& named : fit.posteriors) object["files"].push_back(folder + "/" + named.name + ".nc");
  return object;
}

std::string calibration_text(const Calibration& calibration) {
  const auto rejected = std::count_if(calibration.parameters.begin(), calibration.parameters.end(),
                                      [](const RankedParameter& parameter) { return parameter.rejected; });
  std::string text = fmt::format(
      "{} made-up records; where the true value falls among {} draws, in {} bins: even if the fit is right.\n\n",
      calibration.records, Calibration::draws,
      calibration.parameters.empty() ? 0 : calibration.parameters.front().counts.size());
  text += fmt::format("  {} {} {} ranks\n", padded("parameter", 38), padded("part", 8), padded("p", 8));
  for (const RankedParameter& parameter : calibration.parameters)
    text += fmt::format("  {} {} {} {}{}\n", padded(parameter.name, 38), padded(parameter.part, 8),
                        padded(fmt::format("{:.2g}", parameter.p_value), 8), fmt::join(parameter.counts, " "),
                        parameter.rejected ? "  uneven" : "");
  text += fmt::format(
      "\n{} of {} parameters are uneven (chi-square with Holm's correction: one or more of all would be called so by "
      "chance in {:.0f} % of such trials).\n",
      rejected, calibration.parameters.size(), 100 * Calibration::false_alarm_rate);
  if (!calibration.complete) text += "Interrupted: the same command goes on from there.\n";
  return text;
}

Json calibration_json(const Calibration& calibration) {
  Json object{{"calibration", Json::array()},
              {"records", calibration.records},
              {"complete", calibration.complete},
              {"draws", Calibration::draws},
              {"false_alarm_rate", Calibration::false_alarm_rate},
              {"rejected", Json::array()}};
  for (const RankedParameter& parameter : calibration.parameters) {
    object["calibration"].push_back({{"name", parameter.name},
                                     {"part", parameter.part},
                                     {"ranks", parameter.ranks},
                                     {"bins", parameter.counts},
                                     {"p_value", parameter.p_value}});
    if (parameter.rejected) object["rejected"].push_back(parameter.name);
  }
  return object;
}

}  // namespace interregnum
