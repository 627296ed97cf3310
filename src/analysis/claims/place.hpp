#pragma once

#include <fmt/format.h>

#include "base/diagnostics.hpp"
#include "scenario/checks.hpp"
#include "scenario/overrides.hpp"
#include "scenario/scenario.hpp"

namespace interregnum {

/// A mistake in a claim is reported with its place in the claim file, one in a country file with its place there.
template <class Work>
auto at_place(const Reference& place, Work work) {
  try {
    return work();
  } catch (const InputError& error) {
    Diagnostics diagnostics;
    for (const Diagnostic& found : error.diagnostics().list()) {
      if (is_about_setting(found)) {
        diagnostics.error(place.location, place.key, fmt::format("{}: {}", found.key, found.problem), found.suggestion);
      } else {
        diagnostics.error(found.location, found.key, found.problem, found.suggestion);
      }
    }
    if (!diagnostics.has_errors()) diagnostics.error(place.location, place.key, without_option(error.what()));
    throw InputError(std::move(diagnostics));
  }
}

inline Reference place_of(const Entry& entry, const char* key) { return {"", entry.location, entry.key + key}; }

}  // namespace interregnum
