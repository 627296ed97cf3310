#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "analysis/estimate.hpp"
#include "analysis/intervals.hpp"

namespace interregnum {

/// How text may be set: plain for pipes and NO_COLOR, emphasis on terminals.
enum class TextStyle { plain, terminal };

/// What begins and ends emphasis on a terminal (ECMA-48, SGR).
inline constexpr std::string_view emphasis_begins = "\x1b[1m", emphasis_ends = "\x1b[0m";

std::string emphasised(const std::string& text, TextStyle style);

/// `12.3 %`; small shares with two decimals; a dash for a share of nothing.
std::string percent(double share);
/// `12.3 % (11.8 - 12.9)`.
std::string percent(const Probability& probability);
/// A difference of shares in percentage points: `+12.3`.
std::string points(double difference);
/// `+12.3 (+11.0 to +13.6)`, or that the interval cannot be told.
std::string points(const Estimate& difference);

/// Filled with blanks to so many columns of a terminal, counting characters and not bytes.
std::string padded(const std::string& text, std::size_t columns, bool right = false);

/// A number, or null if it is not one.
nlohmann::ordered_json number_json(double value);
/// A number with so many decimals, or a dash if it is not one.
std::string figure(double value, int decimals);

/// `{p, low, high}`.
nlohmann::ordered_json to_json(const Probability& probability);

}  // namespace interregnum
