#include "scenario/mixing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/dates.hpp"
#include "base/quantity.hpp"
#include "base/suggestions.hpp"
#include "scenario/checks.hpp"
#include "scenario/fields.hpp"

namespace interregnum {

namespace {

struct Section {
  std::string_view factor, label;
  std::vector<std::string_view> keys;  ///< top-level keys of the format
};

const std::vector<Section>& sections() {
  static const std::vector<Section> list{
      {"plot", "the plot: rank, units, objectives", {"plot"}},
      {"army", "the army: units and commands", {"units", "commands"}},
      {"places", "towns and roads", {"places", "roads"}},
      {"public", "the public", {"public"}},
      {"blocs", "blocs, pacts and the transition offered", {"blocs", "transition"}},
      {"armed_groups", "armed groups", {"armed_groups"}},
      {"patrons", "foreign patrons", {"patrons"}},
      {"incumbency",
       "ruler, regime, past attempts, elections due",
       {"start", "year_level", "ruler", "regime", "history", "calendar"}},
  };
  return list;
}

/// Lists have no ids by which their entries could be told apart: they change hands whole.
constexpr std::array<std::string_view, 3> whole_lists{"roads", "history", "calendar"};

std::string top_of(const std::string& key) { return key.substr(0, key.find('.')); }

template <class T>
T* entry_of(std::vector<T>& entries, const std::string& id) {
  const auto position = find_entry(entries, id);
  return position ? &entries[*position] : nullptr;
}

std::string shifted_day(std::chrono::sys_days day, std::chrono::days by) {
  return date_time_after(std::chrono::sys_days(day + by), 0.0).substr(0, 10);
}

/// Moves a country to another date: everything dated keeps its distance from the start.
void shift(Scenario& scenario, std::chrono::days by) {
  const auto first = [by](std::string& date) {
    if (!date.empty()) date = shifted_day(first_day(date), by);
  };
  const auto last = [by](std::string& date) {
    if (!date.empty()) date = shifted_day(last_day(date), by);
  };
  scenario.start_time += by;
  scenario.start = date_time_after(scenario.start_time, 0.0);
  first(scenario.ruler.since);
  for (EarlierAttempt& attempt : scenario.history) first(attempt.date);
  for (CalendarEntry& entry : scenario.calendar) first(entry.date);
  for (ArmedGroup& group : scenario.armed_groups) {
    first(group.supply_from);
    last(group.supply_until);
  }
}

/// The same start means the same distances; days written out in full are the same days.
void write_dates_out(Scenario& scenario) { shift(scenario, std::chrono::days(0)); }

void require_same(const std::string& key, const SourceLocation& location, const std::string& of_a,
                  const std::string& of_b, const char* suggestion) {
  if (of_a == of_b) return;
  Diagnostics diagnostics;
  diagnostics.error(location, key, fmt::format("is {} here and {} in the first file", of_b, of_a), suggestion);
  throw InputError(std::move(diagnostics));
}

void require_comparable(Scenario& a, Scenario& b) {
  require_same("country", b.location, a.country, b.country, "two files of one country can be compared");
  const auto horizon = [](const Scenario& scenario) {
    const Distribution& horizon_of = scenario.horizon.distribution;
    return horizon_of.is_fixed() ? fmt::format("{:g} months", horizon_of.mean() / hours_per_month)
                                 : fmt::format("{} hours", horizon_of.to_text());
  };
  require_same("horizon", b.horizon.location.file ? b.horizon.location : b.location, horizon(a), horizon(b),
               "ask the same of both: --set horizon=\"24 months\"");
  const auto begins = [](const Scenario& scenario) { return std::string(begins_names[scenario.begins.index]); };
  require_same("begins", b.begins.location.file ? b.begins.location : b.location, begins(a), begins(b),
               "ask the same of both: --set begins=attempt");
}

/// The part of a table's entry, or the value, by which two files differ at a key that both or only one of them has.
std::string factor_key(const std::string& key, const Fields& here, const Fields& there) {
  const std::string top = top_of(key);
  if (std::find(whole_lists.begin(), whole_lists.end(), top) != whole_lists.end()) return top;
  if (there.find(key) != nullptr) return key;
  for (std::size_t dot = key.find('.'); dot != std::string::npos; dot = key.find('.', dot + 1)) {
    const std::string prefix = key.substr(0, dot);
    if (here.has_entry(prefix) && !there.has_entry(prefix)) return prefix;
  }
  return key;
}

std::vector<std::string> differing_keys(Scenario& a, Scenario& b) {
  const Fields in_a = fields_of(a);
  const Fields in_b = fields_of(b);
  std::vector<std::string> keys;
  const auto add = [&](const std::string& key) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  };
  for (const Field& field : in_a.values) {
    const Field* other = in_b.find(field.key);
    if (other == nullptr || other->text != field.text) add(factor_key(field.key, in_a, in_b));
  }
  for (const Field& field : in_b.values) {
    if (in_a.find(field.key) == nullptr) add(factor_key(field.key, in_b, in_a));
  }
  return keys;
}

std::vector<Factor> factors_of(const std::vector<std::string>& keys, FactorKind kind) {
  std::vector<Factor> factors;
  for (const Section& section : sections()) {
    Factor whole{std::string(section.factor), std::string(section.label), {}};
    for (const std::string& key : keys) {
      const std::string top = top_of(key);
      if (std::find(section.keys.begin(), section.keys.end(), top) == section.keys.end()) continue;
      if (kind == FactorKind::key) {
        factors.push_back({key, key, {key}});
      } else {
        whole.keys.push_back(key);
      }
    }
    if (!whole.keys.empty()) factors.push_back(std::move(whole));
  }
  return factors;
}

/// Labels of groups that both files have stay with the patron; the others are taken out, to go with the group.
void take_out_labels(Scenario& scenario, const Scenario& other, std::vector<std::pair<std::string, std::string>>& out) {
  for (Patron& patron : scenario.patrons) {
    std::erase_if(patron.labels_extremist, [&](const Reference& group) {
      if (find_entry(other.armed_groups, group.id)) return false;
      out.emplace_back(patron.id, group.id);
      return true;
    });
  }
}

/// Puts values of another scenario into one.
class Transplant {
 public:
  Transplant(Scenario& to, Scenario from, const std::set<std::string>& keys)
      : to_(to), from_(std::move(from)), keys_(keys) {}

  void run() {
    if (keys_.contains("roads")) to_.roads = from_.roads;
    if (keys_.contains("history")) to_.history = from_.history;
    if (keys_.contains("calendar")) to_.calendar = from_.calendar;
    if (keys_.contains("start")) to_.start_time = from_.start_time;
    entries("places", to_.places, from_.places);
    entries("commands", to_.commands, from_.commands);
    entries("units", to_.units, from_.units);
    entries("public.places", to_.people.places, from_.people.places);
    entries("blocs", to_.blocs, from_.blocs);
    for (Bloc& bloc : to_.blocs) {
      if (Bloc* other = entry_of(from_.blocs, bloc.id))
        entries("blocs." + bloc.id + ".places", bloc.places, other->places);
    }
    entries("armed_groups", to_.armed_groups, from_.armed_groups);
    entries("patrons", to_.patrons, from_.patrons);
    values();
  }

 private:
  template <class T>
  void entries(const std::string& table, std::vector<T>& to, const std::vector<T>& from) {
    std::erase_if(
        to, [&](const T& entry) { return keys_.contains(table + "." + entry.id) && !find_entry(from, entry.id); });
    for (const T& entry : from) {
      if (keys_.contains(table + "." + entry.id) && !find_entry(to, entry.id)) to.push_back(entry);
    }
  }

  void values() {
    const Fields to = fields_of(to_);
    const Fields from = fields_of(from_);
    for (const Field& field : to.values) {
      if (!keys_.contains(field.key)) continue;
      const Field* other = from.find(field.key);
      if (other == nullptr) continue;
      std::visit([&](auto* target) { *target = *std::get<decltype(target)>(other->value); }, field.value);
    }
  }

  Scenario& to_;
  Scenario from_;
  const std::set<std::string>& keys_;
};

/// Takes out what leads nowhere in a mix.
class Repair {
 public:
  Repair(Scenario& scenario, std::vector<std::string>* notes) : scenario_(scenario), notes_(notes) {}

  void run() {
    drop(scenario_.roads, [&](const Road& road) {
      return std::all_of(road.between.begin(), road.between.end(),
                         [&](const Reference& place) { return has_place(place); })
                 ? ""
                 : "a road leads to a place that is not there";
    });
    for (Command& command : scenario_.commands) {
      keep_if_known(command.superior, scenario_.commands);
      keep_if_known(command.place, scenario_.places);
      keep_site(command.place, command.site);
    }
    drop(scenario_.units, [&](const Unit& unit) {
      return has_place(unit.place) ? "" : fmt::format("{} is left out: its place is not there", unit.id);
    });
    for (Unit& unit : scenario_.units) {
      keep_if_known(unit.superior, scenario_.commands);
      keep_site(unit.place, unit.guards);
    }
    repair_plot();
    keep_if_known(scenario_.ruler.place, scenario_.places);
    repair_ruler();
    repair_public();
    repair_groups();
    repair_patrons();
  }

 private:
  bool has_place(const Reference& place) const { return find_entry(scenario_.places, place.id).has_value(); }

  void say(const std::string& note) {
    if (notes_ != nullptr && !note.empty() && std::find(notes_->begin(), notes_->end(), note) == notes_->end())
      notes_->push_back(note);
  }

  /// Drops the entries for which `reason` is not empty.
  template <class T, class Why>
  void drop(std::vector<T>& list, Why why) {
    std::erase_if(list, [&](const T& item) {
      const std::string reason = why(item);
      say(reason);
      return !reason.empty();
    });
  }

  template <class T>
  void keep_if_known(Reference& reference, const std::vector<T>& entries) {
    if (!reference.given() || find_entry(entries, reference.id)) return;
    say(fmt::format("{} is left open: {} is not there", reference.key, reference.id));
    reference = Reference{};
  }

  template <class T>
  void keep_known(std::vector<Reference>& references, const std::vector<T>& entries) {
    drop(references, [&](const Reference& reference) {
      return find_entry(entries, reference.id)
                 ? ""
                 : fmt::format("{} without {}, which is not there", reference.key, reference.id);
    });
  }

  /// Keeps those of the sites that the place has.
  void keep_site(const Reference& place, std::vector<Listed>& site) {
    const auto position = find_entry(scenario_.places, place.id);
    std::erase_if(site, [&](const Listed& wanted) {
      if (!position) return true;
      const std::vector<Listed>& sites = scenario_.places[*position].sites;
      return std::none_of(sites.begin(), sites.end(), [&](const Listed& known) { return known.index == wanted.index; });
    });
  }

  void repair_plot() {
    drop(scenario_.plot.units, [&](const Reference& unit) {
      return find_entry(scenario_.units, unit.id)
                 ? ""
                 : fmt::format("the plot moves without {}, which the army does not have", unit.id);
    });
    drop(scenario_.plot.objectives, [&](const Reference& objective) {
      std::string problem;
      return resolve_site(scenario_, objective.id, problem)
                 ? ""
                 : fmt::format("the plot does not want {}: {}", objective.id, problem);
    });
  }

  void repair_ruler() {
    std::vector<Listed>& site = scenario_.ruler.site;
    if (site.empty()) return;
    Reference place = scenario_.ruler.place;
    for (const Place& capital : scenario_.places) {
      if (!place.given() && capital.capital) place.id = capital.id;
    }
    const std::string wanted(site_names[site[0].index]);
    keep_site(place, site);
    if (site.empty()) say(fmt::format("the ruler is found at the presidency: {} has no {}", place.id, wanted));
  }

  void repair_public() {
    const auto elsewhere = [&](const auto& entry) {
      return find_entry(scenario_.places, entry.id) ? std::string()
                                                    : fmt::format("{} is left out: there is no such place", entry.key);
    };
    drop(scenario_.people.places, elsewhere);
    for (Bloc& bloc : scenario_.blocs) {
      keep_if_known(bloc.patron, scenario_.patrons);
      drop(bloc.places, elsewhere);
    }
  }

  void repair_groups() {
    std::set<std::string> held;
    for (ArmedGroup& group : scenario_.armed_groups) {
      keep_known(group.based, scenario_.places);
      keep_known(group.holds, scenario_.places);
      drop(group.holds, [&](const Reference& place) {
        return held.insert(place.id).second
                   ? ""
                   : fmt::format("{} does not hold {}, which another group holds", group.id, place.id);
      });
      keep_known(group.rivals, scenario_.armed_groups);
    }
  }

  void repair_patrons() {
    for (Patron& patron : scenario_.patrons) {
      keep_known(patron.labels_extremist, scenario_.armed_groups);
      keep_known(patron.stationed, scenario_.places);
      keep_known(patron.rivals, scenario_.patrons);
    }
  }

  Scenario& scenario_;
  std::vector<std::string>* notes_;
};

}  // namespace

Factor section_of(const std::string& key) {
  const std::string top = top_of(key);
  for (const Section& section : sections()) {
    if (std::find(section.keys.begin(), section.keys.end(), top) != section.keys.end())
      return {std::string(section.factor), std::string(section.label), {}};
  }
  return {};
}

Mixer::Mixer(Scenario a, Scenario b, FactorKind kind) : a_(std::move(a)), b_(std::move(b)) {
  require_comparable(a_, b_);
  write_dates_out(a_);
  using std::chrono::days;
  shift(b_, std::chrono::floor<days>(a_.start_time) - std::chrono::floor<days>(b_.start_time));
  Scenario of_a = a_, of_b = b_;
  take_out_labels(of_a, b_, labels_);
  take_out_labels(of_b, a_, labels_);
  factors_ = factors_of(differing_keys(of_a, of_b), kind);
}

std::size_t Mixer::factor(const std::string& name) const {
  std::vector<std::string> known;
  for (std::size_t index = 0; index < factors_.size(); ++index) {
    if (factors_[index].name == name) return index;
    known.push_back(factors_[index].name);
  }
  if (known.empty()) throw InputError("the two files do not differ in anything that the model reads");
  const std::string nearest = did_you_mean(name, known);
  throw InputError(fmt::format("the files do not differ in '{}' ({})", name,
                               nearest.empty() ? fmt::format("they differ in {}", fmt::join(known, ", ")) : nearest));
}

Scenario Mixer::mix(const std::vector<bool>& from_b, std::vector<std::string>* notes) const {
  if (std::find(from_b.begin(), from_b.end(), true) == from_b.end()) return a_;
  if (std::find(from_b.begin(), from_b.end(), false) == from_b.end()) return b_;
  std::set<std::string> keys;
  for (std::size_t index = 0; index < factors_.size(); ++index) {
    if (from_b[index]) keys.insert(factors_[index].keys.begin(), factors_[index].keys.end());
  }
  Scenario mixed = a_, from = b_;
  std::vector<std::pair<std::string, std::string>> ignored;
  take_out_labels(mixed, b_, ignored);
  take_out_labels(from, a_, ignored);
  Transplant(mixed, std::move(from), keys).run();
  for (const auto& [patron_id, group] : labels_) {
    Patron* patron = entry_of(mixed.patrons, patron_id);
    if (patron == nullptr || !find_entry(mixed.armed_groups, group)) continue;
    patron->labels_extremist.push_back({group, patron->location, patron->key + ".labels_extremist"});
  }
  Repair(mixed, notes).run();
  Diagnostics diagnostics;
  check_scenario(mixed, diagnostics);
  if (diagnostics.has_errors()) throw InputError(std::move(diagnostics));
  return mixed;
}

}  // namespace interregnum
