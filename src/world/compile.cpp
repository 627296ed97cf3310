#include <fmt/format.h>

#include <unordered_map>

#include "base/identifiers.hpp"
#include "scenario/checks.hpp"
#include "world/world.hpp"

namespace interregnum {

namespace {

class Compiler {
 public:
  explicit Compiler(const Scenario& scenario) : scenario_(scenario) {}

  World compile() {
    add_places();
    add_roads();
    add_actors();
    add_plot();
    add_ruler();
    add_patrons();
    world_.scenario_name = scenario_.name;
    world_.start_time = scenario_.start_time;
    return std::move(world_);
  }

 private:
  InputIndex add_input(const UncertainNumber& number) {
    const auto index = static_cast<InputIndex>(world_.inputs.size());
    world_.inputs.push_back({number.key, hash_identifier(number.key), number.distribution});
    if (!number.distribution.is_fixed()) world_.uncertain_inputs.push_back(index);
    return index;
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

  void add_places() {
    for (const Place& place : scenario_.places) {
      const auto index = static_cast<std::int32_t>(world_.places.size());
      place_index_.emplace(place.id, index);
      world_.places.push_back({place.id, place.name.empty() ? place.id : place.name});
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
    for (const Road& road : scenario_.roads) {
      const InputIndex length = add_input(road.distance);
      roads.push_back(
          {place_of(road.between[0]), place_of(road.between[1]), road.distance.distribution.mean(), length});
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
    for (const Unit& unit : scenario_.units) {
      Actor actor;
      actor.kind = Actor::Kind::unit;
      actor.id = unit.id;
      actor.name = unit.name.empty() ? unit.id : unit.name;
      actor.hash = hash_identifier("units." + unit.id);
      actor.rank = static_cast<Rank>(unit.commander.index);
      actor.superior = superior_of(unit.superior);
      actor.place = place_of(unit.place);
      actor.site = site_of(actor.place, unit.guards);
      actor.can_carry_plot = actor.place == world_.capital;
      actor.can_reach_capital = world_.routes.reachable(actor.place, world_.capital);
      actor.strength = add_input(unit.strength);
      actor.leaning = add_input(unit.leaning);
      actor.speed = add_input(unit.speed);
      world_.actors.push_back(std::move(actor));
    }
    for (const Command& command : scenario_.commands) {
      Actor actor;
      actor.kind = Actor::Kind::command;
      actor.id = command.id;
      actor.name = command.name.empty() ? command.id : command.name;
      actor.hash = hash_identifier("commands." + command.id);
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
      const auto index = static_cast<std::int32_t>(*find_entry(scenario_.units, unit.id));
      world_.plot_units.push_back(index);
      Actor remainder = world_.actors[static_cast<std::size_t>(index)];
      remainder.kind = Actor::Kind::remainder;
      remainder.id += ".remainder";
      remainder.name = "the rest of " + remainder.name;
      remainder.hash = hash_identifier("units." + remainder.id);
      world_.actors[static_cast<std::size_t>(index)].remainder = static_cast<std::int32_t>(world_.actors.size());
      world_.actors[static_cast<std::size_t>(index)].plots = true;
      world_.actors[static_cast<std::size_t>(index)].can_carry_plot = true;
      world_.actors.push_back(std::move(remainder));
    }
    for (const Reference& objective : scenario_.plot.objectives) {
      std::string problem;
      const auto site = resolve_site(scenario_, objective.id, problem);
      world_.objectives.push_back(site_of(static_cast<std::int32_t>(site->place), site->kind));
    }
    for (const std::int32_t unit : world_.plot_units) {
      const std::int32_t superior = world_.actors[static_cast<std::size_t>(unit)].superior;
      if (superior != none) world_.actors[static_cast<std::size_t>(superior)].commands_plot = true;
    }
    index_subordinates();
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
      world_.patrons.push_back({patron.id, patron.name.empty() ? patron.id : patron.name,
                                hash_identifier("patrons." + patron.id), add_input(patron.alignment),
                                add_input(patron.influence)});
    }
  }

  const Scenario& scenario_;
  World world_;
  std::unordered_map<std::string, std::int32_t> place_index_;
};

}  // namespace

World compile(const Scenario& scenario) { return Compiler(scenario).compile(); }

}  // namespace interregnum
