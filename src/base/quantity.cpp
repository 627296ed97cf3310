#include "base/quantity.hpp"

#include <fmt/format.h>

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

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

struct NumberAndUnit {
  double number = 0.0;
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
  result.unit = trim(text.substr(static_cast<std::size_t>(end - text.data())));
  return result;
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

std::optional<ParsedQuantity> parse_quantity(std::string_view text, Dimension dimension, QuantityProblem& problem) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    const auto only = split(text, problem);
    if (!only) return std::nullopt;
    const auto factor = factor_of(only->unit, dimension, problem);
    if (!factor) return std::nullopt;
    return ParsedQuantity{only->number * *factor, only->number * *factor};
  }
  const auto first = split(text.substr(0, dots), problem);
  if (!first) return std::nullopt;
  const auto second = split(text.substr(dots + 2), problem);
  if (!second) return std::nullopt;
  // In `10..15 km` the one unit holds for both ends.
  const auto high_factor = factor_of(second->unit, dimension, problem);
  if (!high_factor) return std::nullopt;
  const auto low_factor = factor_of(first->unit.empty() ? second->unit : first->unit, dimension, problem);
  if (!low_factor) return std::nullopt;
  const ParsedQuantity result{first->number * *low_factor, second->number * *high_factor};
  if (result.low > result.high) {
    problem = {fmt::format("range '{}' runs backwards", text), "write the smaller end first"};
    return std::nullopt;
  }
  return result;
}

std::string duration_in_words(double hours) {
  const double months = hours / hours_per_month;
  if (months < 1.0) return fmt::format("{:.3g} {}", hours / hours_per_day, hours == hours_per_day ? "day" : "days");
  return months < 36.0 ? fmt::format("{:.3g} months", months) : fmt::format("{:.3g} years", months / 12.0);
}

}  // namespace interregnum
