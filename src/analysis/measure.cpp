#include "analysis/measure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/diagnostics.hpp"
#include "base/suggestions.hpp"

namespace interregnum {

namespace {

constexpr std::string_view condition = "_if_seized";

constexpr std::array<std::string_view, outcome_count> outcome_words{"nobody moves",
                                                                    "the attempt fails",
                                                                    "power is taken and lost within seven days",
                                                                    "the junta is overthrown by soldiers",
                                                                    "the junta falls to an uprising",
                                                                    "foreign troops remove the junta",
                                                                    "insurgents take the capital from the junta",
                                                                    "the junta hands over power",
                                                                    "the junta is in power at the horizon"};

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
  const auto outcome = std::find(outcome_names.begin(), outcome_names.end(), base);
  const auto event = std::find_if(event_descriptions.begin(), event_descriptions.end(),
                                  [&](const EventDescription& description) { return description.name == base; });
  if (outcome != outcome_names.end()) {
    index_ = static_cast<std::size_t>(outcome - outcome_names.begin());
    words_ = std::string(outcome_words[index_]);
  } else if (base == "seized") {
    kind_ = Kind::seized;
    words_ = "the coup seizes power";
  } else if (base == "attempted") {
    kind_ = Kind::attempted;
    words_ = "a coup is attempted";
  } else if (base == "another_attempt") {
    kind_ = Kind::another_attempt;
    words_ = "another coup is attempted before the horizon";
  } else if (base == "another_seizure") {
    kind_ = Kind::another_seizure;
    words_ = "another coup seizes power before the horizon";
  } else if (const std::size_t sign = base.find(">="); sign != std::string::npos) {
    read_threshold(base, sign);
  } else if (event != event_descriptions.end()) {
    kind_ = Kind::event;
    index_ = static_cast<std::size_t>(event - event_descriptions.begin());
    words_ = std::string(event->sentence);
  } else {
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
  names.insert(names.end(), {"seized", "attempted", "another_attempt", "another_seizure"});
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
  switch (kind_) {
    case Kind::seized:
    case Kind::attempted:
      return Until::seizure;
    case Kind::outcome:
      return Until::outcome;
    default:
      return Until::horizon;
  }
}

float Measure::of(const RunRecord& record) const {
  if (if_seized_ && !is_seized(record.outcome)) return std::numeric_limits<float>::quiet_NaN();
  bool happened = false;
  switch (kind_) {
    case Kind::outcome:
      happened = static_cast<std::size_t>(record.outcome) == index_;
      break;
    case Kind::seized:
      happened = is_seized(record.outcome);
      break;
    case Kind::attempted:
      happened = record.outcome != Outcome::no_attempt;
      break;
    case Kind::another_attempt:
      happened = !std::isnan(record.another_attempt_hour);
      break;
    case Kind::another_seizure:
      happened = !std::isnan(record.another_seizure_hour);
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
