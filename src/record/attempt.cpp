#include "record/attempt.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/diagnostics.hpp"
#include "base/suggestions.hpp"

namespace interregnum {

std::string Attempt::colpus_rank() const {
  if (!colpus_senior || !colpus_junior) return "";
  if (*colpus_junior > 0) return *colpus_senior > 0 ? "both" : "junior";
  return *colpus_senior > 0 ? "senior" : "neither";
}

const std::vector<AttemptColumn>& attempt_columns() {
  using A = Attempt;
  constexpr std::string_view cam = "cam";
  constexpr std::string_view colpus = "colpus";
  constexpr std::string_view cline = "cline_cdp";
  constexpr std::string_view csp = "csp";
  constexpr std::string_view archigos = "archigos";
  constexpr std::string_view dates = "dates";
  constexpr std::string_view months = "country_months";
  static const std::vector<AttemptColumn> columns = [&] {
    std::vector<AttemptColumn> list{
        {"cam_rank", &A::cam_rank, cam},
        {"colpus_senior", &A::colpus_senior, colpus},
        {"colpus_junior", &A::colpus_junior, colpus},
        {"colpus_outside_support", &A::colpus_outside_support, colpus},
        {"cdp_military", &A::cdp_military, cline},
        {"cdp_dissident", &A::cdp_dissident, cline},
        {"cdp_rebel", &A::cdp_rebel, cline},
        {"cdp_palace", &A::cdp_palace, cline},
        {"cdp_foreign", &A::cdp_foreign, cline},
        {"cdp_auto", &A::cdp_auto, cline},
        {"cdp_resign", &A::cdp_resign, cline},
        {"cdp_popular", &A::cdp_popular, cline},
        {"cdp_counter", &A::cdp_counter, cline},
        {"cdp_realized", &A::cdp_realized, cline, false},
        {"cdp_killed", &A::cdp_killed, cline, false},
        {"cdp_harrest", &A::cdp_harrest, cline, false},
        {"cdp_jailed", &A::cdp_jailed, cline, false},
        {"cdp_tried", &A::cdp_tried, cline, false},
        {"cdp_fled", &A::cdp_fled, cline, false},
        {"cdp_exile", &A::cdp_exile, cline, false},
        {"csp_deaths", &A::csp_deaths, csp},
        {"leader_before", &A::leader_before, archigos},
        {"leader_after", &A::leader_after, archigos},
        {"leader_after_days", &A::leader_after_days, archigos},
        {"leader_after_censored", &A::leader_after_censored, archigos},
        {"leader_after_exit", &A::leader_after_exit, archigos},
        {"days_to_next_attempt", &A::days_to_next_attempt, dates},
        {"days_to_next_success", &A::days_to_next_success, dates},
        {"days_since_last_attempt", &A::days_since_last_attempt, dates},
        {"attempts_last_5_years", &A::attempts_last_5_years, dates},
    };
    list.push_back({"regime", static_cast<std::string A::*>(&Facts::regime), months});
    for (const FactColumn& fact : fact_columns)
      list.push_back({fact.name, static_cast<Known A::*>(fact.member), months});
    return list;
  }();
  return columns;
}

const Attempt& Record::attempt(const std::string& id) const {
  std::vector<std::string> known;
  for (const Attempt& entry : attempts) {
    if (entry.id == id) return entry;
    known.push_back(entry.id);
  }
  const std::string nearest = did_you_mean(id, known);
  throw InputError(
      fmt::format("there is no attempt '{}' on record ({})", id,
                  nearest.empty() ? "ids are those of `interregnum record export`, e.g. 432-1968-11-19" : nearest));
}

const CountryMonth* Record::last_month_before(int country_code, std::chrono::sys_days date) const {
  const auto list = months.find(country_code);
  if (list == months.end()) return nullptr;
  const auto after =
      std::lower_bound(list->second.begin(), list->second.end(), month_of(date),
                       [](const CountryMonth& entry, std::chrono::year_month wanted) { return entry.month < wanted; });
  return after == list->second.begin() ? nullptr : &*std::prev(after);
}

const CountryMonth* Record::month_before(int country_code, std::chrono::sys_days date) const {
  const CountryMonth* last = last_month_before(country_code, date);
  return last != nullptr && month_of(date) - last->month <= std::chrono::months(13) ? last : nullptr;
}

std::chrono::year_month month_of(std::chrono::sys_days date) {
  const std::chrono::year_month_day day(date);
  return day.year() / day.month();
}

int year_of(std::chrono::sys_days date) { return static_cast<int>(std::chrono::year_month_day(date).year()); }

void cut_leader_at(Attempt& attempt, std::chrono::sys_days until) {
  const auto followed = static_cast<double>((until - attempt.date).count());
  if (!attempt.leader_after_days || *attempt.leader_after_days <= followed) return;
  attempt.leader_after_days = followed;
  attempt.leader_after_censored = 1.0;
  attempt.leader_after_exit.clear();
}

std::chrono::year_month last_whole_month(std::chrono::sys_days until) {
  return month_of(until + std::chrono::days(1)) - std::chrono::months(1);
}

int last_whole_year(std::chrono::sys_days until) { return year_of(until + std::chrono::days(1)) - 1; }

std::string to_text(std::chrono::year_month month) {
  return fmt::format("{:04}-{:02}", static_cast<int>(month.year()), static_cast<unsigned>(month.month()));
}

std::string to_text(std::chrono::sys_days date) {
  return fmt::format("{}-{:02}", to_text(month_of(date)),
                     static_cast<unsigned>(std::chrono::year_month_day(date).day()));
}

std::string to_text(const Known& number) { return number ? fmt::format("{}", *number) : ""; }

void add_intervals(std::vector<Attempt>& attempts) {
  for (std::size_t index = 0; index < attempts.size(); ++index) {
    Attempt& attempt = attempts[index];
    attempt.days_to_next_attempt = attempt.days_to_next_success = attempt.days_since_last_attempt = std::nullopt;
    double recent = 0;
    for (std::size_t before = index; before > 0 && attempts[before - 1].country_code == attempt.country_code;
         --before) {
      const auto days = static_cast<double>((attempt.date - attempts[before - 1].date).count());
      if (!attempt.days_since_last_attempt) attempt.days_since_last_attempt = days;
      if (days <= 5 * 365.2425) ++recent;
    }
    attempt.attempts_last_5_years = recent;
    for (std::size_t next = index + 1; next < attempts.size() && attempts[next].country_code == attempt.country_code;
         ++next) {
      const auto days = static_cast<double>((attempts[next].date - attempt.date).count());
      if (!attempt.days_to_next_attempt) attempt.days_to_next_attempt = days;
      if (attempts[next].succeeded && !attempt.days_to_next_success) attempt.days_to_next_success = days;
    }
  }
}

}  // namespace interregnum
