#include "record/country_months.hpp"

#include <algorithm>
#include <map>

namespace interregnum {

namespace {

using std::chrono::year_month;

const Dataset& panel() {
  return *std::find_if(datasets().begin(), datasets().end(),
                       [](const Dataset& dataset) { return dataset.name == "country_months"; });
}

/// The figures of a whole year.
void take_yearly(const Facts& from, Facts& to) {
  to.regime = from.regime;
  to.polyarchy = from.polyarchy;
  to.log_gdp_per_head = from.log_gdp_per_head;
  to.gdp_growth = from.gdp_growth;
  to.mobilization_index = from.mobilization_index;
  to.soldiers_thousand = from.soldiers_thousand;
}

}  // namespace

std::vector<CountryMonth> months_of(const std::vector<DatasetRow>& rows) {
  const Dataset& dataset = panel();
  const int unlagged = dataset.column("military_regime_unlagged");
  const int same_year = dataset.column("polyarchy_same_year");
  struct Month {
    CountryMonth facts;
    Known polyarchy;
  };
  std::map<std::pair<int, year_month>, Month> as_in_file;
  for (const DatasetRow& row : rows) {
    CountryMonth month;
    month.country_code = row.country_code;
    month.month = month_of(row.date);
    month.regime = row.text(dataset.column("regime"));
    for (const FactColumn& fact : fact_columns) month.*fact.member = row.number(dataset.column(fact.name));
    if (const Known now = row.number(unlagged)) month.military_regime = now;
    as_in_file[{month.country_code, month.month}] = {month, row.number(same_year)};
  }
  std::vector<CountryMonth> months;
  for (const auto& [key, month] : as_in_file) {
    months.push_back(month.facts);
    if (key.second.month() != std::chrono::December) continue;
    const auto next = as_in_file.find({key.first, key.second + std::chrono::years(1)});
    if (next != as_in_file.end()) {
      take_yearly(next->second.facts, months.back());
    } else if (month.polyarchy) {
      months.back().polyarchy = month.polyarchy;
    }
  }
  return months;
}

std::optional<Facts> facts_before(const Record& record, int country_code, std::chrono::sys_days date) {
  const CountryMonth* last = record.last_month_before(country_code, date);
  if (last == nullptr || month_of(date) - last->month > std::chrono::months(1)) return std::nullopt;
  Facts facts = *last;
  const year_month december = std::chrono::year(year_of(date) - 1) / std::chrono::December;
  const CountryMonth* year_before =
      record.last_month_before(country_code, std::chrono::sys_days((december + std::chrono::months(1)) / 1));
  if (year_before != nullptr && year_before->month == december) take_yearly(*year_before, facts);
  return facts;
}

}  // namespace interregnum
