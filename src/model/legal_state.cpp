#include "model/legal_state.hpp"

#include <fmt/format.h>

#include <cmath>

#include "model/country.hpp"

namespace interregnum {

namespace {

// Sums of shares, and crowds that are kept as sums, are off by rounding.
constexpr double rounding = 1e-9;

/// Throws unless `holds`; `of` is the id of the place, group, … whose number it is, or empty.
void require(bool holds, std::string_view rule, std::string_view name, double value, std::string_view of = {}) {
  if (!holds) break_contract(rule, of.empty() ? std::string(name) : fmt::format("{} of {}", name, of), value);
}

// Comparisons are written so that a number that is not one fails them.
void require_amount(std::string_view name, double value, std::string_view of = {}) {
  require(value >= 0 && std::isfinite(value), "an amount is finite and not negative", name, value, of);
}

void require_share(std::string_view name, double value, std::string_view of = {}) {
  require(value >= 0 && value <= 1 + rounding, "a share lies between 0 and 1", name, value, of);
}

void require_past(std::string_view name, double hour, const Country& country) {
  require(hour <= country.hour, "nothing happened later than now", name, hour);
}

void check_clock(const Country& country) {
  require(country.hour >= 0 && std::isfinite(country.hour), "time is finite and not negative", "hour", country.hour);
  require(country.step >= 0, "hours never run backward", "step", country.step);
  require_past("onset.last_attempt", country.state.onset.last_attempt, country);
  for (const PlaceCrowd& place : country.state.people.places) require_past("stepped_at", place.stepped_at, country);
}

void check_reign(const Country& country, const Reign& reign, std::string_view which) {
  const auto kind = static_cast<double>(reign.kind);
  require(reign.since <= country.hour, "no reign begins later than now", "since", reign.since, which);
  require(reign.era <= country.state.rulers.eras, "every reign has been counted", "era", reign.era, which);
  require_share("lost_before", reign.lost_before, which);
  require_share("civilian_seats", reign.civilian_seats, which);
  require_share("peak_against", reign.peak_against, which);
  require_share("peak_for", reign.peak_for, which);
  require_amount("killings", reign.killings, which);
  if (!std::isnan(reign.initial_cohesion)) require_share("initial_cohesion", reign.initial_cohesion, which);
  require(!reign.overthrew_old_class || came_by_force(reign.kind),
          "only who came by force has overthrown the old class", "kind", kind, which);
  require(!reign.from_plot_of_file || reign.kind == RulerKind::junta, "only a junta comes of the plot of the file",
          "kind", kind, which);
  require(!reign.elected || !reign.government_dissolved, "who was elected has a government", "kind", kind, which);
}

void check_rulers(const Country& country) {
  const Rulers& rulers = country.state.rulers;
  const auto kind = static_cast<double>(rulers.now.kind);
  check_reign(country, rulers.now, "the ruler");
  require(!rulers.plot_rules || rulers.attempt_is_on, "a plot rules only while its attempt is on", "attempt_is_on",
          rulers.attempt_is_on ? 1 : 0);
  require(!rulers.plot_rules || rulers.now.kind == RulerKind::junta, "a plot that rules is a junta", "kind", kind,
          "the ruler");
  require(!rulers.is_on_air || rulers.are_contested(), "a ruler is on air only while soldiers contest his rule",
          "attempt_is_on", rulers.attempt_is_on ? 1 : 0);
  require(rulers.now.capital_of == none, "only a deposed ruler can have lost the capital to a plot", "capital_of",
          rulers.now.capital_of, "the ruler");
  if (!rulers.plot_rules) return;
  check_reign(country, rulers.deposed, "the deposed ruler");
  require(rulers.deposed.era < rulers.now.era, "the deposed ruler ruled before the plot", "era", rulers.deposed.era,
          "the deposed ruler");
}

void check_country(const Country& country) {
  const CountryState& state = country.state.country;
  require_share("cohesion", state.cohesion);
  require_share("lost_share", state.lost_share);
  require_share("sanctions", state.sanctions);
  require_amount("deaths", state.deaths);
  require(state.next_election <= country.world.elections.size(), "elections are those of the calendar", "next_election",
          static_cast<double>(state.next_election));
  if (country.state.rulers.attempt_is_on) {
    for (std::size_t actor = 0; actor < country.state.seizure.actors.size(); ++actor)
      require_amount("strength", country.state.seizure.actors[actor].strength, country.world.actors[actor].id);
  }
}

void check_public(const Country& country) {
  const PublicState& people = country.state.people;
  double against = 0.0;
  double supporting = 0.0;
  for (std::size_t index = 0; index < people.places.size(); ++index) {
    const PlaceCrowd& place = people.places[index];
    const std::string& id = country.world.places[index].id;
    require_amount("out_against", place.out_against, id);
    require_amount("out_for", place.out_for, id);
    const double out = place.out_against + place.out_for;
    require(out <= place.population * (1 + rounding), "a crowd is within the population", "people in the streets", out,
            id);
    against += place.out_against;
    supporting += place.out_for;
  }
  const double off = rounding * (1.0 + people.population);
  require(std::abs(people.out_against - against) <= off, "the country's crowd is the sum of the towns' crowds",
          "out_against", people.out_against);
  require(std::abs(people.out_for - supporting) <= off, "the country's crowd is the sum of the towns' crowds",
          "out_for", people.out_for);
  require_share("will_to_shoot", people.will_to_shoot);
}

void check_blocs(const Country& country) {
  const BlocsState& blocs = country.state.blocs;
  for (std::size_t bloc = 0; bloc < blocs.following.size(); ++bloc)
    require_share("following", blocs.following[bloc], country.world.blocs[bloc].id);
  require_share("endorsing", blocs.endorsing);
  require_share("opposing", blocs.opposing);
}

void check_war(const Country& country) {
  const InsurgencyState& war = country.state.war;
  const World& world = country.world;
  for (std::size_t group = 0; group < war.groups.size(); ++group) {
    require_amount("strength", war.groups[group].strength, world.groups[group].id);
    require_share("lost_to", war.lost_to[group], world.groups[group].id);
  }
  for (std::size_t place = 0; place < war.holder.size(); ++place) {
    require_amount("garrison", war.garrison[place], world.places[place].id);
    require_amount("stationed", war.stationed[place], world.places[place].id);
    require(war.holder[place] >= none && war.holder[place] < static_cast<std::int32_t>(war.groups.size()),
            "a place is the state's or an armed group's", "holder", war.holder[place], world.places[place].id);
  }
  require_amount("army", war.army);
  require_amount("worth", war.worth);
  require_amount("foreign_force", war.foreign_force);
  require_share("peak_lost", war.peak_lost);
  const std::int32_t holder = war.holder[static_cast<std::size_t>(world.capital)];
  require(holder == none || country.state.rulers.now.kind == RulerKind::insurgents, "who holds the capital rules",
          "holder", holder, world.places[static_cast<std::size_t>(world.capital)].id);
}

void check_patrons(const Country& country) {
  require_share("envoys", country.state.patrons.envoys);
  require_amount("hostile_force", country.state.patrons.hostile_force);
}

void check_memory(const Country& country) {
  for (const double memory : country.state.lessons.memory) require_amount("memory", memory);
  require_amount("remembered", country.state.onset.remembered);
  for (std::size_t actor = 0; actor < country.state.onset.attitude.size(); ++actor) {
    const double attitude = country.state.onset.attitude[actor];
    require(std::isfinite(attitude), "an attitude is finite", "attitude", attitude, country.world.actors[actor].id);
  }
}

}  // namespace

void check_legal_state(const Country& country) {
  check_clock(country);
  check_rulers(country);
  check_country(country);
  check_public(country);
  check_blocs(country);
  check_war(country);
  check_patrons(country);
  check_memory(country);
}

}  // namespace interregnum
