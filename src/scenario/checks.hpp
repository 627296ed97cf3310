#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "scenario/scenario.hpp"

namespace interregnum {

/// Checks what no single key can tell: that references resolve, that there is one capital, that the plot can reach what
/// it wants.
void check_scenario(const Scenario& scenario, Diagnostics& diagnostics);

/// How far facts of the time `as_of`, a partial date that is real, are from the start: `11.7 years before the start` if
/// they are more than a year older, `after the start` if they are younger, else empty.
std::string age_of_facts(const std::string& as_of, std::chrono::sys_days start);

/// A sentence for each source whose facts are more than a year older than the start, or younger than it. `check` and
/// the reports of `run` warn with it.
std::vector<std::string> facts_of_another_time(const Scenario& scenario);

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
