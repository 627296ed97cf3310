#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "model/blocs.hpp"
#include "model/clock.hpp"
#include "model/consolidation.hpp"
#include "model/insurgency.hpp"
#include "model/lessons.hpp"
#include "model/onset.hpp"
#include "model/patrons.hpp"
#include "model/public.hpp"
#include "model/seizure/parameters.hpp"

namespace interregnum {

/// All parameters of the model. Outside the world, so that fitting never compiles a country anew.
struct Theta {
  ClockTheta clock;
  OnsetTheta onset;
  SeizureTheta seizure;
  PublicTheta people;
  BlocsTheta blocs;
  InsurgencyTheta insurgency;
  PatronsTheta patrons;
  ConsolidationTheta consolidation;
  LessonsTheta lessons;
};

/// One parameter as listings show it; `key` is its path, e.g. `theta.seizure.momentum`.
struct ParameterEntry {
  std::string key;
  std::string mechanism;
  std::string_view unit, source, meaning;
  double default_value, low, high;
  Prior prior;
  Sign sign;
  std::function<double&(Theta&)> value;
};

/// Every parameter of every mechanism, in the order of their declaration.
const std::vector<ParameterEntry>& parameter_list();

Theta default_theta();

/// Sets one parameter from text; throws InputError for an unknown key (the nearest is suggested), a value that is no
/// number, or one out of bounds.
void set_parameter(Theta& theta, const std::string& key, const std::string& value);

/// The value below which a share `level` of a parameter's prior lies, cut off at the parameter's bounds.
double prior_quantile(const ParameterEntry& parameter, double level);

/// The share of a parameter's prior that lies below a value: the inverse of `prior_quantile`.
double prior_level(const ParameterEntry& parameter, double value);

/// Draw number `draw` of all parameters from their priors, but the lengths of steps, which are taken from `theta`.
Theta draw_theta(const Theta& theta, std::uint64_t seed, std::uint64_t draw);

/// `normal(0.8, 0.6)` and the like.
std::string to_text(const Prior& prior);

}  // namespace interregnum
