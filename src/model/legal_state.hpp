#pragma once

#include "base/contract.hpp"

namespace interregnum {

struct Country;

/// Throws BrokenContract, with the rule and the number that breaks it, unless the state of the country is one that the
/// mechanisms may leave behind at the end of a full step: amounts are not negative, shares lie between 0 and 1, crowds
/// are within the population, the rulers' fields agree, and nothing happened later than now.
void check_legal_state(const Country& country);

/// The same where contracts are checked; nothing in a release.
inline void ensure_legal_state(const Country& country) {
  if constexpr (contracts_are_checked) check_legal_state(country);
}

}  // namespace interregnum
