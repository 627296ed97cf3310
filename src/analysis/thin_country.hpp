#pragma once

#include <array>
#include <string>

#include "record/attempt.hpp"
#include "world/world.hpp"

namespace interregnum {

/// Country files made of what the record knows of the month before, and of nothing that came after the first shot; what
/// it does not know is a distribution that says `assumed`. See docs/decisions/0008-thin-countries.md.
///
/// For an attempt on record: the plot moves at the start.
std::string thin_country(const Record& record, const Attempt& attempt);

/// How probable what the sources say of an attempt's leaders is if they were junior, middle or senior, up to a factor.
std::array<double, 3> rank_evidence(const Attempt& attempt);

/// The day after the last month whose facts of a country are on record: a file can start there without old facts.
/// Throws InputError if there are none.
std::chrono::sys_days first_start_after_facts(const Record& record, const SovereignState& country);

/// For a country at a day: it is watched for so many months. The facts are those of the last month on record before the
/// day and keep their date; a success after them makes a new ruler. Throws InputError if the record knows
/// nothing of the country before the day, and if there was no such state.
std::string watched_country(const Record& record, const SovereignState& country, std::chrono::sys_days start,
                            int months);

/// A country that was written so, ready to be played.
World compile_country(const std::string& text, const std::string& name);

}  // namespace interregnum
