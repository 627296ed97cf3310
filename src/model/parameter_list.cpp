#include <fmt/format.h>

#include "base/diagnostics.hpp"
#include "base/quantity.hpp"
#include "model/theta.hpp"
#include "scenario/suggestions.hpp"

namespace interregnum {

namespace {

template <class MechanismTheta, class Declarations>
void add(std::vector<ParameterEntry>& list, const std::string& mechanism, MechanismTheta Theta::*part,
         const Declarations& declarations) {
  for (const Parameter<MechanismTheta>& parameter : declarations) {
    const auto member = parameter.member;
    list.push_back({fmt::format("theta.{}.{}", mechanism, parameter.name), mechanism, parameter.unit, parameter.source,
                    parameter.meaning, parameter.default_value, parameter.low, parameter.high, parameter.prior,
                    parameter.sign, [part, member](Theta& theta) -> double& { return theta.*part.*member; }});
  }
}

}  // namespace

const std::vector<ParameterEntry>& parameter_list() {
  static const std::vector<ParameterEntry> list = [] {
    std::vector<ParameterEntry> entries;
    add(entries, "clock", &Theta::clock, clock_parameters);
    add(entries, "onset", &Theta::onset, onset_parameters);
    add(entries, "seizure", &Theta::seizure, seizure_parameters);
    add(entries, "public", &Theta::people, public_parameters);
    add(entries, "blocs", &Theta::blocs, blocs_parameters);
    add(entries, "insurgency", &Theta::insurgency, insurgency_parameters);
    add(entries, "patrons", &Theta::patrons, patrons_parameters);
    add(entries, "consolidation", &Theta::consolidation, consolidation_parameters);
    add(entries, "lessons", &Theta::lessons, lessons_parameters);
    return entries;
  }();
  return list;
}

Theta default_theta() {
  Theta theta;
  for (const ParameterEntry& parameter : parameter_list()) parameter.value(theta) = parameter.default_value;
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
