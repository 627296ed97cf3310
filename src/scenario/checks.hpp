#pragma once

#include <optional>

#include "base/diagnostics.hpp"
#include "scenario/scenario.hpp"

namespace interregnum {

/// Checks what no single key can tell: that references resolve, that there is one capital, that the plot can reach what
/// it wants.
void check_scenario(const Scenario& scenario, Diagnostics& diagnostics);

/// A site as (index of its place, kind).
struct SiteAddress {
  std::size_t place = 0;
  SiteKind kind = SiteKind::presidency;
};

/// Finds the site that `broadcaster` or `kati.armoury` means: a bare kind is the only one in the country, or else the
/// capital's. Nothing if there is no such site or the name is ambiguous; `problem` then says why.
std::optional<SiteAddress> resolve_site(const Scenario& scenario, const std::string& name, std::string& problem);

/// Index of the entry with this id, if any.
template <class T>
std::optional<std::size_t> find_entry(const std::vector<T>& entries, const std::string& id) {
  for (std::size_t index = 0; index < entries.size(); ++index) {
    if (entries[index].id == id) return index;
  }
  return std::nullopt;
}

}  // namespace interregnum
