#include "scoring/seizure_ends.hpp"

#include <algorithm>
#include <array>

namespace interregnum {

std::optional<bool> lost_again(const Attempt& attempt) {
  if (!attempt.cdp_realized) return std::nullopt;
  if (attempt.succeeded) return false;
  return *attempt.cdp_realized > 0 ? std::optional(true) : std::nullopt;
}

std::optional<bool> lost_again(const RunRecord& run) {
  if (is_seized(run.outcome)) return false;
  return run.outcome == Outcome::reversed ? std::optional(true) : std::nullopt;
}

std::optional<OverthrownFate> fate_of_overthrown(const Attempt& attempt) {
  const std::array custody{attempt.cdp_harrest, attempt.cdp_jailed, attempt.cdp_tried};
  const auto is_known = [](const Known& flag) { return flag.has_value(); };
  if (!attempt.cdp_killed || !attempt.cdp_fled || !attempt.cdp_exile || !std::ranges::all_of(custody, is_known))
    return std::nullopt;
  if (*attempt.cdp_killed > 0) return OverthrownFate::killed;
  if (*attempt.cdp_fled > 0 || *attempt.cdp_exile > 0) return OverthrownFate::fled;
  const bool held = std::ranges::any_of(custody, [](const Known& flag) { return *flag > 0; });
  return held ? OverthrownFate::custody : OverthrownFate::unharmed;
}

OverthrownFate fate_of_overthrown(const RunRecord& run) {
  switch (run.ruler_fate) {
    case RulerFate::fled:
      return OverthrownFate::fled;
    case RulerFate::captured:
      return OverthrownFate::custody;
    case RulerFate::at_large:
    case RulerFate::resigned:
      break;
  }
  return OverthrownFate::unharmed;
}

}  // namespace interregnum
