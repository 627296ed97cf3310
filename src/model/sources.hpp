#pragma once

#include <string_view>

/// Sources of parameters that more than one mechanism rests on; those of one mechanism alone stand in its own header.
namespace interregnum::sources {

inline constexpr std::string_view contest = "Hirshleifer 1989; Tullock 1980, contest success functions";
inline constexpr std::string_view quantal = "McKelvey & Palfrey 1995, quantal response";
inline constexpr std::string_view marinov = "Marinov & Goemans 2014, Coups and democracy";
inline constexpr std::string_view wealth = "Londregan & Poole 1990, Poverty, the coup trap, and the seizure of power";
inline constexpr std::string_view guess =
    "no estimate known; wide prior, docs/decisions/0006-defaults-after-the-seizure.md";

}  // namespace interregnum::sources
