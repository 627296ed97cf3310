#include "scenario/checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <set>
#include <unordered_map>

#include "base/dates.hpp"
#include "base/suggestions.hpp"

namespace interregnum {

namespace {

using Index = std::unordered_map<std::string, std::size_t>;

template <class T>
Index index_of(const std::vector<T>& entries) {
  Index index;
  for (std::size_t position = 0; position < entries.size(); ++position) index.emplace(entries[position].id, position);
  return index;
}

std::vector<std::string> ids_of(const Index& index) {
  std::vector<std::string> ids;
  for (const auto& [id, position] : index) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

/// Places joined by roads, as sets that are merged (union-find).
class Connections {
 public:
  explicit Connections(std::size_t places) : parent_(places) {
    for (std::size_t place = 0; place < places; ++place) parent_[place] = place;
  }
  std::size_t root(std::size_t place) {
    while (parent_[place] != place) place = parent_[place] = parent_[parent_[place]];
    return place;
  }
  void join(std::size_t left, std::size_t right) { parent_[root(left)] = root(right); }
  bool connected(std::size_t left, std::size_t right) { return root(left) == root(right); }

 private:
  std::vector<std::size_t> parent_;
};

/// Length of the shortest way over a sphere of the Earth's mean radius, by the haversine formula (Sinnott 1984).
double great_circle_km(const std::array<double, 2>& from, const std::array<double, 2>& to) {
  constexpr double mean_radius_km = 6371.0088;
  constexpr double radians = std::numbers::pi / 180.0;
  const auto half_chord_squared = [](double angle) { return std::pow(std::sin(angle * radians / 2.0), 2.0); };
  const double chord = half_chord_squared(to[0] - from[0]) +
                       std::cos(from[0] * radians) * std::cos(to[0] * radians) * half_chord_squared(to[1] - from[1]);
  return 2.0 * mean_radius_km * std::asin(std::min(1.0, std::sqrt(chord)));
}

bool has_site(const Place& place, std::size_t kind) {
  return std::any_of(place.sites.begin(), place.sites.end(), [kind](const Listed& site) { return site.index == kind; });
}

/// A warning for a source whose facts are of another time than the start; empty if they are not.
std::string age_warning(const Source& source, const Scenario& scenario) {
  if (source.as_of.empty() || !is_partial_date(source.as_of)) return "";
  const auto start = std::chrono::floor<std::chrono::days>(scenario.start_time);
  const std::string age = age_of_facts(source.as_of, start);
  return age.empty() ? "" : fmt::format("the facts of '{}' are of {}, {}", source.id, source.as_of, age);
}

class Checker {
 public:
  Checker(const Scenario& scenario, Diagnostics& diagnostics)
      : scenario_(scenario),
        diagnostics_(diagnostics),
        places_(index_of(scenario.places)),
        commands_(index_of(scenario.commands)),
        units_(index_of(scenario.units)),
        groups_(index_of(scenario.armed_groups)),
        patrons_(index_of(scenario.patrons)),
        connections_(scenario.places.size()) {}

  void run() {
    check_capital();
    check_roads();
    check_commands();
    check_units();
    check_plot();
    check_ruler();
    check_others();
    check_age_of_facts();
  }

 private:
  /// Whoever has a hundred errors is helped by no further guess, and comparing words takes time.
  template <class Known>
  std::string suggest(Known known, const std::string& word) const {
    return diagnostics_.errors() < 100 ? did_you_mean(word, known()) : "";
  }

  /// The position of what a reference names; reports it if there is none. A reference that is not given is fine.
  std::optional<std::size_t> resolve(const Reference& reference, const Index& index, std::string_view what) {
    if (!reference.given()) return std::nullopt;
    const auto found = index.find(reference.id);
    if (found != index.end()) return found->second;
    diagnostics_.error(reference.location, reference.key, fmt::format("'{}' is no {} of this file", reference.id, what),
                       suggest([&] { return ids_of(index); }, reference.id));
    return std::nullopt;
  }

  void check_age_of_facts() {
    for (const Source& source : scenario_.sources) {
      if (const std::string warning = age_warning(source, scenario_); !warning.empty())
        diagnostics_.warning(source.location, source.key + ".as_of", warning,
                             "replace the values that cite it, then `as_of`");
    }
  }

  void check_capital() {
    const Place* first = nullptr;
    for (const Place& place : scenario_.places) {
      if (!place.capital) continue;
      if (first != nullptr) {
        diagnostics_.error(place.location, place.key + ".capital",
                           fmt::format("a second capital, after '{}'", first->id),
                           "exactly one place has `capital: true`");
        continue;
      }
      first = &place;
      if (!has_site(place, static_cast<std::size_t>(SiteKind::presidency))) {
        diagnostics_.error(place.location, place.key + ".sites", "the capital has no presidency",
                           "add `presidency` to its sites");
      }
    }
    if (scenario_.places.empty()) return;
    if (first == nullptr) {
      diagnostics_.error(scenario_.location, "places", "no place is the capital", "give one `capital: true`");
    } else {
      capital_ = places_.at(first->id);
    }
  }

  void check_roads() {
    std::set<std::pair<std::size_t, std::size_t>> known;
    for (const Road& road : scenario_.roads) {
      if (road.between.empty()) continue;  // reported already
      if (road.between.size() != 2) {
        diagnostics_.error(road.location, road.key + ".between", fmt::format("names {} places", road.between.size()),
                           "a road joins two");
        continue;
      }
      const auto first = resolve(road.between[0], places_, "place");
      const auto second = resolve(road.between[1], places_, "place");
      if (!first || !second) continue;
      if (*first == *second) {
        diagnostics_.error(road.between[1].location, road.between[1].key, "the road leads back to where it begins");
      } else if (!known.insert(std::minmax(*first, *second)).second) {
        diagnostics_.error(road.location, road.key + ".between",
                           fmt::format("a second road between '{}' and '{}'", road.between[0].id, road.between[1].id),
                           "keep the shorter one");
      } else {
        connections_.join(*first, *second);
        check_length(road, scenario_.places[*first], scenario_.places[*second]);
      }
    }
  }

  /// No road is shorter than the way of a bird. Positions are often given to a hundredth of a degree, a kilometre.
  void check_length(const Road& road, const Place& from, const Place& to) {
    if (!from.has_position || !to.has_position || !road.distance.given) return;
    const double bird = great_circle_km(from.position, to.position);
    const double longest = road.distance.distribution.quantile(0.975);
    if (longest >= 0.98 * bird - 2.0) return;
    const auto swapped = [](const Place& place) { return std::array<double, 2>{place.position[1], place.position[0]}; };
    const bool fits_swapped = longest >= 0.98 * great_circle_km(swapped(from), swapped(to)) - 2.0;
    diagnostics_.warning(
        road.distance.location, road.distance.key,
        fmt::format("{} is shorter than the {:.0f} km between '{}' and '{}' as the crow flies",
                    road.distance.distribution.is_fixed() ? fmt::format("a road of {:.4g} km", longest)
                                                          : fmt::format("a road of {:.4g} km or less", longest),
                    bird, from.id, to.id),
        fits_swapped ? "`at` is [degrees north, degrees east]: are latitude and longitude exchanged?"
                     : "check the distance and its unit, and both places' `at`: [degrees north, degrees east]");
  }

  void check_site_in_place(const std::vector<Listed>& site, std::optional<std::size_t> place) {
    if (site.empty() || !place) return;
    if (!has_site(scenario_.places[*place], site[0].index)) {
      diagnostics_.error(site[0].location, site[0].key,
                         fmt::format("there is no {} in '{}'", site_names[site[0].index], scenario_.places[*place].id),
                         "add it to the place's `sites`, or name another");
    }
  }

  void check_commands() {
    for (const Command& command : scenario_.commands) {
      resolve(command.superior, commands_, "command");
      const auto place = resolve(command.place, places_, "place");
      if (!command.site.empty() && !command.place.given()) {
        diagnostics_.error(command.site[0].location, command.site[0].key, "a site without its place", "add `place:`");
      }
      check_site_in_place(command.site, place);
    }
    for (std::size_t start = 0; start < scenario_.commands.size(); ++start) {
      std::size_t steps = 0;
      std::size_t at = start;
      while (scenario_.commands[at].superior.given()) {
        const auto next = commands_.find(scenario_.commands[at].superior.id);
        if (next == commands_.end() || ++steps > scenario_.commands.size()) break;
        at = next->second;
        if (at == start) {
          const Reference& superior = scenario_.commands[start].superior;
          diagnostics_.error(superior.location, superior.key, "the chain of command runs in a circle");
          break;
        }
      }
    }
  }

  void check_units() {
    for (const Unit& unit : scenario_.units) {
      const auto place = resolve(unit.place, places_, "place");
      resolve(unit.superior, commands_, "command");
      check_site_in_place(unit.guards, place);
      if (place && capital_ && !connections_.connected(*place, *capital_)) {
        diagnostics_.warning(
            unit.place.location, unit.place.key,
            fmt::format("no road leads from '{}' to the capital: this unit cannot act there", unit.place.id),
            "add the missing road");
      }
    }
  }

  void check_plot() {
    std::vector<std::size_t> starts;
    std::set<std::string> seen;
    for (const Reference& unit : scenario_.plot.units) {
      if (!seen.insert(unit.id).second) {
        diagnostics_.error(unit.location, unit.key, fmt::format("'{}' stands twice", unit.id), "name each unit once");
        continue;
      }
      const auto position = resolve(unit, units_, "unit");
      if (!position) continue;
      const auto place = places_.find(scenario_.units[*position].place.id);
      if (place != places_.end()) starts.push_back(place->second);
    }
    std::set<std::string> wanted;
    for (const Reference& objective : scenario_.plot.objectives) {
      std::string problem;
      const auto site = resolve_site(scenario_, objective.id, problem);
      if (!site) {
        diagnostics_.error(objective.location, objective.key, problem,
                           suggest([this] { return sites(); }, objective.id));
        continue;
      }
      if (!wanted.insert(fmt::format("{}.{}", site->place, static_cast<int>(site->kind))).second) {
        diagnostics_.error(objective.location, objective.key, fmt::format("'{}' stands twice", objective.id),
                           "name each objective once");
      }
      const bool reachable = std::any_of(starts.begin(), starts.end(),
                                         [&](std::size_t start) { return connections_.connected(start, site->place); });
      if (!starts.empty() && !reachable) {
        diagnostics_.error(objective.location, objective.key,
                           fmt::format("cannot be reached: no road leads to '{}' from where the plot's units are",
                                       scenario_.places[site->place].id),
                           "add the missing road");
      }
    }
  }

  std::vector<std::string> sites() const {
    std::vector<std::string> known;
    for (const Place& place : scenario_.places) {
      for (const Listed& site : place.sites) {
        known.emplace_back(site_names[site.index]);
        known.push_back(place.id + "." + std::string(site_names[site.index]));
      }
    }
    return known;
  }

  void check_ruler() {
    auto place = resolve(scenario_.ruler.place, places_, "place");
    if (!scenario_.ruler.place.given()) place = capital_;
    check_site_in_place(scenario_.ruler.site, place);
  }

  void check_others() {
    for (const SupportInPlace& place : scenario_.people.places) {
      resolve({place.id, place.location, place.key}, places_, "place");
    }
    for (const Bloc& bloc : scenario_.blocs) {
      resolve(bloc.patron, patrons_, "patron");
      for (const FollowingInPlace& place : bloc.places)
        resolve({place.id, place.location, place.key}, places_, "place");
    }
    std::set<std::string> held;
    for (const ArmedGroup& group : scenario_.armed_groups) {
      for (const Reference& place : group.based) resolve(place, places_, "place");
      for (const Reference& place : group.holds) {
        resolve(place, places_, "place");
        if (!held.insert(place.id).second) {
          diagnostics_.error(place.location, place.key, fmt::format("a second armed group holds '{}'", place.id),
                             "a town has one master; the other group may be `based` there");
        }
        if (capital_ && place.id == scenario_.places[*capital_].id) {
          diagnostics_.error(place.location, place.key, "the group holds the capital, so there is nobody to overthrow");
        }
      }
      for (const Reference& rival : group.rivals) check_rival(rival, group.id, groups_, "armed group");
      check_order(group.supply_from, group.supply_until, group);
    }
    for (const Patron& patron : scenario_.patrons) {
      for (const Reference& group : patron.labels_extremist) resolve(group, groups_, "armed group");
      for (const Reference& place : patron.stationed) resolve(place, places_, "place");
      for (const Reference& rival : patron.rivals) check_rival(rival, patron.id, patrons_, "patron");
    }
    check_dates();
  }

  void check_rival(const Reference& rival, const std::string& self, const Index& index, std::string_view what) {
    if (rival.id == self) {
      diagnostics_.error(rival.location, rival.key, fmt::format("'{}' is named as its own rival", self));
    } else {
      resolve(rival, index, what);
    }
  }

  void check_order(const std::string& from, const std::string& until, const Entry& entry) {
    if (from.empty() || until.empty() || first_day(from) <= last_day(until)) return;
    diagnostics_.error(entry.location, entry.key + ".supply_until",
                       fmt::format("supply ends on {}, before it begins on {}", until, from), "exchange the two");
  }

  /// Dates that belong before the start must lie before it.
  void check_dates() {
    const auto moment = parse_date_time(scenario_.start);
    if (!moment) return;  // reported already
    const auto start = std::chrono::floor<std::chrono::days>(*moment);
    if (!scenario_.ruler.since.empty() && first_day(scenario_.ruler.since) > start) {
      diagnostics_.error(scenario_.ruler.location, "ruler.since", "the ruler comes to power after the start",
                         "the date on which the rule began that is now threatened");
    }
    for (const EarlierAttempt& attempt : scenario_.history) {
      if (attempt.date.empty() || first_day(attempt.date) <= start) continue;
      diagnostics_.error(attempt.location, attempt.key + ".date", "lies after the start",
                         "`history` lists earlier attempts");
    }
  }

  const Scenario& scenario_;
  Diagnostics& diagnostics_;
  Index places_, commands_, units_, groups_, patrons_;
  Connections connections_;
  std::optional<std::size_t> capital_;
};

}  // namespace

std::optional<SiteAddress> resolve_site(const Scenario& scenario, const std::string& name, std::string& problem) {
  const std::size_t dot = name.find('.');
  const std::string place_id = dot == std::string::npos ? "" : name.substr(0, dot);
  const std::string kind_name = dot == std::string::npos ? name : name.substr(dot + 1);
  const auto kind = std::find(site_names.begin(), site_names.end(), kind_name);
  if (kind == site_names.end()) {
    problem = fmt::format("'{}' is no site; sites are {}", name, fmt::join(site_names, ", "));
    return std::nullopt;
  }
  const auto kind_index = static_cast<std::size_t>(kind - site_names.begin());
  std::vector<std::size_t> found;
  std::optional<std::size_t> in_capital;
  for (std::size_t place = 0; place < scenario.places.size(); ++place) {
    if (!has_site(scenario.places[place], kind_index)) continue;
    if (!place_id.empty() && scenario.places[place].id != place_id) continue;
    found.push_back(place);
    if (scenario.places[place].capital) in_capital = place;
  }
  if (found.empty()) {
    problem = fmt::format("no place of this file has the site '{}'", name);
    return std::nullopt;
  }
  if (found.size() > 1 && !in_capital) {
    problem =
        fmt::format("'{}' could be in '{}' or '{}'", name, scenario.places[found[0]].id, scenario.places[found[1]].id);
    return std::nullopt;
  }
  return SiteAddress{found.size() == 1 ? found[0] : *in_capital, static_cast<SiteKind>(kind_index)};
}

std::string age_of_facts(const std::string& as_of, std::chrono::sys_days start) {
  if (first_day(as_of) > start) return "after the start";
  const std::chrono::year_month_day last(last_day(as_of));
  if (start <= std::chrono::sys_days(last + std::chrono::years(1))) return "";
  const std::chrono::days age = start - std::chrono::sys_days(last);
  return fmt::format("{:.1f} years before the start", static_cast<double>(age.count()) / 365.2425);
}

std::vector<std::string> facts_of_another_time(const Scenario& scenario) {
  std::vector<std::string> warnings;
  for (const Source& source : scenario.sources) {
    if (std::string warning = age_warning(source, scenario); !warning.empty()) warnings.push_back(std::move(warning));
  }
  return warnings;
}

void check_scenario(const Scenario& scenario, Diagnostics& diagnostics) { Checker(scenario, diagnostics).run(); }

}  // namespace interregnum
