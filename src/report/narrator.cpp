#include "report/narrator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/placeholders.hpp"
#include "model/event_table.hpp"

namespace interregnum {

namespace {

constexpr std::array<std::string_view, 3> rank_words{"junior", "middle-ranking", "senior"};

/// The words that sentences of events may leave to the narrator.
constexpr std::array<std::string_view, 15> narrators_words{
    "about", "actor", "group",        "number", "office",     "percent",   "person", "plot",
    "rank",  "ruler", "ruler_before", "site",   "site_place", "successor", "why"};
static_assert(std::all_of(event_descriptions.begin(), event_descriptions.end(), [](const EventDescription& event) {
  return !event.told.empty() && has_only_placeholders(event.told, narrators_words) &&
         has_only_placeholders(event.told_otherwise, narrators_words);
}));

void capitalise(std::string& text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
}

/// People as one would say it: two digits are all that anybody counts of a crowd.
std::string round_number(double people) {
  if (people < 100) return fmt::format("{:.0f}", people);
  const double unit = std::pow(10.0, std::floor(std::log10(people)) - 1.0);
  const auto rounded = static_cast<long long>(std::llround(people / unit) * std::llround(unit));
  std::string digits = fmt::format("{}", rounded);
  for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

/// Whether somebody made up his mind, rather than that something befell him.
bool decides(EventKind kind) {
  return (kind >= EventKind::bloc_endorses && kind <= EventKind::bloc_falls_silent) ||
         (kind >= EventKind::patron_recognises && kind <= EventKind::patron_intervenes);
}

// A reason that moved a utility or a logarithm by less is not worth telling.
constexpr float smallest_reason = 0.05F;

/// What pushed toward what happened.
std::string why(const Event& event) {
  std::string text;
  for (const Reason& reason : event.reasons.top()) {
    if (reason.term == Term::nothing || reason.amount < smallest_reason) continue;
    text += text.empty() ? " (because of " : ", ";
    text += term_descriptions[static_cast<std::size_t>(reason.term)].words;
  }
  if (text.empty()) return decides(event.kind) ? " (out of convictions of its own)" : "";
  return text + ")";
}

std::string place_of_site(const World& world, std::int32_t site) {
  const std::int32_t place = world.sites[static_cast<std::size_t>(site)].place;
  return world.places[static_cast<std::size_t>(place)].name;
}

}  // namespace

std::string event_actor(const World& world, const Event& event) {
  if (event.actor < 0) return "";
  const auto index = static_cast<std::size_t>(event.actor);
  switch (description_of(event.kind).actor) {
    case ActorKind::bloc:
      return world.blocs[index].name;
    case ActorKind::armed_group:
      return world.groups[index].name;
    case ActorKind::patron:
      return world.patrons[index].name;
    case ActorKind::election:
      return world.elections[index].name;
    case ActorKind::army:
      break;
  }
  return world.actors[index].name;
}

std::string event_place(const World& world, const Event& event) {
  if (event.place >= 0) return world.places[static_cast<std::size_t>(event.place)].name;
  return event.site >= 0 ? place_of_site(world, event.site) : "";
}

std::string event_site(const World& world, const Event& event) {
  if (event.site < 0) return "";
  return std::string(site_names[static_cast<std::size_t>(world.sites[static_cast<std::size_t>(event.site)].kind)]);
}

Narrator::Narrator(const World& world)
    : world_(world),
      ruler_(world.ruler_name),
      plot_(world.leader_name),
      courses_(world.patrons.size(), EventKind::patron_waits) {}

/// Courses of patrons are events in their order, from recognition to sending soldiers.
EventKind Narrator::course_before(const Event& event) const { return courses_[static_cast<std::size_t>(event.actor)]; }

std::string Narrator::tell(const Event& event) {
  if (event.kind == EventKind::attempt_begins && !first_attempt_) plot_ = "officers of " + event_actor(world_, event);
  std::string text = sentence(event);
  capitalise(text);
  remember(event);
  return text;
}

void Narrator::meet(const std::string& ruler, bool of_the_old_class, bool as_person) {
  ruler_ = ruler;
  old_class_rules_ = of_the_old_class;
  rules_as_person_ = as_person;
  std::fill(courses_.begin(), courses_.end(), EventKind::patron_waits);
}

std::string Narrator::successor() const {
  constexpr std::string_view prefix = "the successor of ";
  return ruler_.starts_with(prefix) ? ruler_ : std::string(prefix) + ruler_;
}

void Narrator::remember(const Event& event) {
  switch (event.kind) {
    case EventKind::attempt_begins:
      first_attempt_ = false;
      is_contested_ = false;
      break;
    case EventKind::power_taken:
      ruler_before_ = ruler_;
      old_class_ruled_ = old_class_rules_;
      ruled_as_person_ = rules_as_person_;
      is_contested_ = true;
      meet(++juntas_ == 1 ? "the junta" : fmt::format("the junta of {}", plot_), false, false);
      break;
    case EventKind::power_lost:
      meet(ruler_before_, old_class_ruled_, ruled_as_person_);
      is_contested_ = false;
      --juntas_;
      break;
    case EventKind::seven_days_held:
      is_contested_ = false;
      break;
    case EventKind::junta_falls_to_crowd:
    case EventKind::junta_driven_out:
    case EventKind::junta_hands_over:
      meet("the civilian government", false, false);
      break;
    case EventKind::election_held:
      if (event.amount > 0) meet("the elected government", false, false);
      break;
    case EventKind::old_class_returns:
      meet("the restored government", true, false);
      break;
    case EventKind::successor_takes_office:
      meet(successor(), old_class_rules_, true);
      break;
    case EventKind::capital_falls:
      meet(event_actor(world_, event), false, false);
      break;
    default:
      if (event.kind >= EventKind::patron_recognises && event.kind <= EventKind::patron_intervenes)
        courses_[static_cast<std::size_t>(event.actor)] = event.kind;
  }
}

bool Narrator::tells_otherwise(const Event& event) const {
  switch (event.kind) {
    case EventKind::ruler_captured:
      return event.site < 0;
    case EventKind::patron_recognises:
      return old_class_rules_;
    case EventKind::patron_engages:
      return course_before(event) == EventKind::patron_recognises;
    case EventKind::patron_keeps_distance:
      return course_before(event) > EventKind::patron_keeps_distance;
    case EventKind::patron_sanctions:
      return world_.patrons[static_cast<std::size_t>(event.actor)].regional;
    case EventKind::election_held:
      return event.amount > 0;
    default:
      return false;
  }
}

std::string Narrator::sentence(const Event& event) const {
  const EventDescription& description = description_of(event.kind);
  // A coup is made against a person, a junta's too. For seven days after power was taken it is still made against the
  // ruler before.
  const std::string& target = is_contested_ ? ruler_before_ : ruler_;
  const bool is_person = is_contested_ ? ruled_as_person_ : rules_as_person_;
  const bool begins = event.kind == EventKind::attempt_begins, labels = event.kind == EventKind::group_labelled;
  const auto amount = static_cast<std::size_t>(begins || labels ? event.amount : 0.0);  // an index in these two
  return fmt::format(fmt::runtime(tells_otherwise(event) ? description.told_otherwise : description.told),
                     fmt::arg("about", round_number(event.amount)), fmt::arg("actor", event_actor(world_, event)),
                     fmt::arg("group", labels ? world_.groups[amount].name : ""),
                     fmt::arg("number", std::llround(event.amount)),
                     fmt::arg("office", rules_as_person_ ? ruler_ : "the head of " + ruler_),
                     fmt::arg("percent", fmt::format("{:.0f}", 100.0 * event.amount)),
                     fmt::arg("person", is_person ? target : "the head of " + target), fmt::arg("plot", plot_),
                     fmt::arg("rank", begins ? rank_words[amount] : ""), fmt::arg("ruler", ruler_),
                     fmt::arg("ruler_before", ruler_before_), fmt::arg("site", event_site(world_, event)),
                     fmt::arg("site_place", event.site < 0 ? "" : place_of_site(world_, event.site)),
                     fmt::arg("successor", successor()), fmt::arg("why", why(event)));
}

}  // namespace interregnum
