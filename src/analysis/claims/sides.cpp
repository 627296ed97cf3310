#include "analysis/claims/sides.hpp"

#include <algorithm>

#include "analysis/claims/place.hpp"
#include "scenario/mixing.hpp"
#include "scenario/overrides.hpp"
#include "scenario/read_scenario.hpp"

namespace interregnum {

namespace {

bool is_of_theta(const Reference& setting) { return setting.id.starts_with("theta."); }

}  // namespace

ThetaDraws ClaimSide::thetas(ThetaDraws base) const {
  for (const Reference& setting : of_theta) {
    at_place(setting, [&] {
      const auto [key, value] = parse_override(setting.id);
      base.set(key, value);
    });
  }
  return base;
}

const ClaimCountry& country_of(const ClaimFile& file, const Reference& reference) {
  return file.files[*find_entry(file.files, reference.id)];
}

Scenario read_country(const ClaimCountry& country, const std::vector<Reference>& settings) {
  std::vector<Override> overrides;
  Scenario scenario;
  const auto read = [&](const Reference& place) {
    at_place(place, [&] {
      Diagnostics diagnostics;
      scenario = read_scenario(country.text, country.path, overrides, diagnostics);
      throw_if_errors(diagnostics);
    });
  };
  read(place_of(country, ".path"));
  for (const Reference& setting : settings) {
    if (is_of_theta(setting)) continue;
    overrides.push_back(at_place(setting, [&] { return parse_override(setting.id); }));
    read(setting);
  }
  return scenario;
}

bool is_key_path(const Reference& factor) { return factor.id.find('.') != std::string::npos; }

std::vector<Reference> joined(std::initializer_list<const std::vector<Reference>*> lists) {
  std::vector<Reference> all;
  for (const auto* list : lists) all.insert(all.end(), list->begin(), list->end());
  return all;
}

namespace {

Scenario take_factors(const Claim& claim, const Scenario& scenario, const Scenario& other) {
  const bool by_section = std::none_of(claim.take.begin(), claim.take.end(), is_key_path);
  const Mixer mixer(scenario, other, by_section ? FactorKind::section : FactorKind::key);
  std::vector<bool> from_b(mixer.factors().size(), false);
  for (const Reference& factor : claim.take) at_place(factor, [&] { from_b[mixer.factor(factor.id)] = true; });
  return mixer.mix(from_b);
}

ClaimSide side_of(const ClaimFile& file, const Claim& claim, const std::vector<Reference>& settings, bool takes) {
  Scenario scenario = read_country(country_of(file, claim.file), settings);
  if (takes && !claim.take.empty())
    scenario = take_factors(claim, scenario, read_country(country_of(file, claim.other), settings));
  ClaimSide side{std::make_shared<const World>(compile(scenario)), {}};
  std::copy_if(settings.begin(), settings.end(), std::back_inserter(side.of_theta), is_of_theta);
  return side;
}

}  // namespace

ClaimSide side_alone(const ClaimFile& file, const Claim& claim) { return side_of(file, claim, claim.set, false); }

ClaimSwap swap_of(const ClaimFile& file, const Claim& claim, const Coding* coding, bool switched_off) {
  static const std::vector<Reference> nothing;
  const auto& set = coding != nullptr ? coding->set : nothing;
  const auto& from = coding != nullptr && !coding->from.empty() ? coding->from : claim.from;
  const auto& to = coding != nullptr && !coding->to.empty() ? coding->to : claim.to;
  const auto& off = switched_off ? claim.without : nothing;
  return {side_of(file, claim, joined({&claim.set, &set, &from, &off}), false),
          side_of(file, claim, joined({&claim.set, &set, &to, &off}), true)};
}

}  // namespace interregnum
