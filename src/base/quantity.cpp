#include "base/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>

namespace interregnum {

namespace {

struct UnitName {
  std::string_view name;
  double factor;
};

constexpr std::array<UnitName, 2> people_units{{{"k", 1e3}, {"M", 1e6}}};
constexpr auto money_units = people_units;
constexpr std::array<UnitName, 1> share_units{{{"%", 0.01}}};
constexpr std::array<UnitName, 3> length_units{{{"km", 1.0}, {"m", 1e-3}, {"mi", 1.609344}}};
constexpr std::array<UnitName, 2> speed_units{{{"km/h", 1.0}, {"mph", 1.609344}}};
constexpr std::array<UnitName, 15> duration_units{{{"hours", 1.0},
                                                   {"hour", 1.0},
                                                   {"h", 1.0},
                                                   {"minutes", 1.0 / 60.0},
                                                   {"minute", 1.0 / 60.0},
                                                   {"min", 1.0 / 60.0},
                                                   {"days", hours_per_day},
                                                   {"day", hours_per_day},
                                                   {"weeks", 7.0 * hours_per_day},
                                                   {"week", 7.0 * hours_per_day},
                                                   {"months", hours_per_month},
                                                   {"month", hours_per_month},
                                                   {"years", hours_per_year},
                                                   {"year", hours_per_year},
                                                   {"y", hours_per_year}}};

std::span<const UnitName> units_of(Dimension dimension) {
  switch (dimension) {
    case Dimension::people:
      return people_units;
    case Dimension::money:
      return money_units;
    case Dimension::share:
      return share_units;
    case Dimension::length:
      return length_units;
    case Dimension::speed:
      return speed_units;
    case Dimension::duration:
      return duration_units;
    case Dimension::position:
    case Dimension::count:
      return {};
  }
  return {};
}

/// Blanks, with those that word processors put before a unit: U+00A0, U+2009 and U+202F.
constexpr std::array<std::string_view, 5> blanks{" ", "\t", "\xc2\xa0", "\xe2\x80\x89", "\xe2\x80\xaf"};

std::string_view trim(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view blank : blanks) {
      if (text.starts_with(blank)) {
        text.remove_prefix(blank.size());
        again = true;
      } else if (text.ends_with(blank)) {
        text.remove_suffix(blank.size());
        again = true;
      }
    }
  }
  return text;
}

constexpr const char* how_numbers_are_written =
    "digits are not grouped, the decimal sign is a point: 1200, 0.4; a range has two dots: 800..1200";

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// Whether what follows a number is more of it in another way of writing: `1_200`, `0,4`, `1 200`, `300–600`, `0.1.2`.
bool continues_the_number(std::string_view rest) {
  constexpr std::string_view signs = "_,.'+-";
  constexpr std::array<std::string_view, 5> dashes{"\xe2\x80\x92", "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\xa6",
                                                   "\xe2\x80\x99"};  // two dashes, the ellipsis, the apostrophe
  if (rest.empty()) return false;
  return is_digit(rest.front()) || signs.find(rest.front()) != std::string_view::npos ||
         std::any_of(dashes.begin(), dashes.end(), [&](std::string_view dash) { return rest.starts_with(dash); });
}

/// `40.000`, `1.200`: three digits behind the point and no unit, as some countries group thousands.
bool looks_grouped(std::string_view number) {
  const std::size_t point = number.find('.');
  return point != std::string_view::npos && point >= 1 && point <= 3 && number.size() == point + 4 &&
         number.front() != '0' &&
         std::all_of(number.begin(), number.end(), [](char letter) { return is_digit(letter) || letter == '.'; });
}

struct NumberAndUnit {
  double number = 0.0;
  std::string_view digits;  ///< the number as it is written, without its sign
  std::string_view unit;
};

std::optional<NumberAndUnit> split(std::string_view text, QuantityProblem& problem) {
  text = trim(text);
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  NumberAndUnit result;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result.number);
  if (error == std::errc::result_out_of_range) {
    problem = {fmt::format("'{}' is too large or too small a number", text), ""};
    return std::nullopt;
  }
  if (error != std::errc() || !std::isfinite(result.number)) {
    problem = {fmt::format("'{}' is not a number", text), ""};
    return std::nullopt;
  }
  result.digits = text.substr(0, static_cast<std::size_t>(end - text.data()));
  const std::string_view rest = text.substr(result.digits.size());
  if (result.digits.starts_with('-')) result.digits.remove_prefix(1);
  result.unit = trim(rest);
  if (continues_the_number(result.unit)) {
    problem = {fmt::format("'{}' is not written as a number is here", text), how_numbers_are_written};
    return std::nullopt;
  }
  return result;
}

/// Whether a count (people, seats) or a sum of money is written as another number than is likely meant.
bool is_likely_a_slip(const NumberAndUnit& written, Dimension dimension, QuantityRole role, QuantityProblem& problem) {
  const bool whole = dimension == Dimension::people || dimension == Dimension::count;
  if ((!whole && dimension != Dimension::money) || !written.unit.empty()) return false;
  if (looks_grouped(written.digits)) {
    std::string digits(written.digits);
    digits.erase(digits.find('.'), 1);
    problem = {fmt::format("'{}' is {:g}: is {} meant?", written.digits, written.number, digits),
               "digits are not grouped; the point is the decimal sign"};
    return true;
  }
  const bool exponent = written.digits.find_first_of("eE") != std::string_view::npos;
  if (dimension != Dimension::people || role == QuantityRole::moment || exponent ||
      written.number == std::floor(written.number))
    return false;
  problem = {fmt::format("'{}' is no whole number of people", written.digits),
             "with k or M it may have a fraction: 1.2k"};
  return true;
}

std::optional<double> factor_of(std::string_view unit, Dimension dimension, QuantityProblem& problem) {
  if (unit.empty()) {
    if (unit_is_optional(dimension)) return 1.0;
    problem = {"has no unit", fmt::format("write it with one, e.g. {}", quantity_example(dimension))};
    return std::nullopt;
  }
  for (const UnitName& known : units_of(dimension)) {
    if (unit == known.name) return known.factor;
  }
  problem = {fmt::format("unit '{}' is not known here", unit), fmt::format("e.g. {}", quantity_example(dimension))};
  return std::nullopt;
}

}  // namespace

bool unit_is_optional(Dimension dimension) {
  return dimension != Dimension::length && dimension != Dimension::speed && dimension != Dimension::duration;
}

std::string_view quantity_example(Dimension dimension) {
  switch (dimension) {
    case Dimension::people:
      return "1200, 800..1200 or 2.4M";
    case Dimension::money:
      return "1800, 1500..2100 or 1.8k";
    case Dimension::share:
      return "0.25, 0.2..0.4 or 25 %";
    case Dimension::position:
      return "0.4 or -0.5..0.5";
    case Dimension::length:
      return "15 km";
    case Dimension::speed:
      return "30 km/h";
    case Dimension::duration:
      return "24 months";
    case Dimension::count:
      return "18";
  }
  return "";
}

std::string quantity_unit_pattern(Dimension dimension) {
  std::string pattern;
  for (const UnitName& unit : units_of(dimension)) {
    if (!pattern.empty()) pattern += '|';
    pattern += unit.name;
  }
  return pattern;
}

std::optional<ParsedQuantity> parse_quantity(std::string_view text, Dimension dimension, QuantityProblem& problem,
                                             QuantityRole role) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    const auto only = split(text, problem);
    if (!only || is_likely_a_slip(*only, dimension, role, problem)) return std::nullopt;
    const auto factor = factor_of(only->unit, dimension, problem);
    if (!factor) return std::nullopt;
    return ParsedQuantity{only->number * *factor, only->number * *factor, std::string(only->unit)};
  }
  if (trim(text.substr(dots + 2)).starts_with('.')) {
    problem = {fmt::format("'{}' has a dot too many", text),
               "a range has two, and a number begins with a digit: 0..0.1"};
    return std::nullopt;
  }
  const auto first = split(text.substr(0, dots), problem);
  if (!first) return std::nullopt;
  auto second = split(text.substr(dots + 2), problem);
  if (!second) return std::nullopt;
  // In `10..15 km` the one unit holds for both ends.
  const auto high_factor = factor_of(second->unit, dimension, problem);
  if (!high_factor) return std::nullopt;
  NumberAndUnit low = *first;
  if (low.unit.empty()) low.unit = second->unit;
  const auto low_factor = factor_of(low.unit, dimension, problem);
  if (!low_factor || is_likely_a_slip(low, dimension, role, problem) ||
      is_likely_a_slip(*second, dimension, role, problem))
    return std::nullopt;
  const ParsedQuantity result{first->number * *low_factor, second->number * *high_factor, std::string(second->unit)};
  if (result.low > result.high) {
    problem = {fmt::format("range '{}' runs backwards", text), "write the smaller end first"};
    return std::nullopt;
  }
  return result;
}

namespace {

/// Without an exponent, and no longer than can be told apart.
std::string plain(double number) {
  return number == std::floor(number) && std::abs(number) < 1e15
             ? fmt::format("{:.0f}", number)
             : fmt::format("{:.{}f}", number, std::abs(number) >= 100.0 ? 0 : 2);
}

/// The largest of hours, days, months and years that the time is a whole number of.
std::string duration_of(double hours) {
  constexpr std::array<std::pair<double, const char*>, 4> units{
      {{hours_per_year, "year"}, {hours_per_month, "month"}, {hours_per_day, "day"}, {1.0, "hour"}}};
  for (const auto& [length, name] : units) {
    const double number = hours / length;
    if ((number >= 1.0 && std::abs(number - std::round(number)) < 1e-9) || length == 1.0)
      return fmt::format("{} {}{}", plain(std::abs(number - std::round(number)) < 1e-9 ? std::round(number) : number),
                         name, number == 1.0 ? "" : "s");
  }
  return "";
}

}  // namespace

std::string bounds_in_words(Dimension dimension, double low, double high, const std::string& unit) {
  if (dimension == Dimension::duration)
    return fmt::format("{} to {}", low == 0.0 ? "0" : duration_of(low), duration_of(high));
  std::string written = unit;
  if (written.empty() && !unit_is_optional(dimension)) written = units_of(dimension).front().name;
  const auto in_unit = [&](double value) {
    for (const UnitName& known : units_of(dimension)) {
      // The bound of people is so high that thousands and millions would hide it.
      const bool apt = dimension != Dimension::people && dimension != Dimension::money;
      if (apt && known.name == written) return fmt::format("{} {}", plain(value / known.factor), written);
    }
    return plain(value) + (dimension == Dimension::money ? " dollars" : "");
  };
  return fmt::format("{} to {}", in_unit(low), in_unit(high));
}

std::string duration_in_words(double hours) {
  const double months = hours / hours_per_month;
  if (months < 1.0) return fmt::format("{:.3g} {}", hours / hours_per_day, hours == hours_per_day ? "day" : "days");
  return months < 36.0 ? fmt::format("{:.3g} months", months) : fmt::format("{:.3g} years", months / 12.0);
}

}  // namespace interregnum
