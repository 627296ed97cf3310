#include "report/comparison_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/version.hpp"

namespace interregnum {

namespace {

using Json = nlohmann::ordered_json;

Json interval_json(const Estimate& estimate) {
  return {{"low", number_json(estimate.low)}, {"high", number_json(estimate.high)}};
}

std::string share_of_words(const Comparison& comparison) {
  constexpr std::uint64_t fewest_orders = 8;  // the spread of fewer may vanish by accident
  if (comparison.orders > 0 && comparison.orders < fewest_orders)
    return "too few orders of the factors were played to say what weighs most";
  std::vector<const FactorShare*> told;
  for (const FactorShare& factor : comparison.factors) {
    if (factor.value.is_told()) told.push_back(&factor);
  }
  if (told.empty()) return "no single factor's share can be told from none";
  std::sort(told.begin(), told.end(), [](const FactorShare* left, const FactorShare* right) {
    return std::abs(left->value.value) > std::abs(right->value.value);
  });
  // Shares of both signs add up to the difference, so the largest need not be most of it.
  const auto weight = [](const FactorShare& factor) {
    return fmt::format("{} ({} points, {} to {})", factor.label, points(factor.value.value), points(factor.value.low),
                       points(factor.value.high));
  };
  std::string words = "what weighs most is " + weight(*told[0]);
  if (told.size() > 1) words += ", then " + weight(*told[1]);
  return words;
}

}  // namespace

std::string comparison_sentence(const PairedDescription& description, const Comparison& comparison) {
  std::string what = Measure(comparison.outcome).words(description.horizon);
  what[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(what[0])));
  const std::string shares = fmt::format("{} in {} of futures of {} and in {} of {}", what, percent(comparison.a.p),
                                         description.name_a, percent(comparison.b.p), description.name_b);
  if (comparison.factors.empty()) return shares + ": the two files do not differ in anything that the model reads.";
  if (!comparison.difference.is_told()) return shares + ": the difference cannot be told from none.";
  return fmt::format("{}: {}.", shares, share_of_words(comparison));
}

std::string comparison_text(const PairedDescription& description, const Comparison& comparison, TextStyle style) {
  std::string text = emphasised(comparison_sentence(description, comparison), style) + "\n\n";
  for (const auto& [key, value] : description.overrides) text += fmt::format("with {} = {} in both\n", key, value);
  if (!comparison.complete)
    text += fmt::format("Interrupted: the figures are of the {} futures that were done.\n", comparison.futures);
  text += fmt::format("  {}  {}\n", padded(comparison.outcome + " in A", 28), percent(comparison.a)) +
          fmt::format("  {}  {}\n", padded(comparison.outcome + " in B", 28), percent(comparison.b)) +
          fmt::format("  {}  {} points\n", padded("difference", 28),
                      comparison.factors.empty() ? points(0.0) : points(comparison.difference));
  text += fmt::format("  A: {}, {}\n  B: {}, {}\n\n", description.name_a, description.file_a, description.name_b,
                      description.file_b);
  if (comparison.factors.empty()) return text;
  std::size_t columns = 8;
  for (const FactorShare& factor : comparison.factors) columns = std::max(columns, factor.name.size());
  text += fmt::format("  {}  {}  {:>8}  {}  {}\n", padded("factor", columns), padded("its share, points", 24), "error",
                      padded("taken first", 24), "taken last");
  // With many factors a person looks for those that matter.
  std::vector<const FactorShare*> rows;
  for (const FactorShare& factor : comparison.factors) rows.push_back(&factor);
  if (comparison.orders > 0)
    std::stable_sort(rows.begin(), rows.end(), [](const FactorShare* left, const FactorShare* right) {
      return std::abs(left->value.value) > std::abs(right->value.value);
    });
  constexpr std::size_t shown = 30;
  for (std::size_t row = 0; row < std::min(shown, rows.size()); ++row) {
    const FactorShare& factor = *rows[row];
    text += fmt::format("  {}  {}  {:>8.1f}  {}  {}\n", padded(factor.name, columns), padded(points(factor.value), 24),
                        100 * factor.value.standard_error, padded(points(factor.alone_forward), 24),
                        points(factor.alone_backward));
  }
  if (rows.size() > shown)
    text += fmt::format("  … and {} more, each smaller (--json lists all)\n", rows.size() - shown);
  text += fmt::format(
      "\n  share: mean change in percentage points when the factor joins, over all orders in which they can join "
      "(Shapley); the "
      "shares add\n         up to the difference. In brackets 95 % intervals: error of {} futures, each played in "
      "every mixture.\n"
      "  taken first: the change when A takes this factor alone from B; taken last: when A has taken all others "
      "before.\n",
      comparison.futures);
  for (const std::string& note : comparison.notes) text += fmt::format("  note: in some mixtures {}\n", note);
  return text;
}

Json circumstances_json(const PairedDescription& description, bool complete) {
  Json json{{"set", Json::object()},         {"theta", description.theta},
            {"interrupted", !complete},      {"version", version},
            {"seed", description.seed},      {"seconds", description.seconds},
            {"command", description.command}};
  for (const auto& [key, value] : description.overrides) json["set"][key] = value;
  return json;
}

Json comparison_json(const PairedDescription& description, const Comparison& comparison) {
  Json json{{"outcome", comparison.outcome},
            {"a", to_json(comparison.a)},
            {"b", to_json(comparison.b)},
            {"difference", comparison.difference.value},
            {"difference_se", number_json(comparison.difference.standard_error)},
            {"difference_interval", interval_json(comparison.difference)},
            {"factors", Json::array()}};
  for (const FactorShare& factor : comparison.factors) {
    json["factors"].push_back({{"name", factor.name},
                               {"label", factor.label},
                               {"value", factor.value.value},
                               {"se", number_json(factor.value.standard_error)},
                               {"low", number_json(factor.value.low)},
                               {"high", number_json(factor.value.high)},
                               {"alone_forward", factor.alone_forward.value},
                               {"alone_forward_se", number_json(factor.alone_forward.standard_error)},
                               {"alone_backward", factor.alone_backward.value},
                               {"alone_backward_se", number_json(factor.alone_backward.standard_error)}});
  }
  json["sentence"] = comparison_sentence(description, comparison);
  json["file_a"] = description.file_a;
  json["file_b"] = description.file_b;
  json["name_a"] = description.name_a;
  json["name_b"] = description.name_b;
  json["futures"] = comparison.futures;
  json["orders"] = comparison.orders;
  json["notes"] = comparison.notes;
  json.update(circumstances_json(description, comparison.complete));
  return json;
}

}  // namespace interregnum
