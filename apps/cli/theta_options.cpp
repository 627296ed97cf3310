#include "cli/theta_options.hpp"

#include <fmt/core.h>

#include <filesystem>

#include "analysis/fit/posterior.hpp"
#include "base/diagnostics.hpp"
#include "cli/places.hpp"
#include "report/posterior_file.hpp"
#include "scenario/overrides.hpp"

namespace interregnum::cli {

namespace {

constexpr const char* shipped_posterior = "posterior-2011.nc";

ThetaDraws read_draws(const std::string& path, const char* hint) {
  if (!std::filesystem::exists(path)) throw InputError(fmt::format("{}: there is no such file ({})", path, hint));
  if (!std::filesystem::is_regular_file(path)) throw InputError(fmt::format("{}: is not a file ({})", path, hint));
  const Posterior posterior = read_posterior(path);
  return ThetaDraws(thetas_of(posterior, default_theta()));
}

ThetaDraws draw_from_priors() {
  // As many as the shipped posterior has.
  constexpr std::uint64_t draws = 2000, seed = 1;
  std::vector<Theta> thetas;
  for (std::uint64_t draw = 0; draw < draws; ++draw) thetas.push_back(draw_theta(default_theta(), seed, draw));
  return ThetaDraws(std::move(thetas));
}

}  // namespace

void ThetaOptions::add_to(CLI::App& command) {
  command.add_option("--theta", source,
                     "parameters: default (one set of values), prior (draws from the priors), or a posterior file of "
                     "`fit` (default: the one that ships, fitted to the record that ships)");
}

void ThetaOptions::name_files(FileRoles& files) const {
  if (source != "default" && source != "prior") files.reads(source, "the draws of --theta");
  files.reads_folder(shipped_data(), "the data that ship with the program");
}

Parameters load_parameters(const ThetaOptions& options) {
  if (options.source == "default") return {default_theta(), options.source, false};
  if (options.source == "prior") return {draw_from_priors(), options.source, false};
  if (options.source.empty())
    return {read_draws(shipped_data() + "/" + shipped_posterior,
                       "the fitted parameters ship in it; --theta default does without"),
            shipped_posterior, true};
  return {read_draws(options.source, "--theta takes default, prior, or a posterior file of `fit`"), options.source,
          true};
}

Parameters load_parameters(const ThetaOptions& options, const std::vector<std::string>& changes) {
  Parameters parameters = load_parameters(options);
  for (const std::string& setting : changes) {
    const auto [key, value] = parse_override(setting);
    if (!key.starts_with("theta."))
      throw InputError(fmt::format("--set {}: only parameters (theta.…) can be changed here", setting));
    parameters.thetas.set(key, value);
  }
  return parameters;
}

}  // namespace interregnum::cli
