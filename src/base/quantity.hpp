#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace interregnum {

/// What a number measures, and so which units may stand behind it. Values are held in the first unit named.
enum class Dimension {
  people,    ///< persons, soldiers or fighters; `k` and `M` allowed
  money,     ///< dollars; `k` and `M` allowed
  share,     ///< 0 to 1, or per cent
  position,  ///< a plain number, e.g. -1 to 1
  length,    ///< km; m, mi
  speed,     ///< km/h; mph
  duration,  ///< hours; minutes, days, weeks, months, years
  count,     ///< a plain whole number, e.g. of seats
};

/// A quantity or a range as written, in canonical units; `low == high` for a single number.
struct ParsedQuantity {
  double low = 0.0;
  double high = 0.0;
  std::string unit;  ///< as it stands behind the last number; may be empty
};

struct QuantityProblem {
  std::string problem;
  std::string suggestion;
};

/// A value of the country itself, or a moment of a distribution, which may be a fraction where the value may not.
enum class QuantityRole { value, moment };

/// Reads `15 km`, `800..1200`, `2.4M..2.8M`, `10..15 km`, `25 %`. Returns nothing and fills `problem` if the text
/// cannot be read, or is likely to mean another number than it says: a third dot, digits in groups (`40.000` people), a
/// decimal comma, a fraction of a person.
std::optional<ParsedQuantity> parse_quantity(std::string_view text, Dimension dimension, QuantityProblem& problem,
                                             QuantityRole role = QuantityRole::value);

/// `1 hour to 30 years`, `0 % to 100 %`: bounds in canonical units as a person would write them, in the unit of the
/// value (`ParsedQuantity::unit`) where that is one of the dimension's.
std::string bounds_in_words(Dimension dimension, double low, double high, const std::string& unit);

/// An example of how to write a quantity of this dimension, for messages and the schema.
std::string_view quantity_example(Dimension dimension);

/// The units allowed behind a number of this dimension, as a regular expression for the JSON Schema; empty if none.
std::string quantity_unit_pattern(Dimension dimension);

/// Whether a bare number is complete without a unit.
bool unit_is_optional(Dimension dimension);

/// Mean lengths of the Gregorian calendar, so that 24 months are two years.
inline constexpr double hours_per_day = 24.0;
inline constexpr double hours_per_year = 365.2425 * hours_per_day;
inline constexpr double hours_per_month = hours_per_year / 12.0;

/// A long time for a sentence: `10 days`, `24 months`, `10 years`.
std::string duration_in_words(double hours);

}  // namespace interregnum
