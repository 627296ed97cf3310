#include "model/country.hpp"

#include "base/identifiers.hpp"
#include "model/mechanisms.hpp"

namespace interregnum {

void start_precedence(Country& country) {
  const World& world = country.world;
  State& state = country.state;
  state.places_first.draw(country.draws, hash_identifier("places"), world.places, world.places.size());
  state.groups_first.draw(country.draws, hash_identifier("armed_groups"), world.groups, world.groups.size());
  state.patrons_first.draw(country.draws, hash_identifier("patrons"), world.patrons, world.patrons.size());
  state.blocs_first.draw(country.draws, hash_identifier("blocs"), world.blocs, world.blocs.size());
}

void start_country(Country& country) { start_mechanisms<mechanisms>(country); }

Removal step_country(Country& country) { return step_mechanisms<mechanisms>(country); }

void tell(Country& country, EventKind kind, std::int32_t actor, std::int32_t place, double amount,
          const Reasons& reasons) {
  country.state.log.note(kind);
  if (!country.state.log.keep_events) return;
  Event event;
  event.hour = country.hour;
  event.kind = kind;
  event.actor = actor;
  event.place = place;
  event.amount = amount;
  event.reasons = reasons;
  country.state.log.events.push_back(event);
}

}  // namespace interregnum
