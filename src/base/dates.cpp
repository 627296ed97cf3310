#include "base/dates.hpp"

#include <date/date.h>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace interregnum {

namespace {

/// date::parse is generous with signs, digits and blanks, so what it read must come out again as it was written. A year
/// has four digits and begins with none that is 0: YAML takes `0123` for a number in octal.
template <class TimePoint>
std::optional<TimePoint> parse(const std::string& text, const char* format) {
  std::istringstream stream(text);
  TimePoint moment;
  stream >> date::parse(format, moment);
  if (stream.fail() || text.front() == '0' || date::format(format, moment) != text) return std::nullopt;
  return moment;
}

}  // namespace

std::optional<std::chrono::sys_days> parse_date(const std::string& text) {
  const auto day = parse<date::sys_days>(text, "%Y-%m-%d");
  if (!day) return std::nullopt;
  return std::chrono::sys_days(std::chrono::days(day->time_since_epoch().count()));
}

std::optional<std::chrono::sys_time<std::chrono::minutes>> parse_date_time(const std::string& text) {
  return parse<date::sys_time<std::chrono::minutes>>(text, "%Y-%m-%d %H:%M");
}

bool is_partial_date(const std::string& text) {
  if (!std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '-'; })) return false;
  if (text.size() == 4) return parse_date(text + "-01-01").has_value();
  if (text.size() == 7) return parse_date(text + "-01").has_value();
  return parse_date(text).has_value();
}

std::chrono::sys_days first_day(const std::string& partial_date) {
  const std::string rest = std::string("-01-01").substr(partial_date.size() == 4 ? 0 : 3);
  return *parse_date(partial_date.size() == 10 ? partial_date : partial_date + rest);
}

std::chrono::sys_days last_day(const std::string& partial_date) {
  const std::chrono::year_month_day first(first_day(partial_date));
  if (partial_date.size() == 10) return first;
  const auto month = partial_date.size() == 4 ? std::chrono::December : first.month();
  return std::chrono::year_month_day_last(first.year(), std::chrono::month_day_last(month));
}

std::string date_time_after(std::chrono::sys_time<std::chrono::minutes> start, double hours) {
  const auto moment = start + std::chrono::minutes(static_cast<long long>(std::floor(hours * 60.0)));
  return date::format("%Y-%m-%d %H:%M", moment);
}

}  // namespace interregnum
