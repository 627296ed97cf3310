#include "model/insurgency.hpp"

#include <algorithm>

#include "base/identifiers.hpp"
#include "model/country.hpp"
#include "model/seizure/confrontation.hpp"

namespace interregnum {

namespace {

std::size_t cell(const Country& country, std::size_t group, std::size_t place) {
  return group * country.world.places.size() + place;
}

/// A group makes itself felt in a place and in those next to it, or no longer.
void make_near(Country& country, std::size_t group, std::int32_t place, int sign) {
  InsurgencyState& war = country.state.war;
  const auto at = static_cast<std::size_t>(place);
  war.near[cell(country, group, at)] += sign;
  for (const std::int32_t neighbour : country.world.places[at].neighbours)
    war.near[cell(country, group, static_cast<std::size_t>(neighbour))] += sign;
}

void count_lost_towns(Country& country) {
  InsurgencyState& war = country.state.war;
  const PublicState& people = country.state.people;
  std::fill(war.lost_to.begin(), war.lost_to.end(), 0.0);
  double lost = 0.0;
  for (std::size_t place = 0; place < war.holder.size(); ++place) {
    if (war.holder[place] == none) continue;
    const double share = people.population > 0 ? people.places[place].population / people.population : 0.0;
    war.lost_to[static_cast<std::size_t>(war.holder[place])] += share;
    lost += share;
  }
  country.state.country.lost_share = lost;
  war.peak_lost = std::max(war.peak_lost, lost);
}

void change_master(Country& country, std::size_t place, std::int32_t master) {
  InsurgencyState& war = country.state.war;
  const auto at = static_cast<std::int32_t>(place);
  if (war.holder[place] != none) make_near(country, static_cast<std::size_t>(war.holder[place]), at, -1);
  war.holder[place] = master;
  if (master != none) make_near(country, static_cast<std::size_t>(master), at, 1);
  count_lost_towns(country);
}

double force_of(const Country& country, std::size_t group) {
  return country.theta.insurgency.concentration * country.state.war.groups[group].strength;
}

/// Worth of what the state can send against a town that it has lost.
double state_force(const Country& country) {
  const InsurgencyTheta& theta = country.theta.insurgency;
  const InsurgencyState& war = country.state.war;
  return theta.mobile_share * war.army * war.worth + theta.foreign_weight * war.foreign_force;
}

double odds(const Country& country, double attack, double defence) {
  const InsurgencyTheta& theta = country.theta.insurgency;
  return contest_probability(attack, defence, theta.decisiveness, theta.defender_advantage);
}

double draw_battle(const Country& country, std::size_t group, std::size_t place, std::uint32_t occurrence) {
  return country.draws.uniform(DrawPurpose::battle, country.state.war.key[cell(country, group, place)], occurrence);
}

void attack_town(Country& country, std::size_t group, std::size_t place) {
  const InsurgencyTheta& theta = country.theta.insurgency;
  InsurgencyState& war = country.state.war;
  const double attack = force_of(country, group);
  const double defence = defence_of(country, place);
  const double u = draw_battle(country, group, place, war.attacks[cell(country, group, place)].count);
  const auto actor = static_cast<std::int32_t>(group);
  const auto at = static_cast<std::int32_t>(place);
  if (u >= odds(country, attack, defence)) {
    war.groups[group].strength *= 1.0 - theta.repelled_losses;
    tell(country, EventKind::attack_repelled, actor, at, attack);
    return;
  }
  Reasons reasons;
  reasons.add(Term::cohesion, Term::disunity, -theta.decisiveness * theta.garrison_cohesion,
              country.state.country.cohesion - cohesion_of_a_sound_army);
  reasons.add(Term::attackers,
              theta.decisiveness * std::log(std::max(attack, 1.0) / std::max(theta.defender_advantage * defence, 1.0)));
  const double share_of_army = war.army > 0 ? theta.rout_losses * war.garrison[place] / war.army : 0.0;
  war.garrison[place] *= 1.0 - theta.rout_losses;
  ++war.towns_lost;
  country.state.country.cohesion *= std::max(0.0, 1.0 - country.theta.consolidation.defeat * (0.1 + share_of_army));
  tell(country, EventKind::town_lost, actor, at, attack, reasons);
  change_master(country, place, actor);
}

void retake_town(Country& country, std::size_t place) {
  InsurgencyState& war = country.state.war;
  const auto group = static_cast<std::size_t>(war.holder[place]);
  const double attack = state_force(country);
  const double u = country.draws.uniform(DrawPurpose::counterattack, country.world.places[place].hash,
                                         war.counterattacks[place].count);
  if (u >= odds(country, attack, force_of(country, group))) return;
  war.groups[group].strength *= 1.0 - country.theta.insurgency.repelled_losses;
  Reasons reasons;
  reasons.add(Term::foreign_force, country.theta.insurgency.foreign_weight * war.foreign_force / std::max(attack, 1.0));
  tell(country, EventKind::town_retaken, static_cast<std::int32_t>(group), static_cast<std::int32_t>(place), attack,
       reasons);
  change_master(country, place, none);
}

/// Two rivals fight over a town that one of them holds.
void fight_rival(Country& country, std::size_t group, std::size_t place) {
  InsurgencyState& war = country.state.war;
  const auto rival = static_cast<std::size_t>(war.holder[place]);
  const double u = draw_battle(country, group, place, war.attacks[cell(country, group, place)].count);
  const bool wins = u < odds(country, force_of(country, group), force_of(country, rival));
  war.groups[wins ? rival : group].strength *= std::max(0.0, 1.0 - 2.0 * country.theta.insurgency.repelled_losses);
  if (!wins) return;
  tell(country, EventKind::town_changes_hands, static_cast<std::int32_t>(group), static_cast<std::int32_t>(place),
       force_of(country, group));
  change_master(country, place, static_cast<std::int32_t>(group));
}

bool are_rivals(const Country& country, std::size_t group, std::int32_t other) {
  const auto& rivals = country.world.groups[group].rivals;
  const auto& theirs = country.world.groups[static_cast<std::size_t>(other)].rivals;
  return std::find(rivals.begin(), rivals.end(), other) != rivals.end() ||
         std::find(theirs.begin(), theirs.end(), static_cast<std::int32_t>(group)) != theirs.end();
}

void step_group(Country& country, std::size_t index) {
  const InsurgencyTheta& theta = country.theta.insurgency;
  const WorldGroup& definition = country.world.groups[index];
  GroupState& group = country.state.war.groups[index];
  const bool supplied = country.hour >= definition.supply_from && country.hour < definition.supply_until;
  const bool had_supply = country.hour >= definition.supply_until;
  group.strength *= group.kept((theta.growth - (had_supply ? theta.supply_lost : 0.0)) * country.years());
  if (supplied) group.strength += country.input(definition.supply) * country.step / hours_per_month;
  if (group.supplied && !supplied) tell(country, EventKind::supply_ends, static_cast<std::int32_t>(index));
  group.supplied = supplied && country.input(definition.supply) > 0;
  if (!group.at_peace) return;
  Reasons reasons;
  const double disorder = reasons.add(Term::disunity, theta.truce_disorder * (1.0 - country.state.country.cohesion));
  const double hazard = theta.truce_break * std::exp(disorder) * country.years();
  if (!group.truce.rings(country.draws, DrawPurpose::truce, definition.hash, hazard)) return;
  group.at_peace = false;
  tell(country, EventKind::truce_breaks, static_cast<std::int32_t>(index), none, 0.0, reasons);
}

/// How hard a place is to take. Neither garrisons nor cohesion change in a step before it falls.
double hold_of(Country& country, std::size_t place) {
  const InsurgencyTheta& theta = country.theta.insurgency;
  double& hold = country.state.war.hold[place];
  if (hold < 0) hold = contest_weight(theta.defender_advantage * defence_of(country, place), theta.decisiveness);
  return hold;
}

void step_fronts(Country& country, std::size_t group) {
  const InsurgencyTheta& theta = country.theta.insurgency;
  InsurgencyState& war = country.state.war;
  const auto self = static_cast<std::int32_t>(group);
  const double attack = contest_weight(force_of(country, group), theta.decisiveness);
  for (const std::int32_t turn : country.state.places_first.order) {
    const auto place = static_cast<std::size_t>(turn);
    const std::size_t at = cell(country, group, place);
    const std::int32_t master = war.holder[place];
    if (war.near[at] == 0 || master == self) continue;
    if (country.world.groups[group].separatist && !war.homeland[at]) continue;
    const std::uint64_t key = war.key[at];
    if (master != none) {
      if (!are_rivals(country, group, master)) continue;
      if (war.attacks[at].rings(country.draws, DrawPurpose::attack_clock, key, theta.rival_rate * country.weeks()))
        fight_rival(country, group, place);
      continue;
    }
    if (war.groups[group].at_peace) continue;
    // Attacks are made where they promise something: as often as they would succeed.
    const double rate = theta.attack_rate * chance_of(attack, hold_of(country, place));
    if (war.attacks[at].rings(country.draws, DrawPurpose::attack_clock, key, rate * country.weeks()))
      attack_town(country, group, place);
  }
}

}  // namespace

InsurgencyState::InsurgencyState(const World& world)
    : groups(world.groups.size()),
      holder(world.places.size(), none),
      garrison(world.places.size()),
      establishment(world.places.size()),
      stationed(world.places.size()),
      near(world.groups.size() * world.places.size()),
      homeland(world.groups.size() * world.places.size()),
      attacks(world.groups.size() * world.places.size()),
      counterattacks(world.places.size()),
      lost_to(world.groups.size()),
      hold(world.places.size()) {
  for (const WorldGroup& group : world.groups) {
    for (const WorldPlace& place : world.places) key.push_back(hash_pair(group.hash, place.hash));
  }
}

double army_defence_of(const Country& country, std::size_t place) {
  const InsurgencyTheta& theta = country.theta.insurgency;
  const InsurgencyState& war = country.state.war;
  const double local = theta.local_force * country.state.people.places[place].population / 1000.0;
  const double guard = static_cast<std::int32_t>(place) == country.world.capital ? theta.capital_guard : 1.0;
  return (war.garrison[place] * guard + local) * war.worth;
}

double defence_of(const Country& country, std::size_t place) {
  const InsurgencyTheta& theta = country.theta.insurgency;
  const InsurgencyState& war = country.state.war;
  return army_defence_of(country, place) + theta.stationed_weight * war.stationed[place] +
         theta.foreign_weight * theta.mobile_share * war.foreign_force;
}

std::int32_t capital_passes_to(Country& country, std::int32_t group) {
  const auto capital = static_cast<std::size_t>(country.world.capital);
  const std::int32_t before = country.state.war.holder[capital];
  if (before != group) change_master(country, capital, group);
  return before;
}

void start_insurgency(Country& country) {
  InsurgencyState& war = country.state.war;
  const World& world = country.world;
  std::fill(war.holder.begin(), war.holder.end(), none);
  std::fill(war.garrison.begin(), war.garrison.end(), 0.0);
  std::fill(war.stationed.begin(), war.stationed.end(), 0.0);
  std::fill(war.near.begin(), war.near.end(), 0);
  std::fill(war.attacks.begin(), war.attacks.end(), HazardClock{});
  std::fill(war.counterattacks.begin(), war.counterattacks.end(), HazardClock{});
  war.army = war.foreign_force = war.peak_lost = 0;
  war.worth = 1.0;
  war.towns_lost = 0;
  for (std::size_t unit = 0; unit < world.units; ++unit) {
    const double strength = country.input(world.actors[unit].strength);
    war.garrison[static_cast<std::size_t>(world.actors[unit].place)] += strength;
    war.army += strength;
  }
  war.establishment = war.garrison;
  for (const WorldPatron& patron : world.patrons) {
    for (const std::int32_t place : patron.stationed) {
      war.stationed[static_cast<std::size_t>(place)] +=
          country.input(patron.force_present) / static_cast<double>(patron.stationed.size());
    }
  }
  for (std::size_t index = 0; index < world.groups.size(); ++index) {
    const WorldGroup& group = world.groups[index];
    war.groups[index] = GroupState{};
    war.groups[index].strength = country.input(group.strength);
    war.groups[index].at_peace =
        country.draws.block(DrawPurpose::truce, group.hash, ~std::uint64_t{0})[1] < country.input(group.at_peace);
    for (const std::int32_t place : group.based) make_near(country, index, place, 1);
    for (const std::int32_t place : group.holds) {
      war.holder[static_cast<std::size_t>(place)] = static_cast<std::int32_t>(index);
      make_near(country, index, place, 1);
    }
  }
  for (std::size_t at = 0; at < war.near.size(); ++at) war.homeland[at] = war.near[at] > 0 ? 1 : 0;
  count_lost_towns(country);
}

void step_insurgency(Country& country) {
  const InsurgencyTheta& theta = country.theta.insurgency;
  InsurgencyState& war = country.state.war;
  war.worth = std::exp(theta.garrison_cohesion * (country.state.country.cohesion - cohesion_of_a_sound_army));
  const double filled = 1.0 - war.unfilled(-theta.garrison_recovery * country.years());
  std::fill(war.hold.begin(), war.hold.end(), -1.0);
  for (std::size_t place = 0; place < war.garrison.size(); ++place)
    war.garrison[place] += filled * (war.establishment[place] - war.garrison[place]);
  for (const std::int32_t turn : country.state.groups_first.order) {
    const auto group = static_cast<std::size_t>(turn);
    step_group(country, group);
    step_fronts(country, group);
  }
  const double sent = state_force(country);
  for (const std::int32_t turn : country.state.places_first.order) {
    const auto place = static_cast<std::size_t>(turn);
    if (war.holder[place] == none) continue;
    const auto group = static_cast<std::size_t>(war.holder[place]);
    if (war.groups[group].at_peace) continue;
    const double rate = theta.retake_rate * odds(country, sent, force_of(country, group));
    if (war.counterattacks[place].rings(country.draws, DrawPurpose::counterattack_clock,
                                        country.world.places[place].hash, rate * country.weeks()))
      retake_town(country, place);
  }
}

}  // namespace interregnum
