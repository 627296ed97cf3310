#pragma once

#include <array>

#include "model/parameter.hpp"
#include "model/sources.hpp"
#include "model/year_levels.hpp"

namespace interregnum {

/// Parameters of the seizure. Utilities are scaled by the stakes (s = 1); beliefs are logits of the plot's success.
struct SeizureTheta {
  double baseline, chain_of_command, private_signal, choice_precision, hold_value, commitment, declaration,
      mutineer_share;
  double vigilance, vigilance_years, wealth, palace, dissidents, rebels;
  double senior_weight, undeclared_loyalty, momentum;
  double site, presidency_weight, headquarters_weight, airport_weight, armoury_weight, parliament_weight,
      residence_weight;
  double leader, street, patron, stall, stall_cap;
  double revision_rate, signal_boost, signal_hours;
  double city_hours, city_spread, preparation_hours, march_limit, front_orders, detachment, regroup_hours,
      standoff_hours, fight_hours;
  double decisiveness, defender_advantage, reluctance, withdraw_share, withdraw_losses;
  double obstruction, crowd_reluctance;
  double deaths_median, deaths_spread, deaths_size;
  double capture, search_rate, broadcast_rate, flight_rate, flight_slope, resignation_rate, resignation_slope,
      captive_factor;
  double statement_rate, leader_taken, grip_hours;
  double climb_down_rate, climb_down_slope, counter_rate, counter_slope;
  YearLevels level;  ///< logit, added to belief
};

namespace seizure_sources {
using sources::contest;
using sources::wealth;
inline constexpr std::string_view singh = "Singh 2014, Seizing Power";
inline constexpr std::string_view search = "hand search on generic countries, docs/decisions/0004-seizure-defaults.md";
inline constexpr std::string_view quantal =
    "McKelvey & Palfrey 1995, quantal response; Morris & Shin 2003, global games";
inline constexpr std::string_view crowds = "Casper & Tyson 2014; Johnson & Thyne 2018";
inline constexpr std::string_view second_edition =
    "no estimate known; docs/decisions/0016-the-seizure-second-edition.md";
inline constexpr std::string_view realized =
    "Cline Center, Coup d'Etat Project: 12 of 204 failures with an entry realized; "
    "docs/decisions/0016-the-seizure-second-edition.md";
inline constexpr std::string_view initiators =
    "Cline Center, Coup d'Etat Project (who began it); docs/decisions/0018-who-began-it.md";
inline constexpr std::string_view luttwak = "Luttwak 1968, Coup d'Etat (times and targets in the capital)";
inline constexpr std::string_view csp =
    "Center for Systemic Peace, deaths in 275 attempts 1950-2011; hand search, docs/decisions/0004-seizure-defaults.md";
inline constexpr std::string_view proofing = "Powell 2012, Determinants of the attempting and outcome of coups d'etat";
}  // namespace seizure_sources

inline constexpr auto seizure_parameters = [] {
  using T = SeizureTheta;
  using P = Parameter<T>;
  using namespace seizure_sources;
  constexpr Sign open = Sign::open;
  constexpr Sign assumed = Sign::assumed;
  return std::array{
      // Beliefs and choice.
      P{&T::baseline, "baseline", "logit", 0.05, -6, 6, Prior::normal(0, 1.5), open, search,
        "belief in the plot before any signal"},
      P{&T::chain_of_command, "chain_of_command", "logit", 1.9, -2, 6, Prior::normal(1, 1), open, singh,
        "shift of a unit's belief if its superior is with the plot (minus: against it)"},
      P{&T::vigilance, "vigilance", "logit", 0.0, -6, 6, Prior::normal(0, 1), open, proofing,
        "belief in the plot added by each recent attempt (minus: rulers are on their guard)"},
      P{&T::vigilance_years, "vigilance_years", "years", 3.0, 0.1, 30, Prior::lognormal(3, 0.5), assumed, proofing,
        "how long the effect of an attempt lasts"},
      P{&T::wealth, "wealth", "logit / log", 0.0, -3, 3, Prior::normal(0, 0.5), open, wealth,
        "belief for each unit of log output per head above 2,700 dollars of 2011"},
      P{&T::palace, "palace", "logit", 0.0, -6, 6, Prior::normal(0, 1), open, initiators,
        "belief added when people of the palace began it, against soldiers"},
      P{&T::dissidents, "dissidents", "logit", 0.0, -6, 6, Prior::normal(0, 1), open, initiators,
        "belief added when dissidents began it, with or without soldiers"},
      P{&T::rebels, "rebels", "logit", 0.0, -6, 6, Prior::normal(0, 1), open, initiators,
        "belief added when rebels of an armed group began it"},
      P{&T::private_signal, "private_signal", "logit", 0.6, 0, 4, Prior::lognormal(0.6, 0.5), assumed, quantal,
        "standard deviation of the private signals"},
      P{&T::choice_precision, "choice_precision", "1 / stakes", 3.0, 0.2, 20, Prior::lognormal(3, 0.5), assumed,
        quantal, "inverse size of the kept shocks: large means that interest and belief alone decide"},
      P{&T::hold_value, "hold_value", "stakes", 0.5, 0, 0.95, Prior::uniform(0, 0.95), assumed, singh,
        "worth of staying out while the outcome is open"},
      P{&T::commitment, "commitment", "stakes", 1.0, 0, 4, Prior::lognormal(0.8, 0.5), assumed, singh,
        "added to the leaning of those who moved first: for them there is no way back"},
      P{&T::declaration, "declaration", "logit", 1.0, 0, 6, Prior::lognormal(1, 0.5), assumed, singh,
        "how far a unit's own declaration binds it: added to the belief of one that has joined, taken from one that "
        "resists"},
      P{&T::mutineer_share, "mutineer_share", "share", 0.85, 0.05, 1, Prior::uniform(0.3, 1), assumed, singh,
        "part of the named units that follows junior leaders"},
      P{&T::senior_weight, "senior_weight", "ratio", 1.5, 0.2, 5, Prior::lognormal(1.5, 0.4), open, singh,
        "weight in others' eyes of a soldier under a general, against one under a lower rank"},
      P{&T::undeclared_loyalty, "undeclared_loyalty", "share", 0.5, 0, 1, Prior::uniform(0, 1), assumed, singh,
        "how far units that have not declared count as loyal"},
      P{&T::momentum, "momentum", "logit", 2.0, -2, 10, Prior::normal(2, 1), open, singh,
        "weight of the share of strength declared for the plot less that against it"},
      // Sites and other public signals.
      P{&T::site, "site", "logit", 0.8, -2, 6, Prior::normal(0.8, 0.6), open, singh,
        "weight of a broadcaster held by the plot (minus: held and used by the loyal side)"},
      P{&T::presidency_weight, "presidency_weight", "ratio", 0.8, 0, 4, Prior::lognormal(0.8, 0.5), assumed, singh,
        "signal of the presidency, against the broadcaster's"},
      P{&T::headquarters_weight, "headquarters_weight", "ratio", 0.6, 0, 4, Prior::lognormal(0.6, 0.5), assumed, singh,
        "signal of the headquarters, against the broadcaster's"},
      P{&T::airport_weight, "airport_weight", "ratio", 0.3, 0, 4, Prior::lognormal(0.3, 0.5), assumed, luttwak,
        "signal of the airport, against the broadcaster's"},
      P{&T::armoury_weight, "armoury_weight", "ratio", 0.2, 0, 4, Prior::lognormal(0.2, 0.5), assumed, luttwak,
        "signal of an armoury, against the broadcaster's"},
      P{&T::parliament_weight, "parliament_weight", "ratio", 0.3, 0, 4, Prior::lognormal(0.3, 0.5), assumed, luttwak,
        "signal of parliament, against the broadcaster's"},
      P{&T::residence_weight, "residence_weight", "ratio", 0.2, 0, 4, Prior::lognormal(0.2, 0.5), assumed, luttwak,
        "signal of a residence, against the broadcaster's; the ruler found there counts apart"},
      P{&T::leader, "leader", "logit", 1.0, -2, 6, Prior::normal(1, 0.7), open, singh,
        "weight of the ruler captured or resigned; fled counts half, on the air minus a half"},
      P{&T::street, "street", "logit", 0.5, -5, 5, Prior::normal(0, 1), open, crowds,
        "weight of crowds for the plot in the capital, less those against it"},
      P{&T::patron, "patron", "logit", 0.3, -3, 3, Prior::normal(0, 0.5), open, "Thyne et al. 2018, reactions to coups",
        "weight of what foreign patrons say during the attempt"},
      P{&T::stall, "stall", "logit / hour", 0.10, 0, 2, Prior::lognormal(0.1, 0.7), assumed, singh,
        "loss of belief for each hour since the plot's last gain, until it holds all that it wants"},
      P{&T::stall_cap, "stall_cap", "hours", 24, 1, 168, Prior::lognormal(24, 0.5), assumed, singh,
        "after so many hours without a gain belief falls no further"},
      // Clocks.
      P{&T::revision_rate, "revision_rate", "1 / hour", 0.25, 0.01, 10, Prior::lognormal(0.25, 0.7), assumed, singh,
        "how often a unit reconsiders"},
      P{&T::signal_boost, "signal_boost", "ratio", 3.0, 0, 50, Prior::lognormal(3, 0.7), assumed, singh,
        "by how much more after a public signal"},
      P{&T::signal_hours, "signal_hours", "hours", 1.0, 0.05, 24, Prior::lognormal(1, 0.5), assumed, singh,
        "how long a public signal is news"},
      // Columns and fights.
      P{&T::city_hours, "city_hours", "hours", 0.7, 0.05, 12, Prior::lognormal(0.7, 0.5), assumed, luttwak,
        "mean time from a barracks or the edge of a town to a site in it"},
      P{&T::city_spread, "city_spread", "log", 0.4, 0, 2, Prior::lognormal(0.4, 0.5), assumed, second_edition,
        "standard deviation of the logarithm of that time"},
      P{&T::preparation_hours, "preparation_hours", "hours", 3.0, 0, 72, Prior::lognormal(3, 0.7), assumed, luttwak,
        "mean time before a unit that has taken a side can set out; the plot's own are ready"},
      P{&T::march_limit, "march_limit", "hours", 12, 0.5, 1000, Prior::lognormal(12, 0.5), assumed, second_edition,
        "a loyal unit with a longer drive to the capital declares and stays, until officers rise against a plot in "
        "power"},
      P{&T::front_orders, "front_orders", "probability", 0.1, 0, 1, Prior::uniform(0, 0.3), assumed, second_edition,
        "chance that a loyal garrison that faces an armed group has orders to leave it for the capital"},
      P{&T::detachment, "detachment", "share", 0.3, 0, 0.8, Prior::uniform(0, 0.6), assumed, luttwak,
        "part of a unit that stays at a site of its side when the rest moves on and nobody else is there"},
      P{&T::regroup_hours, "regroup_hours", "hours", 12, 0, 168, Prior::lognormal(12, 0.5), assumed, second_edition,
        "mean time before a beaten unit that withdrew sets out again"},
      P{&T::standoff_hours, "standoff_hours", "hours", 6.0, 0.25, 96, Prior::lognormal(6, 0.5), assumed, search,
        "mean time after which one side of a stand-off gives way"},
      P{&T::fight_hours, "fight_hours", "hours", 2.5, 0.1, 48, Prior::lognormal(2.5, 0.6), assumed, search,
        "mean length of a fight"},
      P{&T::decisiveness, "decisiveness", "exponent", 1.5, 0.2, 6, Prior::lognormal(1.5, 0.4), assumed, contest,
        "m of the contest: how far numbers decide a fight"},
      P{&T::defender_advantage, "defender_advantage", "ratio", 1.3, 0.2, 6, Prior::lognormal(1.3, 0.4), assumed,
        contest, "k of the contest: worth of a defender against an attacker"},
      P{&T::reluctance, "reluctance", "stakes", 1.0, -2, 6, Prior::normal(1, 0.5), open, singh,
        "what it costs an officer to let his soldiers fire on soldiers"},
      P{&T::obstruction, "obstruction", "ratio", 1.0, 0, 20, Prior::lognormal(1, 0.7), assumed, crowds,
        "by how much the largest crowds against a side slow its columns and weaken it at sites in the capital"},
      P{&T::crowd_reluctance, "crowd_reluctance", "stakes", 0.5, -4, 4, Prior::normal(0.5, 0.5), open, crowds,
        "what firing among the largest crowds against one's side adds to reluctance"},
      P{&T::withdraw_share, "withdraw_share", "probability", 0.3, 0, 1, Prior::uniform(0, 1), assumed, search,
        "chance that a beaten unit withdraws in order; otherwise it surrenders or scatters"},
      P{&T::withdraw_losses, "withdraw_losses", "share", 0.4, 0, 0.95, Prior::uniform(0, 0.95), assumed, search,
        "strength that a beaten unit leaves behind when it withdraws"},
      P{&T::deaths_median, "deaths_median", "people", 5.5, 0.1, 1000, Prior::lognormal(5, 0.7), assumed, csp,
        "median deaths in a fight of 100 against 100; less than one is none"},
      P{&T::deaths_spread, "deaths_spread", "log", 1.7, 0, 4, Prior::lognormal(1.6, 0.3), assumed, csp,
        "standard deviation of the logarithm of deaths"},
      P{&T::deaths_size, "deaths_size", "exponent", 0.5, -1, 2, Prior::normal(0.5, 0.3), open, csp,
        "how deaths grow with the smaller side"},
      // The ruler, his patrons, and the plot's leader.
      P{&T::capture, "capture", "probability", 0.75, 0, 1, Prior::uniform(0.4, 1), assumed, search,
        "chance that the ruler is caught when the site where he is falls"},
      P{&T::search_rate, "search_rate", "1 / hour", 0.08, 0, 5, Prior::lognormal(0.08, 0.7), assumed, search,
        "rate at which a ruler in hiding is found once the presidency has fallen"},
      P{&T::broadcast_rate, "broadcast_rate", "1 / hour", 0.06, 0, 5, Prior::lognormal(0.06, 0.7), assumed, singh,
        "rate at which a ruler who is free gets on the air"},
      P{&T::flight_rate, "flight_rate", "1 / hour", 0.01, 0, 5, Prior::lognormal(0.01, 0.7), assumed, search,
        "rate at which a ruler who is free leaves the capital when the odds are even"},
      P{&T::flight_slope, "flight_slope", "1 / logit", 0.8, -3, 3, Prior::normal(0.8, 0.4), open, search,
        "how that rate grows with the army's belief in the plot"},
      P{&T::resignation_rate, "resignation_rate", "1 / hour", 0.004, 0, 5, Prior::lognormal(0.004, 0.7), assumed,
        search,
        "rate at which a ruler who is free resigns when the odds are even; nil if they were on his side at the last "
        "event"},
      P{&T::resignation_slope, "resignation_slope", "1 / logit", 0.8, -3, 3, Prior::normal(0.8, 0.4), open, search,
        "how that rate grows with the army's belief in the plot"},
      P{&T::captive_factor, "captive_factor", "ratio", 15, 0, 200, Prior::lognormal(15, 0.7), assumed, search,
        "how much faster a captured ruler resigns"},
      P{&T::statement_rate, "statement_rate", "1 / hour", 0.08, 0, 5, Prior::lognormal(0.08, 0.5), assumed,
        "Thyne et al. 2018, reactions to coups", "rate at which a foreign patron makes its one statement"},
      P{&T::leader_taken, "leader_taken", "probability", 0.6, 0, 1, Prior::uniform(0, 1), assumed, search,
        "chance that the plot's leader is taken, and the plot over, when his own unit is beaten or surrenders"},
      P{&T::grip_hours, "grip_hours", "hours", 6, 0, 72, Prior::lognormal(6, 0.5), assumed, search,
        "how long nobody must have contested the capital, with the ruler out, before power counts as taken"},
      // What undoes a plot that is not beaten in the field.
      P{&T::climb_down_rate, "climb_down_rate", "1 / hour", 0.002, 0, 5, Prior::lognormal(0.002, 0.7), assumed,
        second_edition,
        "scale of the rate at which a plot without hope gives up for terms; nil without pressure on it"},
      P{&T::climb_down_slope, "climb_down_slope", "log", 1.5, -3, 6, Prior::normal(1.5, 0.7), open, second_edition,
        "how that rate grows with pressure: hostile crowds, the share of strength declared against the plot, what "
        "patrons said against it"},
      P{&T::counter_rate, "counter_rate", "1 / hour", 0.0012, 0, 5, Prior::lognormal(0.0012, 0.7), assumed, realized,
        "rate at which officers outside the plot rise against one that has taken power, if all the army were against "
        "it at "
        "even odds"},
      P{&T::counter_slope, "counter_slope", "log", 1.0, -3, 6, Prior::normal(1, 0.7), open, second_edition,
        "how that rate grows with hostile crowds and with what patrons said against the plot"},
  };
}();

}  // namespace interregnum
