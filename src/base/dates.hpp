#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace interregnum {

/// A day of the calendar, written `YYYY-MM-DD`; nothing if there is no such day.
std::optional<std::chrono::sys_days> parse_date(const std::string& text);

/// A minute of a day, written `YYYY-MM-DD HH:MM`, in local time.
std::optional<std::chrono::sys_time<std::chrono::minutes>> parse_date_time(const std::string& text);

/// `2012`, `2012-03` or `2012-03-22`, each of them a real one.
bool is_partial_date(const std::string& text);

/// The first and the last day that a partial date may mean. Require one that is real.
std::chrono::sys_days first_day(const std::string& partial_date);
std::chrono::sys_days last_day(const std::string& partial_date);

/// `YYYY-MM-DD HH:MM` of a moment so many hours after `start`.
std::string date_time_after(std::chrono::sys_time<std::chrono::minutes> start, double hours);

}  // namespace interregnum
