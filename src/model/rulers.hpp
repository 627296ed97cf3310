#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

#include "model/hazard_clock.hpp"
#include "world/world.hpp"

namespace interregnum {

struct Country;

/// `incumbent` rules under the order of the country file; `restored` is the ruling class of before the coup, back.
enum class RulerKind : std::uint8_t { incumbent, junta, civilians, restored, insurgents };
inline constexpr std::array<std::string_view, 5> ruler_kind_names{"incumbent", "junta", "civilians", "restored",
                                                                  "insurgents"};

/// How rule passes on. docs/model.md has the diagram, and the table of what each change resets, keeps and announces.
enum class RulerChange : std::uint8_t {
  seizure,        ///< a plot takes power; whoever ruled is deposed, and may be back within seven days
  hold,           ///< the plot has held power for seven days: the deposed ruler is gone for good
  survival,       ///< the attempt has failed, or its power is lost again: the ruler of before it rules
  to_civilians,   ///< a ruler who came by force is gone, and civilians follow
  to_old_class,   ///< the same, and the ruling class of before the coup follows
  to_insurgents,  ///< an armed group has taken the capital
  election,       ///< an election as it was due has brought another side to power
  succession,     ///< somebody else of the same side heads the same government
  victory         ///< the junta's side has won elections: it rules on, elected
};

inline constexpr double no_date = std::numeric_limits<double>::infinity();

/// Everything that belongs to whoever rules. It begins with him, ends with him, and is his again if he is deposed and
/// comes back. What others hold of him (leanings, words, courses) is kept by the mechanism that it belongs to.
struct Reign {
  RulerKind kind = RulerKind::incumbent;
  std::uint32_t era = 0;             ///< number of the reign, part of the key of what is drawn about it; 0 in the file
  double since = 0;                  ///< hour
  double lost_before = 0;            ///< share of the people in towns that armed groups held when he came
  bool overthrew_old_class = false;  ///< came by force against the ruler of the file, or his class restored
  bool from_plot_of_file = false;    ///< a junta of the plot that the file names: the file's pacts are with it

  bool elected = false, transition_announced = false, election_was_overtaken = false, government_dissolved = false,
       military_head = false;
  double civilian_seats = 0;          ///< share of the transitional body
  double election_due = no_date;      ///< hour of the elections that he has announced
  double old_election_due = no_date;  ///< hour to which he has put off elections that were due before he came
  std::uint32_t election_count = 0;   ///< of his elections held or put off

  std::int32_t capital_of = none;  ///< armed group from which a plot has taken the capital
  double organised_against = 0;    ///< by later plots, in protest against him; in units of `protest_before`
  double killings = 0;             ///< by his soldiers, remembered; 1 for a hundred dead
  HazardClock uprising, handover, ouster, purge, leader_death, succession, stand_in;
  bool leader_is_followed = false;  ///< the one whom the first seizure brought to office still is
  double initial_cohesion = std::numeric_limits<double>::quiet_NaN();  ///< of the army, as the junta found it
  double peak_against = 0, peak_for = 0;  ///< largest share of the capital's people out against and for him
};

/// Who rules, who is deposed and could be back, and whether soldiers contest it.
struct Rulers {
  Reign now, deposed;
  std::uint32_t eras = 0;  ///< reigns begun
  bool attempt_is_on = false;
  bool plot_rules = false;  ///< power is taken and not yet held for seven days: `deposed` could be back
  bool is_on_air = false;   ///< the ruler, during an attempt

  /// Soldiers fight over who rules: nobody votes, bargains, purges or replaces a leader until it is decided.
  bool are_contested() const { return attempt_is_on && !plot_rules; }
};

constexpr bool is_old_class(RulerKind kind) { return kind == RulerKind::incumbent || kind == RulerKind::restored; }
constexpr bool came_by_force(RulerKind kind) { return kind == RulerKind::junta || kind == RulerKind::insurgents; }

/// The ruler of the file.
void start_rulers(Country& country);

/// The one way in which the ruler changes, or survives a change; it tells who comes back or follows.
void change_ruler(Country& country, RulerChange change);

/// How far constitutional order is broken, 0 to 1: government dissolved, soldiers at the head, no election in sight.
double broken_order(const Country& country);

}  // namespace interregnum
