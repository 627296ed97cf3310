#pragma once

#include <stdexcept>
#include <string_view>

namespace interregnum {

/// A rule of the program itself was broken: a fault of the program, never of its input.
class BrokenContract : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Whether `expects` and `ensures` look: in builds for development and under sanitizers (INTERREGNUM_CONTRACTS), not in
/// a release.
#ifdef INTERREGNUM_CONTRACTS
inline constexpr bool contracts_are_checked = true;
#else
inline constexpr bool contracts_are_checked = false;
#endif

/// Throws BrokenContract with a message such as "broken: a share lies between 0 and 1; lost_share is 1.2".
[[noreturn]] void break_contract(std::string_view rule, std::string_view name, double value);

}  // namespace interregnum

/// Throws BrokenContract if `condition` does not hold. `rule` says in words which property has to hold, `value` is the
/// number that breaks it; the message quotes the expression and what it came to. A macro, so that a release does not
/// even compute the condition.
#define ensures(condition, rule, value)                                                            \
  do {                                                                                             \
    if constexpr (::interregnum::contracts_are_checked) {                                          \
      if (!(condition)) ::interregnum::break_contract((rule), #value, static_cast<double>(value)); \
    }                                                                                              \
  } while (false)

/// The same, of what a function is given instead of what it leaves behind.
#define expects(condition, rule, value) ensures(condition, rule, value)
