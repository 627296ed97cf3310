#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "base/diagnostics.hpp"
#include "base/distribution.hpp"
#include "base/draws.hpp"
#include "base/identifiers.hpp"
#include "base/quantity.hpp"
#include "base/suggestions.hpp"
#include "model/mechanisms.hpp"

namespace interregnum {

const std::vector<ParameterEntry>& parameter_list() {
  static const std::vector<ParameterEntry> list = parameters_of<mechanisms>();
  return list;
}

Theta default_theta() {
  Theta theta;
  for (const ParameterEntry& parameter : parameter_list()) parameter.value(theta) = parameter.default_value;
  theta.onset.level = usual_onset_levels();
  return theta;
}

void set_parameter(Theta& theta, const std::string& key, const std::string& value) {
  for (const ParameterEntry& parameter : parameter_list()) {
    if (parameter.key != key) continue;
    QuantityProblem problem;
    const auto number = parse_quantity(value, Dimension::position, problem);
    if (!number) throw InputError(fmt::format("--set {}={}: {}", key, value, problem.problem));
    if (number->low != number->high)
      throw InputError(fmt::format("--set {}={}: a parameter takes a single number", key, value));
    if (number->low < parameter.low || number->low > parameter.high) {
      throw InputError(fmt::format("--set {}={}: out of bounds (it must be between {} and {})", key, value,
                                   parameter.low, parameter.high));
    }
    parameter.value(theta) = number->low;
    return;
  }
  std::vector<std::string> known;
  for (const ParameterEntry& parameter : parameter_list()) known.push_back(parameter.key);
  const std::string nearest = did_you_mean(key, known);
  throw InputError(fmt::format("--set {}={}: there is no such parameter ({})", key, value,
                               nearest.empty() ? "`interregnum params` lists them" : nearest));
}

namespace {

/// The prior, of the logarithm where it is lognormal, cut off at the parameter's bounds.
Distribution prior_distribution(const ParameterEntry& parameter) {
  const Prior& prior = parameter.prior;
  switch (prior.family) {
    case Prior::Family::normal:
      return Distribution::normal(prior.first, prior.second, parameter.low, parameter.high);
    case Prior::Family::lognormal: {
      const double low = parameter.low > 0 ? std::log(parameter.low) : -std::numeric_limits<double>::infinity();
      return Distribution::normal(std::log(prior.first), prior.second, low, std::log(parameter.high));
    }
    case Prior::Family::uniform:
      break;
  }
  return Distribution::uniform(prior.first, prior.second);
}

}  // namespace

double prior_quantile(const ParameterEntry& parameter, double level) {
  const double value = prior_distribution(parameter).quantile(level);
  return parameter.prior.family == Prior::Family::lognormal ? std::exp(value) : value;
}

double prior_level(const ParameterEntry& parameter, double value) {
  return prior_distribution(parameter).below(parameter.prior.family == Prior::Family::lognormal ? std::log(value)
                                                                                                : value);
}

Theta draw_theta(const Theta& theta, std::uint64_t seed, std::uint64_t draw) {
  Theta drawn = theta;
  const Draws draws(seed, 0, draw);
  for (const ParameterEntry& parameter : parameter_list()) {
    if (parameter.mechanism == "clock") continue;
    parameter.value(drawn) =
        prior_quantile(parameter, draws.uniform(DrawPurpose::parameter, hash_identifier(parameter.key)));
  }
  return drawn;
}

std::string to_text(const Prior& prior) {
  switch (prior.family) {
    case Prior::Family::normal:
      return fmt::format("normal({}, {})", prior.first, prior.second);
    case Prior::Family::lognormal:
      return fmt::format("lognormal({}, {})", prior.first, prior.second);
    case Prior::Family::uniform:
      return fmt::format("uniform({}, {})", prior.first, prior.second);
  }
  return "";
}

}  // namespace interregnum
