#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <unordered_map>

#include "base/dates.hpp"
#include "base/identifiers.hpp"
#include "base/quantity.hpp"
#include "scenario/checks.hpp"
#include "scenario/table_order.hpp"
#include "world/world.hpp"

namespace interregnum {

namespace {

class Compiler {
 public:
  explicit Compiler(const Scenario& scenario) : scenario_(scenario) { sort_tables(scenario_); }

  World compile() {
    add_places();
    add_roads();
    add_actors();
    add_plot();
    add_ruler();
    add_patrons();
    add_blocs();
    add_groups();
    add_times();
    add_regime();
    world_.scenario_name = scenario_.name;
    world_.start_time = scenario_.start_time;
    return std::move(world_);
  }

 private:
  template <class Compiled, class Entry>
  static void identify(Compiled& compiled, const Entry& entry, const char* section) {
    compiled.id = entry.id;
    compiled.name = entry.name.empty() ? entry.id : entry.name;
    compiled.hash = hash_identifier(section + entry.id);
  }

  InputIndex add_input(const UncertainNumber& number) { return add_input(number, number.key); }

  /// `identity` is the text whose hash keys the draws of the value.
  InputIndex add_input(const UncertainNumber& number, const std::string& identity) {
    const auto index = static_cast<InputIndex>(world_.inputs.size());
    world_.inputs.push_back({number.key, hash_identifier(identity), number.distribution});
    if (!number.distribution.is_fixed()) world_.uncertain_inputs.push_back(index);
    return index;
  }

  InputIndex add_input(const UncertainNumber& number, double otherwise) {
    if (number.given) return add_input(number);
    UncertainNumber fallback;
    fallback.distribution = Distribution::fixed(otherwise);
    return add_input(fallback);
  }

  double hours_until(std::chrono::sys_days day) const {
    return std::chrono::duration<double, std::ratio<3600>>(day - scenario_.start_time).count();
  }

  std::vector<std::int32_t> places_of(const std::vector<Reference>& references) const {
    std::vector<std::int32_t> places;
    for (const Reference& reference : references) places.push_back(place_of(reference));
    return places;
  }

  template <class T>
  static std::vector<std::int32_t> positions_of(const std::vector<Reference>& references,
                                                const std::vector<T>& entries) {
    std::vector<std::int32_t> positions;
    for (const Reference& reference : references)
      positions.push_back(static_cast<std::int32_t>(*find_entry(entries, reference.id)));
    return positions;
  }

  std::int32_t place_of(const Reference& reference) const {
    return reference.given() ? place_index_.at(reference.id) : none;
  }

  std::int32_t site_of(std::int32_t place, SiteKind kind) const {
    for (std::size_t index = 0; index < world_.sites.size(); ++index) {
      if (world_.sites[index].place == place && world_.sites[index].kind == kind)
        return static_cast<std::int32_t>(index);
    }
    return none;
  }

  std::int32_t site_of(std::int32_t place, const std::vector<Listed>& site) const {
    return site.empty() || place == none ? none : site_of(place, static_cast<SiteKind>(site[0].index));
  }

  InputIndex support_in(const std::string& place) {
    for (const SupportInPlace& exception : scenario_.people.places) {
      if (exception.id == place) return add_input(exception.support);
    }
    if (!support_everywhere_) support_everywhere_ = add_input(scenario_.people.support, 0.5);
    return *support_everywhere_;
  }

  void add_places() {
    for (const Place& place : scenario_.places) {
      const auto index = static_cast<std::int32_t>(world_.places.size());
      place_index_.emplace(place.id, index);
      WorldPlace compiled;
      identify(compiled, place, "places.");
      compiled.population = add_input(place.population);
      compiled.support = support_in(place.id);
      world_.places.push_back(std::move(compiled));
      if (place.capital) world_.capital = index;
      for (const Listed& site : place.sites) {
        const std::string id = place.id + "." + std::string(site_names[site.index]);
        world_.sites.push_back({index, static_cast<SiteKind>(site.index), hash_identifier(id)});
      }
    }
    for (std::size_t site = 0; site < world_.sites.size(); ++site) {
      if (world_.sites[site].place == world_.capital) world_.capital_sites.push_back(static_cast<std::int32_t>(site));
    }
    world_.presidency = site_of(world_.capital, SiteKind::presidency);
  }

  void add_roads() {
    std::vector<Routes::Road> roads;
    std::map<std::string, int> between;
    for (const Road& road : scenario_.roads) {
      // The key path of a road holds its position in the file, which must not key a draw; two roads may join two towns.
      const std::string ends = road.between[0].id + "-" + road.between[1].id;
      const InputIndex length = add_input(road.distance, fmt::format("roads.{}.{}.distance", ends, between[ends]++));
      roads.push_back(
          {place_of(road.between[0]), place_of(road.between[1]), road.distance.distribution.mean(), length});
      world_.places[roads.back().from].neighbours.push_back(roads.back().to);
      world_.places[roads.back().to].neighbours.push_back(roads.back().from);
    }
    world_.routes = Routes(world_.places.size(), std::move(roads));
  }

  void add_actors() {
    const InputIndex nothing = add_input({});
    std::unordered_map<std::string, std::int32_t> command_index;
    for (std::size_t index = 0; index < scenario_.commands.size(); ++index) {
      command_index.emplace(scenario_.commands[index].id, static_cast<std::int32_t>(scenario_.units.size() + index));
    }
    const auto superior_of = [&](const Reference& superior) {
      return superior.given() ? command_index.at(superior.id) : none;
    };
    world_.units = scenario_.units.size();
    for (const Unit& unit : scenario_.units) {
      Actor actor;
      actor.kind = Actor::Kind::unit;
      identify(actor, unit, "units.");
      actor.rank = static_cast<Rank>(unit.commander.index);
      actor.superior = superior_of(unit.superior);
      actor.place = place_of(unit.place);
      actor.site = site_of(actor.place, unit.guards);
      actor.can_reach_capital = world_.routes.reachable(actor.place, world_.capital);
      actor.strength = add_input(unit.strength);
      actor.leaning = add_input(unit.leaning);
      actor.speed = add_input(unit.speed);
      world_.actors.push_back(std::move(actor));
    }
    for (const Command& command : scenario_.commands) {
      Actor actor;
      actor.kind = Actor::Kind::command;
      identify(actor, command, "commands.");
      actor.rank = static_cast<Rank>(command.rank.index);
      actor.superior = superior_of(command.superior);
      actor.place = place_of(command.place);
      actor.site = site_of(actor.place, command.site);
      actor.strength = nothing;
      actor.leaning = add_input(command.leaning);
      actor.speed = nothing;
      world_.actors.push_back(std::move(actor));
    }
  }

  void add_plot() {
    world_.tier = add_input(scenario_.plot.tier);
    world_.leader_name = scenario_.plot.leader.empty() ? "an unnamed leader" : scenario_.plot.leader;
    for (const Reference& unit : scenario_.plot.units) {
      world_.plot_units.push_back(static_cast<std::int32_t>(*find_entry(scenario_.units, unit.id)));
    }
    const auto first = static_cast<std::size_t>(world_.plot_units.front());
    world_.began_by = add_input(scenario_.plot.began_by, static_cast<double>(usual_initiator(world_.actors[first])));
    for (const std::int32_t unit : world_.plot_units) add_remainder(unit);
    world_.first_cast = world_.actors.size();
    for (std::size_t unit = 0; unit < world_.units; ++unit) {
      if (world_.actors[unit].remainder == none) add_remainder(static_cast<std::int32_t>(unit));
    }
    for (const Reference& objective : scenario_.plot.objectives) {
      std::string problem;
      const auto site = resolve_site(scenario_, objective.id, problem);
      world_.objectives.push_back(site_of(static_cast<std::int32_t>(site->place), site->kind));
    }
    index_subordinates();
  }

  void add_remainder(std::int32_t unit) {
    Actor remainder = world_.actors[unit];
    remainder.kind = Actor::Kind::remainder;
    remainder.rest_of = unit;
    remainder.id += ".remainder";
    remainder.name = "the rest of " + remainder.name;
    remainder.hash = hash_identifier("units." + remainder.id);
    world_.actors[unit].remainder = static_cast<std::int32_t>(world_.actors.size());
    world_.actors.push_back(std::move(remainder));
  }

  void index_subordinates() {
    const std::size_t actors = world_.actors.size();
    world_.first_subordinate.assign(actors + 1, 0);
    for (const Actor& actor : world_.actors) {
      if (actor.superior != none) ++world_.first_subordinate[static_cast<std::size_t>(actor.superior) + 1];
    }
    for (std::size_t actor = 0; actor < actors; ++actor)
      world_.first_subordinate[actor + 1] += world_.first_subordinate[actor];
    world_.subordinates.resize(static_cast<std::size_t>(world_.first_subordinate[actors]));
    std::vector<std::int32_t> next = world_.first_subordinate;
    for (std::size_t actor = 0; actor < actors; ++actor) {
      const std::int32_t superior = world_.actors[actor].superior;
      if (superior == none) continue;
      world_.subordinates[static_cast<std::size_t>(next[static_cast<std::size_t>(superior)]++)] =
          static_cast<std::int32_t>(actor);
    }
  }

  void add_ruler() {
    world_.ruler_name = scenario_.ruler.name.empty() ? "the ruler" : scenario_.ruler.name;
    world_.ruler_place = scenario_.ruler.place.given() ? place_of(scenario_.ruler.place) : world_.capital;
    world_.ruler_site = site_of(world_.ruler_place, scenario_.ruler.site);
    if (scenario_.ruler.site.empty() && world_.ruler_place == world_.capital) world_.ruler_site = world_.presidency;
  }

  void add_patrons() {
    for (const Patron& patron : scenario_.patrons) {
      WorldPatron compiled;
      identify(compiled, patron, "patrons.");
      compiled.alignment = add_input(patron.alignment);
      compiled.influence = add_input(patron.influence);
      compiled.alignment_with_plotters = add_input(patron.alignment_with_plotters, 0.0);
      compiled.training = add_input(patron.training, 0.0);
      compiled.force_available = add_input(patron.force_available, 0.0);
      compiled.force_present = add_input(patron.force_present, 0.0);
      compiled.cost_of_force = add_input(patron.cost_of_force, 0.5);
      compiled.regional = patron.kind.index == 1;
      compiled.gives_mandates = patron.gives_mandates;
      compiled.can_block_mandates = patron.can_block_mandates;
      compiled.labels = positions_of(patron.labels_extremist, scenario_.armed_groups);
      compiled.stationed = places_of(patron.stationed);
      if (compiled.stationed.empty()) compiled.stationed.push_back(world_.capital);
      compiled.rivals = positions_of(patron.rivals, scenario_.patrons);
      world_.patrons.push_back(std::move(compiled));
    }
  }

  void add_blocs() {
    for (const Bloc& bloc : scenario_.blocs) {
      WorldBloc compiled;
      identify(compiled, bloc, "blocs.");
      compiled.stance = add_input(bloc.stance);
      compiled.pact = add_input(bloc.pact, 0.0);
      compiled.following.assign(world_.places.size(), add_input(bloc.following));
      for (const FollowingInPlace& place : bloc.places)
        compiled.following[place_index_.at(place.id)] = add_input(place.following);
      if (bloc.patron.given())
        compiled.patron = static_cast<std::int32_t>(*find_entry(scenario_.patrons, bloc.patron.id));
      compiled.ruling_class = bloc.ruling_class;
      world_.blocs.push_back(std::move(compiled));
    }
  }

  void add_groups() {
    for (const ArmedGroup& group : scenario_.armed_groups) {
      WorldGroup compiled;
      identify(compiled, group, "armed_groups.");
      compiled.strength = add_input(group.strength);
      compiled.at_peace = add_input(group.at_peace, 0.0);
      compiled.supply = add_input(group.supply, 0.0);
      compiled.separatist = cause_names[group.cause.index] == "separatist";
      compiled.jihadist = cause_names[group.cause.index] == "jihadist";
      compiled.based = places_of(group.based);
      compiled.holds = places_of(group.holds);
      compiled.rivals = positions_of(group.rivals, scenario_.armed_groups);
      compiled.supply_from = group.supply_from.empty() ? -never : hours_until(first_day(group.supply_from));
      compiled.supply_until = group.supply_until.empty() ? never : hours_until(last_day(group.supply_until)) + 24.0;
      world_.groups.push_back(std::move(compiled));
    }
  }

  void add_times() {
    world_.horizon = add_input(scenario_.horizon);
    world_.begins_with_attempt = scenario_.begins.index == static_cast<std::size_t>(Begins::attempt);
    for (const CalendarEntry& entry : scenario_.calendar) {
      const std::chrono::sys_days day = *parse_date(entry.date);
      // Presidential and legislative elections to come; one on the day of the start is yet to be held.
      if (entry.event.index > 1 || day < std::chrono::floor<std::chrono::days>(scenario_.start_time)) continue;
      const double hour = std::max(0.0, hours_until(day));
      std::string name = entry.name;
      if (name.empty()) name = entry.event.index == 0 ? "the presidential election" : "the legislative election";
      const std::uint64_t hash = hash_pair(hash_identifier(entry.date), entry.event.index);
      world_.elections.push_back({name, hash, hour, entry.event.index == 0, entry.incumbent_stands});
    }
    std::stable_sort(world_.elections.begin(), world_.elections.end(),
                     [](const WorldElection& left, const WorldElection& right) { return left.hour < right.hour; });
    for (const EarlierAttempt& attempt : scenario_.history) {
      WorldEarlierAttempt compiled;
      compiled.hour = std::min(0.0, hours_until(first_day(attempt.date)));
      compiled.succeeded = attempt.outcome.index == 1;
      for (const Listed& lesson : attempt.lessons)
        compiled.lessons = static_cast<std::uint8_t>(compiled.lessons | (1U << lesson.index));
      world_.history.push_back(compiled);
    }
    world_.ruler_since = scenario_.ruler.since.empty() ? -4.0 * hours_per_year
                                                       : std::min(0.0, hours_until(first_day(scenario_.ruler.since)));
  }

  void add_regime() {
    const Public& people = scenario_.people;
    world_.protest_before = add_input(people.protest_before, 0.0);
    world_.economy = add_input(people.economy, 0.3);
    world_.corruption = add_input(people.corruption, 0.3);
    const Transition& transition = scenario_.transition;
    world_.transition_is_known = transition.council_soldiers.given && transition.council_civilians.given;
    world_.elections_are_promised = transition.elections_after.given;
    world_.council_soldiers = add_input(transition.council_soldiers, 1.0);
    world_.council_civilians = add_input(transition.council_civilians, 0.0);
    world_.head = add_input(transition.head, 0.0);
    world_.government = add_input(transition.government, 1.0);
    world_.elections_after = add_input(transition.elections_after, 0.0);
    const Regime& regime = scenario_.regime;
    world_.military_regime = add_input(regime.military, 0.0);
    world_.gdp_is_known = regime.gdp_per_head.given;
    world_.gdp_per_head = add_input(regime.gdp_per_head, 2000.0);
    world_.polyarchy =
        add_input(regime.polyarchy, regime.type.empty() ? middling_polyarchy : usual_polyarchy[regime.type[0].index]);
    world_.country_effect = add_input(regime.country_effect, 0.0);
    world_.start_year = static_cast<int>(
        std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(scenario_.start_time)).year());
    world_.year_level_is_given = scenario_.year_level.given;
    world_.year_level = add_input(scenario_.year_level, 0.0);
  }

  static constexpr double never = std::numeric_limits<double>::infinity();

  Scenario scenario_;  ///< in an order that does not depend on the file's
  World world_;
  std::unordered_map<std::string, std::int32_t> place_index_;
  std::optional<InputIndex> support_everywhere_;
};

}  // namespace

World compile(const Scenario& scenario) { return Compiler(scenario).compile(); }

}  // namespace interregnum
