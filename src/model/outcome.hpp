#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/tables.hpp"

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

inline constexpr std::size_t outcome_count = static_cast<std::size_t>(Outcome::in_power) + 1;

struct OutcomeDescription {
  Outcome outcome;
  std::string_view name;      ///< stable key in results
  std::string_view meaning;   ///< in a table of outcomes
  std::string_view sentence;  ///< "… in 63 % of futures"
  std::string_view attempt;   ///< how one future's attempt ended; the words in braces are those of `verdict_sentence`
  std::string_view junta;     ///< and its junta, which is the subject; empty where there was none
};

inline constexpr std::array<OutcomeDescription, outcome_count> outcome_descriptions = [] {
  constexpr std::string_view held = "Power is taken after {taken} and held for seven days; {killed}.";
  return std::array<OutcomeDescription, outcome_count>{{
      {Outcome::no_attempt, "no_attempt", "nobody moved", "nobody moves", "Nobody moves before the horizon.", ""},
      {Outcome::failed, "failed", "the attempt collapsed", "the attempt fails",
       "The attempt fails after {decided}; {killed}.", ""},
      {Outcome::reversed, "reversed", "power taken, lost within 7 days", "power is taken and lost within seven days",
       "Power is taken after {taken} and lost again after {decided}; {killed}.", ""},
      {Outcome::counter_coup, "counter_coup", "held 7 days, then overthrown by soldiers",
       "the junta is overthrown by soldiers", held, "loses power to a counter-coup"},
      {Outcome::uprising, "uprising", "held 7 days, then by a crowd", "the junta falls to an uprising", held,
       "falls to an uprising"},
      {Outcome::intervention, "intervention", "held 7 days, then by foreign troops", "foreign troops remove the junta",
       held, "is driven out by foreign soldiers"},
      {Outcome::insurgent_takeover, "insurgent_takeover", "held 7 days, then by insurgents",
       "insurgents take the capital from the junta", held, "loses the capital to insurgents"},
      {Outcome::handover, "handover", "held 7 days, then handed power over", "the junta hands over power", held,
       "hands power over by bargain"},
      {Outcome::in_power, "in_power", "took power and still rules at the horizon",
       "the junta is in power at the horizon", held, "still rules at the horizon"},
  }};
}();

static_assert(stands_in_order(outcome_descriptions, &OutcomeDescription::outcome));

constexpr const OutcomeDescription& description_of(Outcome outcome) {
  return outcome_descriptions[static_cast<std::size_t>(outcome)];
}

inline constexpr std::array<std::string_view, outcome_count> outcome_names = [] {
  std::array<std::string_view, outcome_count> names;
  for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) names[outcome] = outcome_descriptions[outcome].name;
  return names;
}();

constexpr bool is_seized(Outcome outcome) { return outcome >= Outcome::counter_coup; }

}  // namespace interregnum
