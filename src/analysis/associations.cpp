#include "analysis/associations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "base/diagnostics.hpp"
#include "base/suggestions.hpp"

namespace interregnum {

namespace {

/// One observation: in which country, on which side, and whether it happened.
struct Observation {
  int country_code = 0;
  bool with = false;
  bool happened = false;
};

using Observations = std::vector<Observation>;

/// What an attempt says: side and outcome, or nothing if the sources do not tell.
using Reading = std::function<std::optional<bool>(const Attempt&)>;

Observations of_attempts(const Record& record, const Reading& with, const Reading& happened) {
  Observations list;
  for (const Attempt& attempt : record.attempts) {
    const auto side = with(attempt);
    const auto outcome = happened(attempt);
    if (side && outcome) list.push_back({attempt.country_code, *side, *outcome});
  }
  return list;
}

std::optional<bool> as_flag(const Known& value) {
  if (!value) return std::nullopt;
  return *value > 0.5;
}

std::optional<bool> succeeded(const Attempt& attempt) { return attempt.succeeded; }

std::optional<bool> elite(const Attempt& attempt) {
  if (attempt.cam_rank.empty()) return std::nullopt;
  return attempt.cam_rank == "elite";
}

std::optional<bool> not_junior(const Attempt& attempt) {
  const std::string rank = attempt.colpus_rank();
  if (rank.empty()) return std::nullopt;
  return rank != "junior" && rank != "both";
}

std::optional<bool> outside_support(const Attempt& attempt) { return as_flag(attempt.colpus_outside_support); }
std::optional<bool> popular(const Attempt& attempt) { return as_flag(attempt.cdp_popular); }
std::optional<bool> civil_war(const Attempt& attempt) { return as_flag(attempt.civil_war); }

std::optional<bool> attempt_within_five_years(const Attempt& attempt) {
  if (!attempt.attempts_last_5_years) return std::nullopt;
  return *attempt.attempts_last_5_years > 0;
}

constexpr double two_years = 730;

/// Of those whom a success brought to office: whether they held it for two years; nothing if they could not be
/// followed.
std::optional<bool> leader_after_two_years(const Attempt& attempt) {
  if (!attempt.succeeded || !attempt.leader_after_days) return std::nullopt;
  if (*attempt.leader_after_days >= two_years) return true;
  if (as_flag(attempt.leader_after_censored).value_or(false)) return std::nullopt;
  return false;
}

std::optional<bool> leader_removed_from_abroad(const Attempt& attempt) {
  if (!attempt.succeeded || attempt.leader_after_exit.empty()) return std::nullopt;
  return attempt.leader_after_exit == "Foreign";
}

/// Whether no further coup succeeded in the two years after a success; the record must reach that far.
Reading unchallenged_for_two_years(const Record& record) {
  return [until = record.until](const Attempt& attempt) -> std::optional<bool> {
    if (!attempt.succeeded) return std::nullopt;
    if (attempt.days_to_next_success && *attempt.days_to_next_success <= two_years) return false;
    if (attempt.date + std::chrono::days(730) > until) return std::nullopt;
    return true;
  };
}

/// Whether mass mobilisation in the year before was above the median of all attempts.
Reading protest_before(const Record& record) {
  std::vector<double> values;
  for (const Attempt& attempt : record.attempts) {
    if (attempt.mobilization_index) values.push_back(*attempt.mobilization_index);
  }
  std::sort(values.begin(), values.end());
  const double median = values.empty() ? 0.0 : values[values.size() / 2];
  return [median](const Attempt& attempt) -> std::optional<bool> {
    if (!attempt.mobilization_index) return std::nullopt;
    return *attempt.mobilization_index > median;
  };
}

/// Every country at the end of every year: on which side it stood, and whether an attempt came in the year after.
Observations of_years(const Record& record, const std::function<std::optional<bool>(const CountryMonth&)>& with) {
  Observations list;
  for (const auto& [code, months] : record.months) {
    for (const CountryMonth& month : months) {
      if (month.month.month() != std::chrono::December) continue;
      const int next = static_cast<int>(month.month.year()) + 1;
      if (next > last_whole_year(record.until)) continue;
      const auto side = with(month);
      if (!side) continue;
      const bool happened = std::any_of(record.attempts.begin(), record.attempts.end(), [&](const Attempt& attempt) {
        return attempt.country_code == code && year_of(attempt.date) == next;
      });
      list.push_back({code, *side, happened});
    }
  }
  return list;
}

Observations years_after_attempts(const Record& record) {
  int first_year = std::numeric_limits<int>::max();
  for (const Attempt& attempt : record.attempts) first_year = std::min(first_year, year_of(attempt.date));
  return of_years(record, [&record, first_year](const CountryMonth& month) -> std::optional<bool> {
    const int year = static_cast<int>(month.month.year());
    if (year - 5 < first_year) return std::nullopt;  // the five years back must be on record
    return std::any_of(record.attempts.begin(), record.attempts.end(), [&](const Attempt& attempt) {
      const int of_attempt = year_of(attempt.date);
      return attempt.country_code == month.country_code && of_attempt > year - 5 && of_attempt <= year;
    });
  });
}

Observations years_by(const Record& record, Known Facts::*fact, bool above) {
  std::vector<double> values;
  for (const auto& [code, months] : record.months) {
    for (const CountryMonth& month : months) {
      if (month.*fact) values.push_back(*(month.*fact));
    }
  }
  std::sort(values.begin(), values.end());
  const double median = values.empty() ? 0.0 : values[values.size() / 2];
  return of_years(record, [fact, median, above](const CountryMonth& month) -> std::optional<bool> {
    if (!(month.*fact)) return std::nullopt;
    return above ? *(month.*fact) > median : *(month.*fact) < median;
  });
}

struct Question {
  std::string_view name, outcome, with, without, warning;
  Observations (*observe)(const Record&);
};

const std::vector<Question>& questions() {
  static const std::vector<Question> list{
      {"success_by_rank", "the attempt succeeded", "led by an elite officer (CAM)", "by a combat officer",
       "Rank is coded in hindsight, and CAM joins lower and middle ranks.",
       [](const Record& record) { return of_attempts(record, elite, succeeded); }},
      {"success_by_rank_colpus", "the attempt succeeded", "no junior officer among the leaders (Colpus)",
       "a junior officer among them", "Rank is coded in hindsight.",
       [](const Record& record) { return of_attempts(record, not_junior, succeeded); }},
      {"success_by_outside_support", "the attempt succeeded", "backing from outside the army (Colpus)", "without",
       "Backing may have been coded knowing the outcome.",
       [](const Record& record) { return of_attempts(record, outside_support, succeeded); }},
      {"success_by_popular", "the attempt succeeded", "together with a popular revolt (Cline)", "without",
       "The coding knows the outcome.", [](const Record& record) { return of_attempts(record, popular, succeeded); }},
      {"success_by_protest", "the attempt succeeded", "mass mobilisation in the year before above the median", "below",
       "Mobilisation is a judgement of experts (V-Dem), by the year.",
       [](const Record& record) { return of_attempts(record, protest_before(record), succeeded); }},
      {"success_after_attempts", "the attempt succeeded", "another attempt in the five years before", "none", "",
       [](const Record& record) { return of_attempts(record, attempt_within_five_years, succeeded); }},
      {"tenure_by_outside_support", "the leader still ruled after two years", "backing from outside the army (Colpus)",
       "without", "Backing may have been coded knowing the outcome; stand-ins count as leaders.",
       [](const Record& record) { return of_attempts(record, outside_support, leader_after_two_years); }},
      {"tenure_by_popular", "the leader still ruled after two years", "together with a popular revolt (Cline)",
       "without", "Few popular coups; stand-ins count as leaders.",
       [](const Record& record) { return of_attempts(record, popular, leader_after_two_years); }},
      {"tenure_by_protest", "the leader still ruled after two years",
       "mass mobilisation in the year before above the median", "below",
       "Mobilisation is a judgement of experts (V-Dem), and of the time of the old ruler.",
       [](const Record& record) { return of_attempts(record, protest_before(record), leader_after_two_years); }},
      {"unchallenged_by_outside_support", "no further coup succeeded within two years",
       "backing from outside the army (Colpus)", "without", "Backing may have been coded knowing the outcome.",
       [](const Record& record) { return of_attempts(record, outside_support, unchallenged_for_two_years(record)); }},
      {"unchallenged_by_popular", "no further coup succeeded within two years",
       "together with a popular revolt (Cline)", "without", "Few popular coups.",
       [](const Record& record) { return of_attempts(record, popular, unchallenged_for_two_years(record)); }},
      {"tenure_by_civil_war", "the leader still ruled after two years", "civil war in the month before", "none",
       "Stand-ins count as leaders.",
       [](const Record& record) { return of_attempts(record, civil_war, leader_after_two_years); }},
      {"unchallenged_by_civil_war", "no further coup succeeded within two years", "civil war in the month before",
       "none", "",
       [](const Record& record) { return of_attempts(record, civil_war, unchallenged_for_two_years(record)); }},
      {"foreign_exit_by_civil_war", "the leader was removed by a foreign force", "civil war in the month before",
       "none", "Five such exits in all.",
       [](const Record& record) { return of_attempts(record, civil_war, leader_removed_from_abroad); }},
      {"foreign_exit_by_outside_support", "the leader was removed by a foreign force",
       "backing from outside the army (Colpus)", "without", "Five such exits in all.",
       [](const Record& record) { return of_attempts(record, outside_support, leader_removed_from_abroad); }},
      {"attempt_after_attempts", "an attempt came in the year after", "an attempt in the five years before", "none",
       "No account is taken of decade or wealth.", years_after_attempts},
      {"attempt_by_protest", "an attempt came in the year after",
       "mass mobilisation above the median of all country-years", "below",
       "Mobilisation is a judgement of experts (V-Dem); no account is taken of decade or wealth.",
       [](const Record& record) { return years_by(record, &Facts::mobilization_index, true); }},
      {"attempt_by_growth", "an attempt came in the year after", "growth below the median of all country-years",
       "above", "", [](const Record& record) { return years_by(record, &Facts::gdp_growth, false); }},
  };
  return list;
}

/// Difference of two shares with countries as clusters (the linearised, "sandwich" variance of Liang & Zeger 1986), and
/// with what the exact intervals of the two shares leave room for beyond it.
void estimate(const Observations& observations, Association& association) {
  double happened[2] = {0, 0}, cases[2] = {0, 0};
  for (const Observation& observation : observations) {
    cases[observation.with] += 1;
    happened[observation.with] += observation.happened ? 1 : 0;
  }
  association.cases_with = static_cast<std::size_t>(cases[1]);
  association.cases_without = static_cast<std::size_t>(cases[0]);
  association.share_with = exact_interval(happened[1], cases[1]);
  association.share_without = exact_interval(happened[0], cases[0]);
  std::map<int, double> by_country;
  std::set<int> countries[2];
  for (const Observation& observation : observations) {
    const std::size_t side = observation.with ? 1 : 0;
    const double residual = (observation.happened ? 1.0 : 0.0) - happened[side] / cases[side];
    countries[side].insert(observation.country_code);
    by_country[observation.country_code] += (observation.with ? 1.0 : -1.0) * residual / cases[side];
  }
  std::vector<double> influence;
  const double difference = association.share_with.p - association.share_without.p;
  for (const auto& [country, moved] : by_country)
    influence.push_back(difference + moved * static_cast<double>(by_country.size()));
  association.countries = by_country.size();
  association.difference = mean_of(influence);
  association.difference.value = difference;  // without rounding
  // A side on which it always or never happened is not known without error: its countries are what was tried.
  for (const std::size_t side : {0U, 1U}) {
    const auto tried = static_cast<double>(countries[side].size());
    add_exact_limits(association.difference, happened[side] / cases[side] * tried, tried, side == 1 ? 1.0 : -1.0);
  }
  if (by_country.size() < 2) association.difference = {difference};
}

}  // namespace

std::vector<std::string> association_names() {
  std::vector<std::string> names;
  for (const Question& question : questions()) names.emplace_back(question.name);
  return names;
}

Association associate(const Record& record, const std::string& name) {
  const auto question = std::find_if(questions().begin(), questions().end(),
                                     [&](const Question& candidate) { return candidate.name == name; });
  if (question == questions().end()) {
    const std::string nearest = did_you_mean(name, association_names());
    throw InputError(
        fmt::format("the record cannot be asked for '{}' ({})", name,
                    nearest.empty() ? fmt::format("it knows {}", fmt::join(association_names(), ", ")) : nearest));
  }
  Association association;
  association.name = question->name;
  association.outcome = question->outcome;
  association.with = question->with;
  association.without = question->without;
  association.warning = question->warning;
  estimate(question->observe(record), association);
  return association;
}

}  // namespace interregnum
