#pragma once

#include <stdexcept>
#include <string_view>

namespace interregnum {

/// What was believed of a parameter before the record was looked at. Always cut off at the parameter's bounds.
struct Prior {
  enum class Family { normal, lognormal, uniform };
  Family family;
  double first;   ///< mean, median, or low end
  double second;  ///< standard deviation, standard deviation of the logarithm, or high end

  static constexpr Prior normal(double mean, double sd) { return {Family::normal, mean, sd}; }
  static constexpr Prior lognormal(double median, double log_sd) { return {Family::lognormal, median, log_sd}; }
  static constexpr Prior uniform(double low, double high) { return {Family::uniform, low, high}; }
};

/// Whether a prior or the form of an equation fixes the sign of an effect; a claim that rests on such a sign is
/// *assumed*, not *supported*.
enum class Sign { open, assumed };

/// One parameter of a mechanism, declared once; listings, documentation and `--set` are made from the declaration.
template <class MechanismTheta>
struct Parameter {
  double MechanismTheta::*member;
  std::string_view name;
  std::string_view unit;
  double default_value;
  double low;
  double high;
  Prior prior;
  Sign sign;
  std::string_view source;
  std::string_view meaning;

  // Evaluated by the compiler: a declaration without a unit, a source or a meaning, or with a default out of bounds,
  // does not compile.
  consteval Parameter(double MechanismTheta::*member_, std::string_view name_, std::string_view unit_, double default_,
                      double low_, double high_, Prior prior_, Sign sign_, std::string_view source_,
                      std::string_view meaning_)
      : member(member_),
        name(name_),
        unit(unit_),
        default_value(default_),
        low(low_),
        high(high_),
        prior(prior_),
        sign(sign_),
        source(source_),
        meaning(meaning_) {
    if (name.empty() || unit.empty() || source.empty() || meaning.empty())
      throw std::logic_error("incomplete declaration");
    if (!(low < high) || default_value < low || default_value > high) throw std::logic_error("default out of bounds");
  }
};

}  // namespace interregnum
