#pragma once

#include <vector>

#include "analysis/claims.hpp"

namespace interregnum {

/// Fills the verdicts of claims whose effects have been estimated, as ones that were tested together.
void judge_claims(std::vector<ClaimResult>& claims);

}  // namespace interregnum
