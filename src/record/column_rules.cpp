#include "record/column_rules.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/suggestions.hpp"
#include "files/table_file.hpp"
#include "record/facts.hpp"

namespace interregnum {

namespace {

constexpr std::array<std::string_view, 2> ranks{"combat", "elite"};

std::string lower_with_underscores(std::string text) {
  for (char& letter : text) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    if (letter == ' ' || letter == '-') letter = '_';
  }
  return text;
}

std::string allowed_by(const DatasetColumn& column) {
  const std::string_view blank = ", or blank if not known";
  if (column.kind == ValueKind::flag && column.low == 0.0) return fmt::format("0, 1{}", blank);
  if (column.kind == ValueKind::flag) return fmt::format("{} or {}{}", column.low, column.high, blank);
  constexpr double beyond_telling = 50000;
  std::string text = column.high > beyond_telling ? fmt::format("{:.6g} or more", column.low)
                                                  : fmt::format("{:.6g} to {:.6g}", column.low, column.high);
  if (!column.unit.empty()) text += fmt::format(" {}", column.unit);
  return text + std::string(blank);
}

}  // namespace

std::span<const DatasetColumn> columns_of_facts() {
  // In thousands of dollars, as the panel has it.
  static const double poorest = std::log(bounds_of_dollars_per_head.low / 1000.0);
  static const double richest = std::log(bounds_of_dollars_per_head.high / 1000.0);
  static const std::array<DatasetColumn, 9> columns{{
      {"regime", ValueKind::word, 0, 0, {}, {}, std::numeric_limits<double>::infinity(), regime_names},
      {"polyarchy", ValueKind::number, bounds_of_shares.low, bounds_of_shares.high, {}, "an index of 0 to 100"},
      {"military_regime", ValueKind::flag, 0, 1},
      {"leader_months", ValueKind::number, 0, 1200, "months", "days"},
      // The richest country of the record has 157,000 dollars (5.05), the median country 4,500.
      {"log_gdp_per_head", ValueKind::number, poorest, richest, "for the logarithm of thousands of dollars",
       "the logarithm of dollars (subtract 6.9078), or not a logarithm", 4.6},
      // From -0.41 to 0.66 in the record; Libya's in 2012 was above 1.
      {"gdp_growth", ValueKind::number, -1, 3, "for the share a year (0.05: five per cent)", "per cent", 0.25},
      {"civil_war", ValueKind::flag, 0, 1},
      {"mobilization_index", ValueKind::number, -10, 10, {}, {}, std::numeric_limits<double>::infinity(), {}, false},
      // The Soviet Union's 5,800 are the most on record.
      {"soldiers_thousand", ValueKind::number, 0, 6000, "thousand soldiers", "persons", 1500},
  }};
  return columns;
}

std::span<const std::string_view> rank_words() { return ranks; }

bool is_blank(const std::string& value) { return value.empty() || value == "NA" || value == "."; }

bool is_code_for_missing(const std::string& value) {
  if (value.size() == 2 && value[0] == '.' && value[1] >= 'a' && value[1] <= 'z') return true;  // Stata's
  constexpr std::array<std::string_view, 9> words{"nan", "na", "n/a", "#n/a", "null", "none", "nat", "missing", "<na>"};
  const std::string lower = lower_with_underscores(value);
  if (std::find(words.begin(), words.end(), lower) != words.end()) return true;
  constexpr std::array<double, 10> codes{-9, -66, -77, -88, -99, -666, -777, -888, -999, -9999};
  const auto number = parse_number(value);
  return number && std::find(codes.begin(), codes.end(), *number) != codes.end();
}

std::optional<int> parse_whole(const std::string& text) {
  const auto number = parse_number(text);
  if (!number || *number != std::floor(*number) || std::abs(*number) > 1e9) return std::nullopt;
  return static_cast<int>(*number);
}

std::optional<CellProblem> problem_of(const DatasetColumn& column, const std::string& value) {
  if (column.kind == ValueKind::text || column.kind == ValueKind::date) return std::nullopt;
  if (column.kind == ValueKind::word) {
    if (std::find(column.words.begin(), column.words.end(), value) != column.words.end()) return std::nullopt;
  } else if (const auto number = parse_number(value);
             number && *number >= column.low && *number <= column.high && !is_code_for_missing(value) &&
             (column.kind != ValueKind::flag || *number == std::floor(*number))) {
    return std::nullopt;
  }
  if (is_code_for_missing(value))
    return CellProblem{fmt::format("'{}' cannot be", value),
                       fmt::format("it is a code for missing: leave the cell blank; {}",
                                   column.kind == ValueKind::word ? fmt::format("{}", fmt::join(column.words, ", "))
                                                                  : allowed_by(column))};
  if (column.kind == ValueKind::word) {
    const std::vector<std::string> known(column.words.begin(), column.words.end());
    const std::string nearest = did_you_mean(lower_with_underscores(value), known);
    return CellProblem{fmt::format("'{}' is not one of {}", value, fmt::join(column.words, ", ")),
                       nearest.empty() ? "blank if not known" : nearest};
  }
  const auto number = parse_number(value);
  std::string suggestion = allowed_by(column);
  if (!number && value.find(',') != std::string::npos) {
    suggestion += "; the decimal sign is a point";
  } else if (number && *number > column.high && !column.likely_unit.empty()) {
    suggestion += fmt::format("; is it {}?", column.likely_unit);
  }
  return CellProblem{fmt::format("'{}' cannot be", value), suggestion};
}

std::optional<CellProblem> problem_of_code(const std::string& value, std::string_view system) {
  const auto code = parse_whole(value);
  if (code && *code >= 1 && *code <= 999) return std::nullopt;
  return CellProblem{
      fmt::format("'{}' is no {} code", value, system),
      is_code_for_missing(value) || is_blank(value) ? "1 to 999; a row without its country says nothing" : "1 to 999"};
}

void UnitDoubts::add(const DatasetColumn& column, const std::string& value) {
  if (value.empty() || !std::isfinite(column.usual)) return;
  auto found = std::find_if(columns_.begin(), columns_.end(),
                            [&](const Values& values) { return values.column->name == column.name; });
  if (found == columns_.end()) found = columns_.insert(found, {&column, {}});
  if (const auto number = parse_number(value)) found->numbers.push_back(std::abs(*number));
}

void UnitDoubts::report(const SourceLocation& header, Diagnostics& warnings) const {
  for (const Values& values : columns_) {
    std::vector<double> sorted = values.numbers;
    if (sorted.empty()) continue;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    if (*middle <= values.column->usual) continue;
    warnings.warning(
        header, std::string(values.column->name),
        fmt::format("half of its values are {:g} or more, which is unusual", *middle),
        fmt::format("expected are values {}; are these {}?", values.column->unit, values.column->likely_unit));
  }
}

}  // namespace interregnum
