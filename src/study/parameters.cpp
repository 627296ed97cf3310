#include "study/parameters.hpp"

#include <fmt/core.h>

#include <filesystem>

#include "base/diagnostics.hpp"
#include "files/read_file.hpp"
#include "fit/posterior_file.hpp"
#include "fit/year_walk.hpp"
#include "model/draw_table.hpp"
#include "scenario/overrides.hpp"
#include "study/places.hpp"

namespace interregnum {

namespace {

constexpr const char* shipped_posterior = "posterior-2011.nc";

ThetaDraws read_draws(const std::string& path, const char* hint) {
  if (!std::filesystem::exists(path)) throw InputError(fmt::format("{}: there is no such file ({})", path, hint));
  if (!std::filesystem::is_regular_file(path)) throw InputError(fmt::format("{}: is not a file ({})", path, hint));
  std::string content = read_file(path);
  if (is_draw_table(content)) return read_draw_table(content, path);
  return ThetaDraws(thetas_of(parse_posterior(path, std::move(content)), default_theta()));
}

ThetaDraws draw_from_priors() {
  // As many as the shipped posterior has.
  constexpr std::uint64_t draws = 2000, seed = 1;
  constexpr int default_last_year = 2011;  // of the record that ships
  std::vector<Theta> thetas;
  const YearWalk walk(default_last_year);
  for (std::uint64_t draw = 0; draw < draws; ++draw) {
    thetas.push_back(draw_theta(default_theta(), seed, draw));
    for (const std::string_view part : {seizure_part, onset_part}) {
      const Eigen::VectorXd z = walk.draw_prior(seed, part, draw);
      (part == seizure_part ? thetas.back().seizure.level : thetas.back().onset.level) =
          year_levels_ahead(walk.levels(z), YearWalk::step(z), part, draw);
    }
  }
  return ThetaDraws(std::move(thetas));
}

}  // namespace

std::string shipped_draws(const std::string& name) {
  return shipped_data() + "/" + (name == "posterior" ? shipped_posterior : "folds-2011/" + name + ".nc");
}

Parameters load_parameters(const std::string& source) {
  if (source == "default") return {default_theta(), source, false};
  if (source == "prior") return {draw_from_priors(), source, false};
  if (source.empty())
    return {read_draws(shipped_draws("posterior"), "the fitted parameters ship in it; --theta default does without"),
            shipped_posterior, true};
  return {read_draws(source, "--theta takes default, prior, or a file of draws"), source, true};
}

Parameters load_parameters(const std::string& source, const std::vector<std::string>& changes) {
  Parameters parameters = load_parameters(source);
  for (const std::string& setting : changes) {
    const auto [key, value] = parse_override(setting);
    if (!key.starts_with("theta."))
      throw InputError(fmt::format("--set {}: only parameters (theta.…) can be changed here", setting));
    parameters.thetas.set(key, value);
  }
  return parameters;
}

}  // namespace interregnum
