#pragma once

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/distribution.hpp"

namespace interregnum {

// Categories are held as indices into these lists; the words are what country files use.
inline constexpr std::array<std::string_view, 3> rank_names{"junior", "middle", "senior"};
inline constexpr std::array<std::string_view, 4> initiator_names{"soldiers", "palace", "dissidents", "rebels"};
inline constexpr std::array<std::string_view, 7> site_names{"presidency", "broadcaster", "headquarters", "airport",
                                                            "armoury",    "parliament",  "residence"};
inline constexpr std::array<std::string_view, 2> begins_names{"attempt", "watch"};
inline constexpr std::array<std::string_view, 4> cause_names{"separatist", "jihadist", "militia", "revolutionary"};
inline constexpr std::array<std::string_view, 3> patron_kind_names{"state", "regional_body", "organisation"};
inline constexpr std::array<std::string_view, 4> calendar_event_names{"presidential_election", "legislative_election",
                                                                      "referendum", "other"};
inline constexpr std::array<std::string_view, 2> head_names{"military", "civilian"};
inline constexpr std::array<std::string_view, 2> government_names{"kept", "dissolved"};
inline constexpr std::array<std::string_view, 2> attempt_outcome_names{"failed", "succeeded"};
inline constexpr std::array<std::string_view, 4> lesson_names{"no_support_base", "split_army", "foreign_pretext",
                                                              "towns_lost"};

/// junior: captain and below; middle: major to colonel; senior: general.
enum class Rank { junior, middle, senior };
/// Who began an attempt, by the Cline Center's Coup d'État Project: people of the palace are of the ruler's government.
enum class Initiator { soldiers, palace, dissidents, rebels };
enum class SiteKind { presidency, broadcaster, headquarters, airport, armoury, parliament, residence };
enum class Begins { attempt, watch };

/// Where a value comes from.
struct Provenance {
  std::vector<std::string> sources;  ///< keys of Scenario::sources
  std::string assumed;               ///< the reason, where there is no source
  std::string note;
  bool unverified = false;

  bool empty() const { return sources.empty() && assumed.empty(); }
};

/// A number of the country file: what is known of it, and from where. Canonical units (quantity.hpp); a category is its
/// index.
struct UncertainNumber {
  Distribution distribution;
  Provenance provenance;
  SourceLocation location;
  std::string key;     ///< full key path, e.g. `units.kati_garrison.strength`
  bool given = false;  ///< false: left out of the file; `distribution` is the default, if the format has one
};

/// The id of something defined elsewhere in the file.
struct Reference {
  std::string id;
  SourceLocation location;
  std::string key;

  bool given() const { return !id.empty(); }
};

/// A category that is known: its index, and where it stands.
struct Listed {
  std::size_t index = 0;
  SourceLocation location;
  std::string key;
  Provenance provenance;
};

struct Entry {
  static constexpr bool carries_provenance = true;
  std::string id;  ///< empty where the format has no ids (roads, calendar)
  std::string key;
  SourceLocation location;
  Provenance provenance;
};

struct Source {
  static constexpr bool carries_provenance = false;
  std::string id, key;
  SourceLocation location;
  std::string title, author, publisher, date, url, note;
  std::string as_of;  ///< the time that its facts are of, a partial date; empty: not said
  bool unverified = false;
};

struct Ruler : Entry {
  std::string name;
  Reference place;
  std::vector<Listed> site;  ///< none or one
  std::string since;         ///< when the ruler came to power
};

struct Regime : Entry {
  std::vector<Listed> type;        ///< none or one
  UncertainNumber military;        ///< probability that soldiers rule
  UncertainNumber gdp_per_head;    ///< dollars of 2011 at purchasing power, a year
  UncertainNumber polyarchy;       ///< electoral democracy, 0 to 1
  UncertainNumber country_effect;  ///< logarithm of attempts against those of an average country with its facts
};

/// An earlier attempt in the country, and what was learnt from it.
struct EarlierAttempt : Entry {
  std::string date;
  Listed outcome;
  std::string name;
  std::vector<Listed> lessons;
};

struct Place : Entry {
  std::string name;
  UncertainNumber population;
  std::array<double, 2> position{};  ///< degrees north, degrees east
  bool has_position = false;
  bool capital = false;
  std::vector<Listed> sites;
};

struct Road : Entry {
  std::vector<Reference> between;
  UncertainNumber distance;  ///< km
};

struct Command : Entry {
  std::string name;
  Listed rank;
  UncertainNumber leaning;
  Reference superior;
  Reference place;
  std::vector<Listed> site;  ///< none or one
};

struct Unit : Entry {
  std::string name;
  Reference place;
  UncertainNumber strength;  ///< soldiers
  Listed commander;
  Reference superior;
  UncertainNumber speed;    ///< km/h
  UncertainNumber leaning;  ///< toward the plot, in units of the stakes
  std::vector<Listed> guards;
};

struct Plot : Entry {
  std::string leader;
  UncertainNumber tier;      ///< index into rank_names
  UncertainNumber began_by;  ///< index into initiator_names; not given: as the unit that moves first is
  std::vector<Reference> units;
  std::vector<Reference> objectives;  ///< a site kind, or `place.kind`
};

struct SupportInPlace : Entry {
  UncertainNumber support;
};

struct Public : Entry {
  UncertainNumber support;
  std::vector<SupportInPlace> places;
  UncertainNumber protest_before;
  UncertainNumber economy, corruption;
};

struct FollowingInPlace : Entry {
  UncertainNumber following;
};

struct Bloc : Entry {
  std::string name;
  UncertainNumber following, stance, pact;
  std::vector<FollowingInPlace> places;
  Reference patron;
  bool ruling_class = false;
};

struct ArmedGroup : Entry {
  std::string name;
  UncertainNumber strength;
  Listed cause;
  std::vector<Reference> based, holds, rivals;
  UncertainNumber at_peace;
  UncertainNumber supply;  ///< fighters that outside supply adds a month
  std::string supply_from, supply_until;
};

struct Patron : Entry {
  std::string name;
  Listed kind;
  UncertainNumber alignment, alignment_with_plotters, influence, training, force_available, force_present,
      cost_of_force;
  std::vector<Reference> labels_extremist, stationed, rivals;
  bool gives_mandates = false, can_block_mandates = false;
};

struct CalendarEntry : Entry {
  Listed event;
  std::string date;
  std::string name;
  bool incumbent_stands = true;
};

struct Transition : Entry {
  UncertainNumber council_soldiers, council_civilians;
  UncertainNumber head;             ///< index into head_names
  UncertainNumber government;       ///< index into government_names
  UncertainNumber elections_after;  ///< hours
};

/// One country at one date, as its file tells it: plain data, checked, with the origin of every value.
struct Scenario {
  static constexpr bool carries_provenance = false;
  std::string id, key;
  SourceLocation location;
  int format = 1;
  std::string name, country, start, summary;
  UncertainNumber year_level;  ///< of success, in logits of belief; not given: the year's own
  UncertainNumber horizon;     ///< hours
  Listed begins;
  std::vector<Source> sources;
  Ruler ruler;
  Regime regime;
  std::vector<EarlierAttempt> history;
  std::vector<Place> places;
  std::vector<Road> roads;
  std::vector<Command> commands;
  std::vector<Unit> units;
  Plot plot;
  Public people;
  std::vector<Bloc> blocs;
  std::vector<ArmedGroup> armed_groups;
  std::vector<Patron> patrons;
  std::vector<CalendarEntry> calendar;
  Transition transition;

  std::string text;                                            ///< the file as read
  std::vector<std::pair<std::string, std::string>> overrides;  ///< `--set` keys and values, in order
  std::chrono::sys_time<std::chrono::minutes> start_time{};    ///< `start`, as local time
};

}  // namespace interregnum
