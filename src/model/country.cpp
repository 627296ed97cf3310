#include "model/country.hpp"

namespace interregnum {

void start_country(Country& country) {
  start_consolidation(country);
  start_lessons(country);
  start_public(country);
  start_blocs(country);
  start_insurgency(country);
  start_patrons(country);
  settle_public(country);
  start_onset(country);
}

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
