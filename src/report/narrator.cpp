#include "report/narrator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace interregnum {

namespace {

constexpr std::array<std::string_view, 3> rank_words{"junior", "middle-ranking", "senior"};

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

}  // namespace

std::string event_actor(const World& world, const Event& event) {
  if (event.actor < 0) return "";
  const auto index = static_cast<std::size_t>(event.actor);
  switch (event.kind) {
    case EventKind::patron_condemns:
    case EventKind::patron_welcomes:
    case EventKind::patron_recognises:
    case EventKind::patron_engages:
    case EventKind::patron_waits:
    case EventKind::patron_keeps_distance:
    case EventKind::patron_sanctions:
    case EventKind::patron_intervenes:
    case EventKind::sanctions_end:
    case EventKind::force_arrives:
    case EventKind::force_leaves:
    case EventKind::group_labelled:
      return world.patrons[index].name;
    case EventKind::bloc_endorses:
    case EventKind::bloc_opposes:
    case EventKind::bloc_falls_silent:
      return world.blocs[index].name;
    case EventKind::town_lost:
    case EventKind::town_retaken:
    case EventKind::attack_repelled:
    case EventKind::town_changes_hands:
    case EventKind::truce_breaks:
    case EventKind::supply_ends:
    case EventKind::capital_falls:
      return world.groups[index].name;
    case EventKind::election_held:
    case EventKind::election_overtaken:
      return world.elections[index].name;
    default:
      return world.actors[index].name;
  }
}

std::string event_place(const World& world, const Event& event) {
  if (event.place >= 0) return world.places[static_cast<std::size_t>(event.place)].name;
  if (event.site >= 0) {
    const std::int32_t place = world.sites[static_cast<std::size_t>(event.site)].place;
    return world.places[static_cast<std::size_t>(place)].name;
  }
  return "";
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

std::string Narrator::sentence(const Event& event) const {
  return event.kind < first_stepped_event ? attempt_sentence(event) : country_sentence(event);
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

std::string Narrator::attempt_sentence(const Event& event) const {
  const std::string actor = event_actor(world_, event);
  const std::string site = event_site(world_, event);
  const std::string site_place =
      event.site < 0
          ? ""
          : world_.places[static_cast<std::size_t>(world_.sites[static_cast<std::size_t>(event.site)].place)].name;
  // A coup is made against a person, a junta's too. For seven days after power was taken it is still made against the
  // ruler before.
  const std::string& target = is_contested_ ? ruler_before_ : ruler_;
  const bool is_person = is_contested_ ? ruled_as_person_ : rules_as_person_;
  const std::string person = is_person ? target : "the head of " + target;
  const auto people = static_cast<long long>(std::llround(event.amount));
  std::string text;
  switch (event.kind) {
    case EventKind::attempt_begins:
      text = fmt::format("the plot of {} begins: {} moves first, under {} officers", plot_, actor,
                         rank_words[static_cast<std::size_t>(event.amount)]);
      break;
    case EventKind::unit_joins:
      text = fmt::format("{} ({} soldiers) goes over to the plot", actor, people);
      break;
    case EventKind::unit_resists:
      text = fmt::format("{} ({} soldiers) declares for {}", actor, people, person);
      break;
    case EventKind::unit_stands_aside:
      text = fmt::format("{} stands aside", actor);
      break;
    case EventKind::plotters_give_up:
      text = fmt::format("{} ({} soldiers) gives up and returns to barracks", actor, people);
      break;
    case EventKind::command_joins:
      text = fmt::format("{} orders its units to support the plot", actor);
      break;
    case EventKind::command_resists:
      text = fmt::format("{} orders resistance", actor);
      break;
    case EventKind::command_stands_aside:
      text = fmt::format("{} falls silent", actor);
      break;
    case EventKind::column_sets_out:
      text = fmt::format("{} sets out with {} soldiers for the {} in {}", actor, people, site, site_place);
      break;
    case EventKind::column_arrives:
      text = fmt::format("{} reaches the {}", actor, site);
      break;
    case EventKind::standoff:
      text = fmt::format("stand-off at the {}: {} waits, nobody fires", site, actor);
      break;
    case EventKind::guards_submit:
      text = fmt::format("{} lays down its arms at the {}", actor, site);
      break;
    case EventKind::guards_go_over:
      text = fmt::format("{} goes over to the plot when challenged", actor);
      break;
    case EventKind::plotters_surrender:
      text = fmt::format("{} surrenders at the {}", actor, site);
      break;
    case EventKind::fighting_begins:
      text = fmt::format("fighting at the {}: {} opens fire", site, actor);
      break;
    case EventKind::plot_wins_fight:
      text = fmt::format("the plot wins the fight at the {}", site);
      break;
    case EventKind::loyalists_win_fight:
      text = fmt::format("loyal troops win the fight at the {}", site);
      break;
    case EventKind::deaths:
      text = fmt::format("{} killed at the {}", people, site);
      break;
    case EventKind::site_taken:
      text = fmt::format("the {} is in the hands of the plot", site);
      break;
    case EventKind::site_retaken:
      text = fmt::format("the {} is back in loyal hands", site);
      break;
    case EventKind::senior_officers_arrested:
      text = fmt::format("the senior officers of {} are arrested", actor);
      break;
    case EventKind::ruler_captured:
      text = site.empty() ? fmt::format("{} is found and arrested", person)
                          : fmt::format("{} is captured at the {}", person, site);
      break;
    case EventKind::ruler_escapes:
      text = fmt::format("{} slips away from the {}", person, site);
      break;
    case EventKind::ruler_flees:
      text = fmt::format("{} flees the capital", person);
      break;
    case EventKind::ruler_resigns:
      text = fmt::format("{} resigns", person);
      break;
    case EventKind::ruler_on_air:
      text = fmt::format("{} speaks to the nation and denounces the plot", person);
      break;
    case EventKind::patron_condemns:
      text = fmt::format("{} condemns the coup", actor);
      break;
    case EventKind::patron_welcomes:
      text = fmt::format("{} shows understanding for the coup", actor);
      break;
    case EventKind::leader_taken:
      text = fmt::format("{} is taken", plot_);
      break;
    case EventKind::plot_dispersed:
      text = "the plot is over";
      break;
    case EventKind::power_taken:
      text = "nobody contests the capital any more: power is taken";
      break;
    case EventKind::power_lost:
      text = fmt::format("power is lost again; {} rules again", ruler_before_);
      break;
    case EventKind::seven_days_held:
      text = "power has been held for seven days";
      break;
    case EventKind::day_seven_decides:
      text = "day seven, and still undecided: the capital's garrison decides";
      break;
    default:
      break;
  }
  return text;
}

std::string Narrator::country_sentence(const Event& event) const {
  const std::string actor = event_actor(world_, event);
  const std::string people = round_number(event.amount);
  switch (event.kind) {
    case EventKind::bloc_endorses:
      return fmt::format("{} endorses {}{}", actor, ruler_, why(event));
    case EventKind::bloc_opposes:
      return fmt::format("{} opposes {}{}", actor, ruler_, why(event));
    case EventKind::bloc_falls_silent:
      return fmt::format("{} takes back its word and stays out{}", actor, why(event));
    case EventKind::crowds_gather_against:
      return fmt::format("some {} people are in the streets against {}", people, ruler_);
    case EventKind::crowds_gather_for:
      return fmt::format("some {} people are in the streets for {}", people, ruler_);
    case EventKind::crowds_disperse:
      return fmt::format("most have gone home; some {} stay in the streets", people);
    case EventKind::protesters_killed:
      return fmt::format("soldiers fire on a crowd; {} killed", people);
    case EventKind::town_lost:
      return fmt::format("{} takes the town{}", actor, why(event));
    case EventKind::town_retaken:
      return fmt::format("the state takes the town back from {}{}", actor, why(event));
    case EventKind::attack_repelled:
      return fmt::format("an attack of {} is beaten off", actor);
    case EventKind::town_changes_hands:
      return fmt::format("{} takes the town from its rival", actor);
    case EventKind::truce_breaks:
      return fmt::format("the truce with {} breaks down{}", actor, why(event));
    case EventKind::supply_ends:
      return fmt::format("{} gets no more supply from outside", actor);
    case EventKind::patron_recognises:
      return fmt::format("{} {} {}{}", actor, old_class_rules_ ? "stands by" : "recognises", ruler_, why(event));
    case EventKind::patron_engages:
      return fmt::format(
          "{} {} {}{}", actor,
          course_before(event) == EventKind::patron_recognises ? "does no more than talk to" : "talks to", ruler_,
          why(event));
    case EventKind::patron_waits:
      return fmt::format("{} waits to see what {} does", actor, ruler_);
    case EventKind::patron_keeps_distance:
      return fmt::format(
          "{} {} {}{}", actor,
          course_before(event) > EventKind::patron_keeps_distance ? "does no more than condemn" : "condemns", ruler_,
          why(event));
    case EventKind::patron_sanctions:
      return world_.patrons[static_cast<std::size_t>(event.actor)].regional
                 ? fmt::format("{} suspends the country and closes its borders{}", actor, why(event))
                 : fmt::format("{} imposes sanctions{}", actor, why(event));
    case EventKind::patron_intervenes:
      return fmt::format("{} decides to send soldiers{}", actor, why(event));
    case EventKind::sanctions_end:
      return fmt::format("{} lifts its sanctions", actor);
    case EventKind::force_arrives:
      return fmt::format("{} soldiers of {} arrive", people, actor);
    case EventKind::force_leaves:
      return fmt::format("the soldiers of {} leave", actor);
    case EventKind::group_labelled:
      return fmt::format("{} calls {} extremist", actor, world_.groups[static_cast<std::size_t>(event.amount)].name);
    case EventKind::mandate_given:
      return fmt::format("an intervention is authorised{}", why(event));
    case EventKind::transition_announced:
      return fmt::format("a transition is announced: civilians get {:.0f} % of the seats", 100.0 * event.amount);
    case EventKind::election_held:
      return event.amount > 0 ? fmt::format("{} takes place and brings a new government", actor)
                              : fmt::format("{} takes place; the government stays", actor);
    case EventKind::election_overtaken:
      return fmt::format("{} does not take place", actor);
    case EventKind::election_postponed:
      return fmt::format("{} puts off its elections{}", ruler_, why(event));
    case EventKind::election_won:
      return fmt::format("elections; whoever {} controls wins{}", ruler_, why(event));
    case EventKind::election_lost:
      return fmt::format("elections; the side of {} loses{}", ruler_, why(event));
    case EventKind::army_purged:
      return fmt::format("{} purges the army", ruler_);
    case EventKind::leader_dies:
      return fmt::format("the leader of {} dies; another follows him", ruler_);
    case EventKind::leader_replaced:
      return fmt::format("{} replaces its leader", ruler_);
    case EventKind::stand_in_replaced:
      return fmt::format("{} replaces the civilian at the head of state", ruler_);
    case EventKind::junta_falls_to_crowd:
      return fmt::format("{} falls to the crowd{}", ruler_, why(event));
    case EventKind::junta_driven_out:
      return fmt::format("foreign soldiers drive out {}", ruler_);
    case EventKind::junta_hands_over:
      return fmt::format("{} hands power to civilians{}", ruler_, why(event));
    case EventKind::capital_falls:
      return fmt::format("{} takes the capital; {} is no more", actor, ruler_);
    case EventKind::old_class_returns:
      return "the old ruling class is back in power";
    case EventKind::ruler_back:
      return fmt::format("{} is back in office", rules_as_person_ ? ruler_ : "the head of " + ruler_);
    case EventKind::successor_takes_office:
      return fmt::format("{} takes office", successor());
    default:
      return "";
  }
}

}  // namespace interregnum
