#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include "base/quantity.hpp"
#include "record/facts.hpp"
#include "scenario/scenario.hpp"

/// The country-file format, declared once: `describe(visitor, entity)` names every key of an entity with its kind,
/// bounds and meaning. The reader, the JSON Schema and the list of known keys are all made by visitors that walk these
/// declarations.
namespace interregnum {

enum class Need { required, optional };

/// Keys whose text explains, and may be a page long; all other texts are names, which every event repeats.
inline constexpr std::array<std::string_view, 8> keys_of_prose{"summary", "note",  "assumed", "url",
                                                               "text",    "cited", "remark",  "record_note"};
/// Longest text of a key, in characters.
inline std::size_t longest_text(std::string_view key) {
  constexpr std::size_t name = 200, prose = 2000;
  return std::find(keys_of_prose.begin(), keys_of_prose.end(), key) == keys_of_prose.end() ? name : prose;
}

struct NumberRule {
  Dimension dimension = Dimension::position;
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool has_default = false;
  Distribution default_value = {};
  bool needs_source = true;  ///< false where the value is the user's question, not a fact
};

inline NumberRule number_rule(Dimension dimension, double low, double high) {
  return {dimension, low, high, false, {}, true};
}

/// The words of YAML for true and false (1.2; `yes` and `on` are words of 1.1 only).
inline constexpr std::array<std::string_view, 3> yes_words{"true", "True", "TRUE"};
inline constexpr std::array<std::string_view, 3> no_words{"false", "False", "FALSE"};

inline NumberRule people() { return number_rule(Dimension::people, 0.0, 1e10); }
inline NumberRule share() { return number_rule(Dimension::share, bounds_of_shares.low, bounds_of_shares.high); }
inline NumberRule position_from(double low, double high) { return number_rule(Dimension::position, low, high); }
/// A leaning may go beyond the stakes (officers who would join whatever the odds), but not absurdly.
inline NumberRule leaning_rule() {
  return {Dimension::position, -5.0, 5.0, true, Distribution::normal(0.0, 0.5, -5.0, 5.0), true};
}

/// What a reference may point at.
enum class Target {
  place,
  command,
  unit,
  armed_group,
  site,
  patron,
  // of claim files
  country_file,
  setting,
  factor,
  event,
  parameter,
  association,
  claim
};

template <class Visitor>
void describe(Visitor& visit, Source& source) {
  visit.text("title", source.title, Need::required, "title of the work");
  visit.text("author", source.author, Need::optional, "who wrote it");
  visit.text("publisher", source.publisher, Need::optional, "who published it");
  visit.partial_date("date", source.date, Need::optional, "when it was published: 2012, 2012-03 or 2012-03-22");
  visit.partial_date(
      "as_of", source.as_of, Need::optional,
      "the time that its facts are of: 2011, 2011-12 or 2011-12-31; a warning if it ends more than a year before the "
      "start, or begins after it");
  visit.text("url", source.url, Need::optional, "where it can be read");
  visit.text("note", source.note, Need::optional, "anything a reader should know");
  visit.flag("unverified", source.unverified, "true: recalled, but not opened when the file was written");
}

template <class Visitor>
void describe(Visitor& visit, Ruler& ruler) {
  visit.text("name", ruler.name, Need::required, "who is to be overthrown");
  visit.reference("place", ruler.place, Target::place, Need::optional,
                  "where the ruler is when the plot moves; default: the capital");
  visit.category("site", ruler.site, site_names, Need::optional,
                 "the site where the ruler is found; default: the presidency");
  visit.partial_date("since", ruler.since, Need::optional, "when the ruler came to power: 2002, 2002-06 or 2002-06-08");
}

template <class Visitor>
void describe(Visitor& visit, Regime& regime) {
  visit.category("type", regime.type, regime_names, Need::optional,
                 "how the country is ruled before the attempt (regimes of the world, V-Dem)");
  visit.number("military", regime.military, share(), Need::optional, "probability that soldiers rule; default 0");
  visit.number("gdp_per_head", regime.gdp_per_head,
               number_rule(Dimension::money, bounds_of_dollars_per_head.low, bounds_of_dollars_per_head.high),
               Need::optional, "output per head in dollars of 2011 at purchasing power");
  visit.number("polyarchy", regime.polyarchy, share(), Need::optional,
               "electoral democracy from 0 to 1 (V-Dem's index); default: what is usual for the type");
  visit.number("country_effect", regime.country_effect, position_from(-5, 5), Need::optional,
               "logarithm of how many more attempts it sees than an average country with its facts; default 0");
}

template <class Visitor>
void describe(Visitor& visit, EarlierAttempt& attempt) {
  visit.partial_date("date", attempt.date, Need::required, "when: 1991, 1991-03 or 1991-03-26");
  visit.category("outcome", attempt.outcome, attempt_outcome_names, Need::required, "whether it seized power");
  visit.text("name", attempt.name, Need::optional, "who moved");
  visit.categories("lessons", attempt.lessons, lesson_names,
                   "what made it fail, or what undid those whom it brought to power");
}

template <class Visitor>
void describe(Visitor& visit, Place& place) {
  visit.text("name", place.name, Need::optional, "name as people write it");
  visit.number("population", place.population, people(), Need::required, "inhabitants");
  visit.coordinates("at", place.position, place.has_position, "[degrees north, degrees east]");
  visit.flag("capital", place.capital, "true for exactly one place");
  visit.categories("sites", place.sites, site_names, "what is there that a plot may want");
}

template <class Visitor>
void describe(Visitor& visit, Road& road) {
  visit.references("between", road.between, Target::place, Need::required, "the two places that it joins");
  visit.number("distance", road.distance, number_rule(Dimension::length, 0.0, 20000.0), Need::required,
               "length by road");
}

template <class Visitor>
void describe(Visitor& visit, Command& command) {
  visit.text("name", command.name, Need::optional, "name as people write it");
  visit.category("rank", command.rank, rank_names, Need::required, "rank of its commander");
  visit.number("leaning", command.leaning, leaning_rule(), Need::optional, "toward the plot, in units of the stakes");
  visit.reference("superior", command.superior, Target::command, Need::optional, "the command above it");
  visit.reference("place", command.place, Target::place, Need::optional, "where its commander is");
  visit.category("site", command.site, site_names, Need::optional,
                 "the site there at which its commander can be arrested");
}

template <class Visitor>
void describe(Visitor& visit, Unit& unit) {
  visit.text("name", unit.name, Need::optional, "name as people write it");
  visit.reference("place", unit.place, Target::place, Need::required, "where it is garrisoned");
  visit.number("strength", unit.strength, people(), Need::required, "soldiers");
  visit.category("commander", unit.commander, rank_names, Need::required, "rank of its commander");
  visit.reference("superior", unit.superior, Target::command, Need::optional, "the command that gives it orders");
  visit.number("speed", unit.speed, {Dimension::speed, 1.0, 1000.0, true, Distribution::fixed(30.0), true},
               Need::optional, "on the march");
  visit.number("leaning", unit.leaning, leaning_rule(), Need::optional, "toward the plot, in units of the stakes");
  visit.category("guards", unit.guards, site_names, Need::optional, "the site in its own place that it guards");
}

template <class Visitor>
void describe(Visitor& visit, Plot& plot) {
  visit.text("leader", plot.leader, Need::optional, "who leads it");
  visit.uncertain_category("tier", plot.tier, rank_names, Need::required, "rank of the leaders");
  visit.uncertain_category("began_by", plot.began_by, initiator_names, Need::optional,
                           "who began it: soldiers, people of the palace, dissidents or rebels; default soldiers, or "
                           "dissidents if the unit that moves first is under no command");
  visit.references("units", plot.units, Target::unit, Need::required,
                   "units that move at the start; the first is the leader's");
  visit.references("objectives", plot.objectives, Target::site, Need::required,
                   "sites in the order in which they are wanted: `broadcaster`, or `kati.armoury` to say which");
}

template <class Visitor>
void describe(Visitor& visit, SupportInPlace& place) {
  visit.number("support", place.support, share(), Need::required, "share that leans to the ruler there");
}

template <class Visitor>
void describe(Visitor& visit, Public& people_of) {
  visit.number("support", people_of.support, share(), Need::optional,
               "share of the capital's people that leans to the ruler");
  visit.table("places", people_of.places, Need::optional, "the same by place, where it differs");
  visit.number("protest_before", people_of.protest_before, people(), Need::optional,
               "people in the streets of the capital at the largest protest of the three months before");
  visit.number("economy", people_of.economy, share(), Need::optional,
               "how heavily hardship weighs on the ruler's standing: 0 not at all, 1 as in a collapse; default 0.3");
  visit.number("corruption", people_of.corruption, share(), Need::optional,
               "how heavily corruption weighs on it; default 0.3");
}

template <class Visitor>
void describe(Visitor& visit, FollowingInPlace& place) {
  visit.number("following", place.following, share(), Need::required, "share of the people there that follows it");
}

template <class Visitor>
void describe(Visitor& visit, Bloc& bloc) {
  visit.text("name", bloc.name, Need::optional, "name as people write it");
  visit.number("following", bloc.following, share(), Need::required, "share of the people that follows it");
  visit.number("stance", bloc.stance, position_from(-1, 1), Need::required, "toward the ruler");
  visit.number("pact", bloc.pact, share(), Need::optional,
               "probability that it had a pact with the plotters beforehand");
  visit.table("places", bloc.places, Need::optional, "its following by place, where it differs");
  visit.reference("patron", bloc.patron, Target::patron, Need::optional, "the foreign patron that it is tied to");
  visit.flag("ruling_class", bloc.ruling_class,
             "true: the class that rules until the coup; what a restoration brings back");
}

template <class Visitor>
void describe(Visitor& visit, ArmedGroup& group) {
  visit.text("name", group.name, Need::optional, "name as people write it");
  visit.number("strength", group.strength, people(), Need::required, "fighters");
  visit.category("cause", group.cause, cause_names, Need::required, "what it fights for");
  visit.references("based", group.based, Target::place, Need::optional, "places near which it operates");
  visit.references("holds", group.holds, Target::place, Need::optional, "places that it holds at the start");
  visit.references("rivals", group.rivals, Target::armed_group, Need::optional, "armed groups that it fights");
  visit.number("at_peace", group.at_peace, share(), Need::optional,
               "probability that a truce with the state holds at the start; default 0");
  visit.number("supply", group.supply, people(), Need::optional,
               "fighters that supply from outside adds each month while it lasts; default 0");
  visit.partial_date("supply_from", group.supply_from, Need::optional, "when outside supply is known to begin");
  visit.partial_date("supply_until", group.supply_until, Need::optional, "when outside supply is known to end");
}

template <class Visitor>
void describe(Visitor& visit, Patron& patron) {
  visit.text("name", patron.name, Need::optional, "name as people write it");
  visit.category("kind", patron.kind, patron_kind_names, Need::required, "state, regional body or other organisation");
  visit.number("alignment", patron.alignment, position_from(-1, 1), Need::required,
               "with the ruler and the class he stands for");
  visit.number("alignment_with_plotters", patron.alignment_with_plotters, position_from(-1, 1), Need::optional,
               "with the officers who plot; default 0");
  visit.number("influence", patron.influence, {Dimension::share, 0.0, 1.0, true, Distribution::uniform(0.0, 1.0), true},
               Need::optional, "weight of its word with the army");
  visit.number("training", patron.training, share(), Need::optional, "share of the officers that it trained");
  visit.number("force_available", patron.force_available, people(), Need::optional,
               "soldiers it could send within a month");
  visit.number("force_present", patron.force_present, people(), Need::optional, "its soldiers already in the country");
  visit.number("cost_of_force", patron.cost_of_force, share(), Need::optional,
               "how dear it is to the patron to send soldiers: 0 nothing, 1 as good as impossible; default 0.5");
  visit.references("stationed", patron.stationed, Target::place, Need::optional,
                   "places where the soldiers already there stand; default: the capital");
  visit.references("rivals", patron.rivals, Target::patron, Need::optional, "patrons that it competes with here");
  visit.flag("gives_mandates", patron.gives_mandates, "true: its resolution authorises an intervention");
  visit.flag("can_block_mandates", patron.can_block_mandates, "true: without its consent there is no mandate");
  visit.references("labels_extremist", patron.labels_extremist, Target::armed_group, Need::optional,
                   "armed groups that it calls extremist");
}

template <class Visitor>
void describe(Visitor& visit, CalendarEntry& entry) {
  visit.category("event", entry.event, calendar_event_names, Need::required, "what is due");
  visit.date("date", entry.date, Need::required, "when");
  visit.text("name", entry.name, Need::optional, "name as people write it");
  visit.flag("incumbent_stands", entry.incumbent_stands,
             "of a presidential election; false: the ruler is no candidate, so that somebody of his side or another "
             "side follows him; default true");
}

template <class Visitor>
void describe(Visitor& visit, Transition& transition) {
  visit.number("council_soldiers", transition.council_soldiers, number_rule(Dimension::count, 0, 1000), Need::optional,
               "seats for soldiers in the transitional body");
  visit.number("council_civilians", transition.council_civilians, number_rule(Dimension::count, 0, 1000),
               Need::optional, "seats for civilians in the transitional body");
  visit.uncertain_category("government", transition.government, government_names, Need::optional,
                           "what becomes of government and parliament; default: dissolved");
  visit.uncertain_category("head", transition.head, head_names, Need::optional, "who heads the transition");
  visit.number("elections_after", transition.elections_after, number_rule(Dimension::duration, 0, 30 * hours_per_year),
               Need::optional, "from the seizure to the elections announced");
}

template <class Visitor>
void describe(Visitor& visit, Scenario& scenario) {
  visit.format_version("interregnum", scenario.format, "version of the format: 1");
  visit.text("name", scenario.name, Need::required, "country and date, as a title");
  visit.country_code("country", scenario.country, "ISO 3166-1 alpha-3 code");
  visit.date_time("start", scenario.start, Need::required, "local time at which the plot moves");
  visit.number("horizon", scenario.horizon,
               {Dimension::duration, 1.0, 30 * hours_per_year, true, Distribution::fixed(24 * hours_per_month), false},
               Need::optional, "how long after the seizure the question is asked");
  visit.category("begins", scenario.begins, begins_names, Need::optional,
                 "attempt: the plot moves at the start; watch: it may or may not come to that");
  visit.number("year_level", scenario.year_level, position_from(-4, 4), Need::optional,
               "how the times favour a plot: added to officers' belief in it, in logits, against the mean of the years "
               "on record; default: the level of the year of the start, as the fit knows it");
  visit.text("summary", scenario.summary, Need::optional, "what the file describes, in a sentence or two");
  visit.table("sources", scenario.sources, Need::optional, "the works that values cite");
  visit.object("ruler", scenario.ruler, Need::optional, "who is to be overthrown");
  visit.object("regime", scenario.regime, Need::optional, "how the country is ruled before the attempt");
  visit.list("history", scenario.history, Need::optional,
             "earlier attempts in the country, of the last ten years or so");
  visit.table("places", scenario.places, Need::required, "towns");
  visit.list("roads", scenario.roads, Need::optional, "roads between places");
  visit.table("commands", scenario.commands, Need::optional, "who gives orders to whom");
  visit.table("units", scenario.units, Need::required, "army units");
  visit.object("plot", scenario.plot, Need::required, "who moves, with what rank, and for what");
  visit.object("public", scenario.people, Need::optional, "what the people think of the ruler");
  visit.table("blocs", scenario.blocs, Need::optional,
              "parties, unions, religious and civil organisations, the ruling class");
  visit.table("armed_groups", scenario.armed_groups, Need::optional, "insurgents");
  visit.table("patrons", scenario.patrons, Need::optional, "foreign states and organisations");
  visit.list("calendar", scenario.calendar, Need::optional, "what is due to happen");
  visit.object("transition", scenario.transition, Need::optional, "what the plotters are expected to announce");
}

}  // namespace interregnum
