#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace interregnum {

/// How a replicate ends; exactly one. `seized` is the union of `counter_coup` to `in_power` (Powell & Thyne 2011: power
/// held for seven days).
enum class Outcome : std::uint8_t {
  no_attempt,
  failed,
  reversed,
  counter_coup,
  uprising,
  intervention,
  insurgent_takeover,
  handover,
  in_power
};

inline constexpr std::size_t outcome_count = 9;
inline constexpr std::array<std::string_view, outcome_count> outcome_names{
    "no_attempt",         "failed",   "reversed", "counter_coup", "uprising", "intervention",
    "insurgent_takeover", "handover", "in_power"};

/// What each outcome means, in a few words.
inline constexpr std::array<std::string_view, outcome_count> outcome_meanings{
    "nobody moved",
    "the attempt collapsed",
    "power taken, lost within 7 days",
    "held 7 days, then overthrown by soldiers",
    "held 7 days, then by a crowd",
    "held 7 days, then by foreign troops",
    "held 7 days, then by insurgents",
    "held 7 days, then handed power over",
    "took power and still rules at the horizon"};

constexpr bool is_seized(Outcome outcome) { return outcome >= Outcome::counter_coup; }

}  // namespace interregnum
