#pragma once

#include <stdexcept>
#include <string>

namespace interregnum {

/// A rule of the program itself was broken: a fault of the program, never of its input.
class BrokenContract : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Whether `ensures` looks: in builds for development and under sanitizers (INTERREGNUM_CONTRACTS), not in a release.
#ifdef INTERREGNUM_CONTRACTS
inline constexpr bool contracts_are_checked = true;
#else
inline constexpr bool contracts_are_checked = false;
#endif

}  // namespace interregnum

/// Throws BrokenContract if `condition` does not hold. `rule` says in words which property has to hold. A macro, so
/// that a release does not even compute the condition.
#define ensures(condition, rule)                                                               \
  do {                                                                                         \
    if constexpr (::interregnum::contracts_are_checked) {                                      \
      if (!(condition)) throw ::interregnum::BrokenContract(std::string("broken: ") + (rule)); \
    }                                                                                          \
  } while (false)
