#include "analysis/measure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/diagnostics.hpp"
#include "base/suggestions.hpp"
#include "model/event_table.hpp"

namespace interregnum {

namespace {

constexpr std::string_view condition = "_if_seized";

/// What is asked of the attempts beside how the first of them ends.
struct OfAttempts {
  std::string_view name, sentence;
  Until until;
  bool (*happened)(const RunRecord& record);
};

constexpr std::array<OfAttempts, 4> of_attempts{{
    {"seized", "the coup seizes power", Until::seizure,
     [](const RunRecord& record) { return is_seized(record.outcome); }},
    {"attempted", "a coup is attempted", Until::seizure,
     [](const RunRecord& record) { return record.outcome != Outcome::no_attempt; }},
    {"another_attempt", "another coup is attempted before the horizon", Until::horizon,
     [](const RunRecord& record) { return !std::isnan(record.another_attempt_hour); }},
    {"another_seizure", "another coup seizes power before the horizon", Until::horizon,
     [](const RunRecord& record) { return !std::isnan(record.another_seizure_hour); }},
}};

struct Quantity {
  std::string_view name, words;
  double RunRecord::*member;
};

constexpr std::array<Quantity, 6> quantities{{
    {"deaths", "the number of people killed in the attempt", &RunRecord::deaths},
    {"deaths_in_all", "the number of people killed in all", &RunRecord::deaths_in_all},
    {"peak_lost", "the largest share of the townspeople whose towns armed groups hold", &RunRecord::peak_lost},
    {"peak_against", "the largest share of the capital's people out against the junta", &RunRecord::peak_against},
    {"peak_for", "the largest share of the capital's people out for the junta", &RunRecord::peak_for},
    {"initial_cohesion", "the army's cohesion as the junta finds it", &RunRecord::initial_cohesion},
}};

}  // namespace

Measure::Measure(const std::string& name) : name_(name) {
  std::string base = name;
  if (base.ends_with(condition)) {
    base.resize(base.size() - condition.size());
    if_seized_ = true;
  }
  const auto take = [&](const auto& table, Kind kind) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.name == base; });
    if (found == table.end()) return false;
    kind_ = kind;
    index_ = static_cast<std::size_t>(found - table.begin());
    words_ = std::string(found->sentence);
    return true;
  };
  if (take(outcome_descriptions, Kind::outcome) || take(of_attempts, Kind::of_attempts)) return;
  if (const std::size_t sign = base.find(">="); sign != std::string::npos) {
    read_threshold(base, sign);
  } else if (!take(event_descriptions, Kind::event)) {
    const std::string nearest = did_you_mean(name, names());
    throw InputError(fmt::format(
        "there is no outcome '{}' ({})", name,
        nearest.empty()
            ? fmt::format(
                  "outcomes: {}, seized, attempted, another_attempt, another_seizure, the "
                  "events of docs/results-file.md, thresholds such as deaths>=10, and any of them with _if_seized",
                  fmt::join(outcome_names, ", "))
            : nearest));
  }
}

void Measure::read_threshold(const std::string& text, std::size_t sign) {
  const std::string name = text.substr(0, sign), number = text.substr(sign + 2);
  const auto quantity = std::find_if(quantities.begin(), quantities.end(),
                                     [&](const Quantity& candidate) { return candidate.name == name; });
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), threshold_);
  const bool is_number = error == std::errc() && end == number.data() + number.size() && std::isfinite(threshold_);
  if (quantity == quantities.end() || !is_number) {
    std::vector<std::string_view> known;
    for (const Quantity& candidate : quantities) known.push_back(candidate.name);
    throw InputError(fmt::format("there is no outcome '{}' (a threshold is e.g. deaths>=10; quantities: {})", name_,
                                 fmt::join(known, ", ")));
  }
  kind_ = Kind::quantity;
  index_ = static_cast<std::size_t>(quantity - quantities.begin());
  words_ = fmt::format("{} is {:g} or more", quantity->words, threshold_);
}

std::vector<std::string> Measure::names() {
  std::vector<std::string> names(outcome_names.begin(), outcome_names.end());
  for (const OfAttempts& measure : of_attempts) names.emplace_back(measure.name);
  for (const EventDescription& event : event_descriptions) names.emplace_back(event.name);
  const std::size_t plain = names.size();
  for (std::size_t index = 0; index < plain; ++index) names.push_back(names[index] + std::string(condition));
  return names;
}

std::string Measure::words(const std::string& horizon) const {
  std::string words = words_;
  const auto say = [&](std::string_view unsaid, const std::string& said) {
    if (const std::size_t at = words.find(unsaid); at != std::string::npos && !horizon.empty())
      words.replace(at, unsaid.size(), said);
  };
  say("at the horizon", "after " + horizon);
  say("before the horizon", "within " + horizon);
  return words + (if_seized_ ? ", if power was seized" : "");
}

Until Measure::until() const {
  if (kind_ == Kind::of_attempts) return of_attempts[index_].until;
  return kind_ == Kind::outcome ? Until::outcome : Until::horizon;
}

float Measure::of(const RunRecord& record) const {
  if (if_seized_ && !is_seized(record.outcome)) return std::numeric_limits<float>::quiet_NaN();
  bool happened = false;
  switch (kind_) {
    case Kind::outcome:
      happened = static_cast<std::size_t>(record.outcome) == index_;
      break;
    case Kind::of_attempts:
      happened = of_attempts[index_].happened(record);
      break;
    case Kind::quantity:
      happened = record.*quantities[index_].member >= threshold_;
      break;
    case Kind::event:
      happened = record.kinds_seen.test(index_);
      break;
  }
  return happened ? 1.0F : 0.0F;
}

}  // namespace interregnum
