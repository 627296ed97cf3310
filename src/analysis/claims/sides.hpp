#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/theta_draws.hpp"
#include "scenario/claim_file.hpp"
#include "world/world.hpp"

namespace interregnum {

/// One side of a swap: the country, and settings of parameters, whichever values the others have.
struct ClaimSide {
  std::shared_ptr<const World> world;
  std::vector<Reference> of_theta;

  ThetaDraws thetas(ThetaDraws base) const;
};

struct ClaimSwap {
  ClaimSide from, to;
};

/// The country file that a claim names.
const ClaimCountry& country_of(const ClaimFile& file, const Reference& reference);
/// A country file with settings. A mistake in a setting is reported at the setting's place in the claim file.
Scenario read_country(const ClaimCountry& country, const std::vector<Reference>& settings);
/// Whether a factor is a key (`public.support`) instead of a section.
bool is_key_path(const Reference& factor);
std::vector<Reference> joined(std::initializer_list<const std::vector<Reference>*> lists);

/// The country of a claim that swaps nothing.
ClaimSide side_alone(const ClaimFile& file, const Claim& claim);
/// The two sides of a claim, perhaps as a coding reads it, or with its mechanism switched off.
ClaimSwap swap_of(const ClaimFile& file, const Claim& claim, const Coding* coding, bool switched_off);

}  // namespace interregnum
