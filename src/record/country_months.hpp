#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "record/attempt.hpp"
#include "record/datasets.hpp"

namespace interregnum {

/// The months of a panel in CoupCats' layout, by country and month. In that panel regime, democracy, wealth, protest
/// and the size of the army are those of the year before, or on the way from there: a December's are taken from the
/// next December, where the panel has it. `military_regime` is twelve months old too; `military_regime_unlagged` stands
/// for it where the file has it, `polyarchy_same_year` where there is no next December.
std::vector<CountryMonth> months_of(const std::vector<DatasetRow>& rows);

/// What was to be known of a country before an attempt: its leader, rule by soldiers and civil war are those of the
/// month before, yearly figures those of the year before, for the year of the attempt also has its consequences.
/// Nothing if the month before is not on record.
std::optional<Facts> facts_before(const Record& record, int country_code, std::chrono::sys_days date);

}  // namespace interregnum
