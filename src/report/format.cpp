#include "report/format.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace interregnum {

namespace {

/// Display width: bytes that begin a UTF-8 character.
std::size_t width(const std::string& text) {
  std::size_t characters = 0;
  for (const char byte : text) {
    if ((static_cast<unsigned char>(byte) & 0xc0U) != 0x80U) ++characters;
  }
  return characters;
}

}  // namespace

std::string emphasised(const std::string& text, TextStyle style) {
  return style == TextStyle::terminal ? std::string(emphasis_begins) + text + std::string(emphasis_ends) : text;
}

std::string percent(double share) {
  if (std::isnan(share)) return "–";
  const double value = 100.0 * share;
  if (value > 0 && value < 0.995) return fmt::format("{:.2f} %", value);
  return fmt::format("{:.1f} %", value);
}

std::string percent(const Probability& probability) {
  return fmt::format("{} ({:.1f} - {:.1f})", percent(probability.p), 100.0 * probability.low, 100.0 * probability.high);
}

std::string points(double difference) {
  if (!std::isfinite(difference)) return "–";
  return fmt::format("{:+.1f}", 100.0 * difference);
}

std::string points(const Estimate& difference) {
  if (!difference.is_known()) return points(difference.value) + " (interval cannot be told)";
  return fmt::format("{} ({} to {})", points(difference.value), points(difference.low), points(difference.high));
}

std::string padded(const std::string& text, std::size_t columns, bool right) {
  const std::string blanks(columns > width(text) ? columns - width(text) : 0, ' ');
  return right ? blanks + text : text + blanks;
}

nlohmann::ordered_json number_json(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

std::string figure(double value, int decimals) {
  return std::isfinite(value) ? fmt::format("{:.{}f}", value, decimals) : "-";
}

nlohmann::ordered_json to_json(const Probability& probability) {
  return {{"p", number_json(probability.p)}, {"low", probability.low}, {"high", probability.high}};
}

}  // namespace interregnum
