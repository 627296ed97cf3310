#include "analysis/thin_country.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "analysis/onset_months.hpp"
#include "base/diagnostics.hpp"
#include "base/quoting.hpp"
#include "base/text.hpp"
#include "scenario/checks.hpp"
#include "scenario/format.hpp"
#include "scenario/read_scenario.hpp"

namespace interregnum {

namespace {

using std::chrono::sys_days;

/// Where nothing is known of the rank: the same for every attempt, whatever became of it.
constexpr std::array<double, 3> any_tier{0.28, 0.38, 0.34};

/// Where nothing is known of who began it: 292, 52, 74 and 10 of the 428 attempts with an entry in the Cline project.
constexpr std::string_view any_initiator = "{soldiers: 0.68, palace: 0.12, dissidents: 0.17, rebels: 0.03}";

/// Of an armed group in a civil war: nobody has counted them.
constexpr std::string_view rebel_fighters = "200..4000";

/// Ranks of leaders, given what the sources say. The shares are those among attempts whose rank both sources know
/// (CAM's combat: 74 of 162 junior in Colpus; elite: 2 of 104), and of CAM's 252 combat and 170 elite where nothing is
/// known.
std::array<double, 3> tier_shares(const Attempt& attempt) {
  const std::string colpus = attempt.colpus_rank();
  if (attempt.cam_rank == "elite") return colpus == "junior" ? std::array{0.0, 0.5, 0.5} : std::array{0.0, 0.15, 0.85};
  if (attempt.cam_rank == "combat") {
    if (colpus == "junior" || colpus == "both") return {0.8, 0.2, 0.0};
    return colpus.empty() ? std::array{0.46, 0.54, 0.0} : std::array{0.15, 0.85, 0.0};
  }
  if (colpus == "senior") return {0.0, 0.4, 0.6};
  if (colpus == "junior" || colpus == "both") return {0.8, 0.2, 0.0};
  return any_tier;
}

std::string tier_text(const std::array<double, 3>& shares) {
  std::string text;
  for (std::size_t rank = 0; rank < shares.size(); ++rank) {
    if (shares[rank] > 0) text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", rank_names[rank], shares[rank]);
  }
  return "{" + text + "}";
}

std::string tier_source(const Attempt& attempt) {
  if (attempt.cam_rank.empty() && attempt.colpus_rank().empty())
    return "assumed: \"No source knows the rank; the shares of all attempts whose rank is known\"";
  return fmt::format("source: [{}], note: \"{}{}; coded in hindsight\"",
                     attempt.cam_rank.empty() ? "colpus" : (attempt.colpus_rank().empty() ? "cam" : "cam, colpus"),
                     attempt.cam_rank.empty() ? "" : "CAM: " + attempt.cam_rank,
                     attempt.colpus_rank().empty()
                         ? ""
                         : (attempt.cam_rank.empty() ? "Colpus: " : ", Colpus: ") + attempt.colpus_rank());
}

bool is(const Known& flag) { return flag && *flag > 0; }

/// Who began an attempt, by the Cline Center's flags; nothing if it has no entry there, or there is no attempt.
std::optional<Initiator> initiator_of(const Attempt* attempt) {
  if (attempt == nullptr || !attempt->cdp_military) return std::nullopt;
  if (is(attempt->cdp_palace)) return Initiator::palace;
  if (is(attempt->cdp_rebel)) return Initiator::rebels;
  if (is(attempt->cdp_dissident)) return Initiator::dissidents;
  return Initiator::soldiers;
}

/// Who is written about, and when.
struct Subject {
  int country_code = 0;
  std::string name;  ///< as the state was called at the start
  std::string iso3;  ///< as it was then; empty if it had none
  sys_days start;
  std::string remark;  ///< a line of comment; may be empty
};

Subject subject_of(const Record& record, int country_code, const std::string& otherwise, sys_days start) {
  const SovereignState* state = record.states.of_code(country_code);
  if (state == nullptr) return {country_code, otherwise, "", start, ""};
  const StatePeriod& period = state->on(start);
  return {country_code, period.name, period.iso3, start, ""};
}

bool is_known(const Facts& facts) {
  return !facts.regime.empty() || std::any_of(fact_columns.begin(), fact_columns.end(), [&](const FactColumn& column) {
    return (facts.*column.member).has_value();
  });
}

std::string list_of(const std::vector<std::string>& sources) {
  return sources.size() == 1 ? sources[0] : fmt::format("[{}]", fmt::join(sources, ", "));
}

class Writer {
 public:
  Writer(const Record& record, Subject subject, const Facts& facts, std::chrono::year_month facts_of)
      : record_(record), subject_(std::move(subject)), facts_(facts), facts_of_(facts_of), start_(subject_.start) {}

  std::string write(const Attempt* attempt, int watch_months) {
    head(attempt, watch_months);
    ruler(attempt);
    history();
    land_and_army(attempt);
    plot(attempt);
    society();
    return text_;
  }

 private:
  template <class... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    text_ += fmt::format(format, std::forward<Arguments>(arguments)...) + "\n";
  }

  void head(const Attempt* attempt, int watch_months) {
    const std::string name = quoted(subject_.name + ", " + to_text(start_));
    const std::string month = to_text(facts_of_);
    line("# Written from the record: what is on it for {} has a source, everything else is a distribution", month);
    line("# that says `assumed`. Replace those first: units and garrisons, who commands them, blocs, patrons.");
    if (const std::string age = age_of_facts(month, start_); !age.empty())
      line("# WARNING: the facts are of {}, {}. Bring them up to date.", month, age);
    if (start_ > record_.until + std::chrono::days(1))
      line("# Attempts after {} are not on the record, and so not in the history below.", to_text(record_.until));
    if (subject_.iso3.empty()) line("# ISO 3166 had no code for {}: XXX.", subject_.name);
    if (!subject_.remark.empty()) line("# {}", subject_.remark);
    line("interregnum: 1");
    line("name: {}", name);
    line("country: {}", subject_.iso3.empty() ? "XXX" : subject_.iso3);
    line("start: {} 04:00", to_text(start_));
    line("horizon: {} months", attempt != nullptr ? 24 : watch_months);
    line("begins: {}", attempt != nullptr ? "attempt" : "watch");
    line("sources:");
    line("  powell_thyne: {{title: Global instances of coups, author: Powell & Thyne, date: 2011}}");
    line(
        "  cam: {{title: \"Coup Agency and Prospects for Democracy (CAM 3.0)\", author: \"Albrecht, Koehler & "
        "Schutz\", date: 2021}}");
    line(
        "  colpus: {{title: \"The Varieties of Coups D'état: Introducing the Colpus Dataset\", author: \"Chin, Carter "
        "& Wright\", date: 2021}}");
    line("  cline_cdp: {{title: Coup d'État Project, author: Cline Center, note: version 2.1.2}}");
    line("  archigos: {{title: Archigos 4.1, author: \"Goemans, Gleditsch & Chiozza\", date: 2009}}");
    line(
        "  panel: {{title: Country-months after the panel of CoupCats, {}note: \"Some of it interpolated by its "
        "authors; regime, wealth and army by the year\"}}",
        is_known(facts_) ? fmt::format("as_of: {}, ", month) : "");
  }

  /// A name as YAML, whatever the record holds: `check` takes neither control characters nor a name without end.
  static std::string quoted(const std::string& value) {
    return yaml_text(shortened(one_line(value), longest_text("name") / 2));
  }

  /// The last success that the facts do not know of: they name the ruler with whom their month began.
  const Attempt* success_after_facts() const {
    const Attempt* last = nullptr;
    for (const Attempt& earlier : record_.attempts) {
      if (earlier.country_code == subject_.country_code && earlier.succeeded && earlier.date < start_ &&
          month_of(earlier.date) >= facts_of_ && (last == nullptr || last->date < earlier.date))
        last = &earlier;
    }
    return last;
  }

  void ruler(const Attempt* attempt) {
    const Attempt* success = success_after_facts();
    std::string fields;
    std::vector<std::string> sources;
    const auto add = [&](const std::string& field) { fields += (fields.empty() ? "" : ", ") + field; };
    const bool named = attempt != nullptr && !attempt->leader_before.empty();
    add("name: " + quoted(named ? attempt->leader_before : "the ruler"));
    if (named) sources.emplace_back("archigos");
    if (success != nullptr) {
      add("since: " + to_text(month_of(success->date)));
      sources.emplace_back("powell_thyne");
    } else if (facts_.leader_months) {
      add("since: " + to_text(facts_of_ - std::chrono::months(static_cast<int>(*facts_.leader_months))));
      sources.emplace_back("panel");
    }
    add(sources.empty() ? "assumed: not on record" : "source: " + list_of(sources));
    line("ruler: {{{}}}", fields);
    fields.clear();
    sources.clear();
    // Who took power by a coup rules without elections, and soldiers do unless none took part.
    const bool soldiers = success != nullptr && !civilians_only(success);
    if (success != nullptr) {
      add(soldiers ? "type: closed_autocracy, military: 1" : "type: closed_autocracy, military: 0");
      sources.emplace_back("powell_thyne");
    }
    const bool of_panel =
        (success == nullptr && (!facts_.regime.empty() || facts_.military_regime || facts_.polyarchy)) ||
        facts_.log_gdp_per_head;
    if (success == nullptr) {
      if (!facts_.regime.empty()) add("type: " + facts_.regime);
      if (facts_.military_regime) add(fmt::format("military: {}", *facts_.military_regime));
    }
    if (facts_.log_gdp_per_head) add(fmt::format("gdp_per_head: {:.0f}", 1000.0 * std::exp(*facts_.log_gdp_per_head)));
    if (success == nullptr && facts_.polyarchy) add(fmt::format("polyarchy: {}", *facts_.polyarchy));
    if (of_panel) sources.emplace_back("panel");
    const CountryEffect effect = country_effect(record_, subject_.country_code, start_, attempt != nullptr);
    add(
        fmt::format("country_effect: {{value: {{mean: {:.2f}, sd: {:.2f}}}, source: [powell_thyne, panel], note: \"{} "
                    "attempts up to now where {:.1f} were expected of a country with its facts\"}}",
                    effect.log_mean, effect.log_sd, effect.attempts, effect.expected));
    if (!sources.empty()) add("source: " + list_of(sources));
    if (success != nullptr)
      add(fmt::format("assumed: \"A coup succeeded on {}, after the facts of {}: {} rule, without elections\"",
                      to_text(success->date), to_text(facts_of_), soldiers ? "soldiers" : "those who took power"));
    line("regime: {{{}}}", fields);
  }

  void history() {
    std::string entries;
    for (const Attempt& earlier : record_.attempts) {
      if (earlier.country_code != subject_.country_code || earlier.date >= start_ ||
          start_ - earlier.date > std::chrono::years(15))
        continue;
      entries += fmt::format("  - {{date: \"{}\", outcome: {}, source: powell_thyne}}\n", to_text(earlier.date),
                             earlier.succeeded ? "succeeded" : "failed");
    }
    if (!entries.empty()) text_ += "history:\n" + entries;
  }

  /// Units that can take a side. The larger the army the more, by the logarithm, for most are far away; 8 to 16 as in
  /// the generic countries for which the defaults were searched (decision 4).
  int units() const {
    if (!facts_.soldiers_thousand) return 12;
    return std::clamp(static_cast<int>(std::lround(8.0 + 2.0 * std::log2(1.0 + *facts_.soldiers_thousand / 10.0))), 8,
                      16);
  }

  /// No soldiers among those who began it, and nobody of the palace.
  static bool civilians_only(const Attempt* attempt) { return is_with_band(attempt) && !is(attempt->cdp_military); }

  /// People from outside the army began it, with or without soldiers.
  static bool is_with_band(const Attempt* attempt) {
    const std::optional<Initiator> initiator = initiator_of(attempt);
    return initiator == Initiator::dissidents || initiator == Initiator::rebels;
  }

  void land_and_army(const Attempt* attempt) {
    line("places:");
    line(
        "  capital: {{name: the capital, population: 150k..1.5M, capital: true, sites: [presidency, broadcaster, "
        "headquarters, airport], assumed: no town is on record}}");
    line("  garrison_town: {{population: 15k..120k, sites: [armoury], assumed: no town is on record}}");
    line("  province_1: {{population: 20k..200k, assumed: no town is on record}}");
    line("  province_2: {{population: 20k..200k, assumed: no town is on record}}");
    line("roads:");
    line("  - {{between: [capital, garrison_town], distance: 10..40 km, assumed: as the towns}}");
    line("  - {{between: [capital, province_1], distance: 60..500 km, assumed: as the towns}}");
    line("  - {{between: [capital, province_2], distance: 60..500 km, assumed: as the towns}}");
    line("commands:");
    line(
        "  general_staff: {{rank: senior, leaning: {{mean: -0.3, sd: 0.4}}, place: capital, site: headquarters, "
        "assumed: \"Whom the ruler chose; the rest is not on record\"}}");
    line(
        "  first_region: {{rank: senior, leaning: {{mean: -0.1, sd: 0.5}}, superior: general_staff, assumed: not on "
        "record}}");
    line(
        "  second_region: {{rank: senior, leaning: {{mean: -0.1, sd: 0.5}}, superior: general_staff, assumed: not on "
        "record}}");
    const int count = units();
    const double soldiers = facts_.soldiers_thousand ? std::max(200.0, 1000.0 * *facts_.soldiers_thousand) : 10000.0;
    const double high = std::min(1100.0, soldiers / count);
    const std::string strength = fmt::format("{:.0f}..{:.0f}", std::max(20.0, 0.25 * high), high);
    const std::string why =
        facts_.soldiers_thousand
            ? fmt::format("source: panel, assumed: \"{} units that can take a side, from an army of {:.1f} thousand\"",
                          count, *facts_.soldiers_thousand)
            : std::string("assumed: the size of the army is not on record");
    line("units:");
    line(
        "  presidential_guard: {{place: capital, strength: {}, commander: senior, superior: general_staff, guards: "
        "presidency, leaning: {{mean: -0.35, sd: 0.5}}, {}}}",
        strength, why);
    for (int unit = 1; unit < count; ++unit) {
      // As in the generic countries of the defaults' search: nearly half of the army at the capital.
      const char* place = unit < std::max(4, count / 2)
                              ? "capital"
                              : (unit % 3 == 0 ? "province_1" : (unit % 3 == 1 ? "garrison_town" : "province_2"));
      line("  unit_{}: {{place: {}, strength: {}, commander: {}, superior: {}, leaning: {{mean: 0, sd: 0.5}}{}, {}}}",
           unit, place, strength, unit % 4 == 0 ? "senior" : "middle", unit % 2 == 0 ? "first_region" : "second_region",
           unit == 1 ? ", guards: broadcaster" : "", why);
    }
    // How many soldiers are in a plot is on no record: from part of a unit to about two.
    line(
        "  plotters: {{place: garrison_town, strength: {:.0f}..{:.0f}, commander: middle, superior: first_region, "
        "leaning: {{mean: 0, sd: 0.5}}, assumed: which units moved is not on record}}",
        std::max(20.0, 0.25 * high), 2.25 * high);
    if (!is_with_band(attempt)) return;
    const bool rebels = initiator_of(attempt) == Initiator::rebels;
    line(
        "  band: {{place: garrison_town, strength: {}, commander: junior, leaning: {{mean: 1, sd: 0.3}}, source: "
        "cline_cdp, assumed: \"{}\"}}",
        rebels ? rebel_fighters : "80..500",
        rebels ? "Rebels among those who began it: part of an armed group"
               : "Dissidents among those who began it: an armed band");
  }

  void plot(const Attempt* attempt) {
    std::string units = "[plotters]";
    std::string who = "assumed: which units moved is not on record";
    std::string tier = tier_text(any_tier);
    std::string tier_from = "assumed: \"The shares of all attempts whose rank is known\"";
    if (attempt != nullptr) {
      tier = tier_text(tier_shares(*attempt));
      tier_from = tier_source(*attempt);
      if (civilians_only(attempt)) {
        units = "[band]";
        who = "source: cline_cdp, assumed: dissidents or rebels without soldiers";
      } else if (is_with_band(attempt)) {
        units = "[band, plotters]";
        who = "source: cline_cdp, assumed: dissidents or rebels with soldiers";
      } else if (is(attempt->cdp_palace)) {
        units = "[presidential_guard, plotters]";
        who = "source: cline_cdp, assumed: people of the palace have the guard with them";
      }
    }
    line("plot:");
    line("  tier: {{value: {}, {}}}", tier, tier_from);
    if (const std::optional<Initiator> initiator = initiator_of(attempt)) {
      line("  began_by: {{value: {}, source: cline_cdp}}", initiator_names[static_cast<std::size_t>(*initiator)]);
    } else {
      line("  began_by: {{value: {}, assumed: \"The shares of all attempts of which it is known\"}}", any_initiator);
    }
    line("  units: {}", units);
    line("  objectives: [broadcaster, presidency]");
    line("  # {}", who);
  }

  void society() {
    const std::string protest = !facts_.mobilization_index       ? "0..10k"
                                : *facts_.mobilization_index > 1 ? "1k..40k"
                                : *facts_.mobilization_index > 0 ? "0..8k"
                                                                 : "0..2k";
    line(
        "public: {{support: {{mean: 0.45, sd: 0.15}}, protest_before: {}, economy: 0..0.7, corruption: 0..0.7, "
        "assumed: \"Opinion is not on record; {}\"}}",
        protest,
        facts_.mobilization_index ? "protest from V-Dem's index of mass mobilisation, in the panel" : "nor is protest");
    line("blocs:");
    line("  old_class: {{following: 0.1..0.5, stance: 0.4..1, ruling_class: true, assumed: not on record}}");
    line("  opposition: {{following: 0.1..0.5, stance: -1..-0.2, pact: 0..0.4, assumed: not on record}}");
    line("  unions: {{following: 0.02..0.15, stance: -0.8..0.4, pact: 0..0.2, assumed: not on record}}");
    if (is(facts_.civil_war))
      line(
          "armed_groups: {{rebels: {{strength: {}, cause: revolutionary, based: [province_1], source: panel, "
          "assumed: \"A civil war; of whom and how strong is not on record\"}}}}",
          rebel_fighters);
    line("patrons:");
    line(
        "  patron: {{kind: state, alignment: -0.2..0.9, influence: 0..0.6, training: 0..0.3, force_available: 0..3000, "
        "cost_of_force: 0.4..1, assumed: not on record}}");
    line("  neighbours: {{kind: regional_body, alignment: -0.5..0.9, influence: 0..0.4, assumed: not on record}}");
    line(
        "  rival: {{kind: state, alignment: -0.9..0.5, alignment_with_plotters: -0.3..0.6, influence: 0..0.4, rivals: "
        "[patron], assumed: not on record}}");
    line(
        "transition: {{council_soldiers: 5..15, council_civilians: 0..15, elections_after: 6..60 months, assumed: what "
        "they would announce is not known before}}");
  }

  const Record& record_;
  Subject subject_;
  const Facts& facts_;
  std::chrono::year_month facts_of_;
  sys_days start_;
  std::string text_;
};

}  // namespace

std::array<double, 3> rank_evidence(const Attempt& attempt) {
  std::array<double, 3> evidence = tier_shares(attempt);
  for (std::size_t rank = 0; rank < evidence.size(); ++rank) evidence[rank] /= any_tier[rank];
  return evidence;
}

std::string thin_country(const Record& record, const Attempt& attempt) {
  return Writer(record, subject_of(record, attempt.country_code, attempt.country, attempt.date), attempt,
                month_of(attempt.date) - std::chrono::months(1))
      .write(&attempt, 0);
}

std::chrono::sys_days first_start_after_facts(const Record& record, const SovereignState& country) {
  const auto months = record.months.find(country.code);
  if (months == record.months.end() || months->second.empty())
    throw InputError(fmt::format("the record has no facts of {}", country.last().name));
  return sys_days((months->second.back().month + std::chrono::months(1)) / 1);
}

std::string watched_country(const Record& record, const SovereignState& country, sys_days start, int months) {
  first_start_after_facts(record, country);  // refuses a country without facts
  const CountryMonth* last = record.last_month_before(country.code, start);
  Subject subject = subject_of(record, country.code, country.last().name, start);
  if (last == nullptr)
    throw InputError(fmt::format("the record knows nothing of {} before {}; its facts begin with {}", subject.name,
                                 to_text(start), to_text(record.months.at(country.code).front().month)));
  if (!country.existed(start)) {
    const auto ended = country.ended();
    subject.remark = ended && start > *ended
                         ? fmt::format("{} ended on {}", subject.name, to_text(*ended))
                         : fmt::format("{} was no state of its own on {}", subject.name, to_text(start));
    // The day after its last facts is as near as a file can come to it.
    const sys_days after_facts((last->month + std::chrono::months(1)) / 1);
    if (start > after_facts)
      throw InputError(fmt::format("{} (the latest start before is {})", subject.remark, to_text(after_facts)));
  }
  return Writer(record, std::move(subject), *last, last->month).write(nullptr, months);
}

World compile_country(const std::string& text, const std::string& name) {
  Diagnostics diagnostics;
  const Scenario scenario = read_scenario(text, name, {}, diagnostics);
  throw_if_errors(diagnostics);
  return compile(scenario);
}

}  // namespace interregnum
