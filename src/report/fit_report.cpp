#include "report/fit_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/format.hpp"

namespace interregnum {

namespace {

using Json = nlohmann::ordered_json;

std::string interval(double median, double low, double high) {
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
      "Draws: {}/posterior.nc (ArviZ: arviz.from_netcdf); to use them: interregnum run FILE --theta {}/posterior.nc\n",
      folder, folder);
  return text;
}

Json fit_json(const Fit& fit, const std::string& folder) {
  Json object{{"folder", folder},
              {"complete", fit.complete},
              {"parameters", Json::array()},
              {"chains", Json::array()},
              {"files", Json::array()}};
  for (const ParameterSummary& summary : summarise(fit.posteriors.front().posterior))
    object["parameters"].push_back(parameter_json(summary));
  for (const ChainsSummary& chains : fit.chains)
    object["chains"].push_back({{"attempts", chains.records},
                                {"part", chains.part},
                                {"largest_r_hat", chains.largest_r_hat},
                                {"smallest_sample_size", chains.smallest_sample_size},
                                {"acceptance", chains.acceptance}});
  for (const NamedPosterior& named : fit.posteriors) object["files"].push_back(folder + "/" + named.name + ".nc");
  return object;
}

}  // namespace interregnum
