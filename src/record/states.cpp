#include "record/states.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <stdexcept>

#include "base/diagnostics.hpp"
#include "base/edit_distance.hpp"

namespace interregnum {

namespace {

using std::chrono::sys_days;

constexpr sys_days names_since = std::chrono::year(1946) / 1 / 1;

using WordPair = std::pair<std::string_view, std::string_view>;
/// Abbreviations in tables of the World Bank, the United Nations and Correlates of War.
constexpr std::array<WordPair, 12> abbreviations{{{"rep", "republic"},
                                                  {"dem", "democratic"},
                                                  {"fed", "federated"},
                                                  {"sts", "states"},
                                                  {"saint", "st"},
                                                  {"is", "islands"},
                                                  {"n", "north"},
                                                  {"s", "south"},
                                                  {"e", "east"},
                                                  {"w", "west"},
                                                  {"eq", "equatorial"},
                                                  {"people", "peoples"}}};
constexpr std::array<std::string_view, 5> articles{"the", "of", "and", "an", "a"};
/// What a state calls itself before its name. Dropped only where the whole is not the name of a state.
constexpr std::array<std::string_view, 26> titles{
    "republic",    "kingdom", "state",     "states",     "federal",    "federative",    "federated",
    "islamic",     "arab",    "peoples",   "democratic", "socialist",  "plurinational", "bolivarian",
    "oriental",    "grand",   "duchy",     "emirate",    "sultanate",  "principality",  "commonwealth",
    "independent", "united",  "hashemite", "union",      "cooperative"};

template <class Words>
bool is_among(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Without accents, in small letters: `TÜRKİYE` and `Türkiye` are `turkiye`.
std::string plain(std::string_view text) {
  static const std::unique_ptr<const icu::Transliterator> letters = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<const icu::Transliterator> made(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Any-Lower", UTRANS_FORWARD, error));
    if (U_FAILURE(error) != 0) throw std::runtime_error(fmt::format("ICU: {}", u_errorName(error)));
    return made;
  }();
  icu::UnicodeString converted =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  letters->transliterate(converted);
  std::string result;
  converted.toUTF8String(result);
  return result;
}

/// The words in their order. An apostrophe ends a word (`d'Ivoire`), but not before a lone s (`People's`).
std::vector<std::string> words_of(std::string_view name) {
  const std::string text = plain(name);
  const auto is_letter = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
  };
  std::vector<std::string> words{""};
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool lone_s = text[at] == '\'' && at + 1 < text.size() && text[at + 1] == 's' &&
                        (at + 2 == text.size() || !is_letter(text[at + 2]));
    if (is_letter(text[at])) {
      words.back() += text[at];
    } else if (text[at] != '.' && !lone_s && !words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  for (std::string& word : words) {
    for (const auto& [abbreviation, full] : abbreviations) {
      if (word == abbreviation) word = full;
    }
  }
  for (std::size_t at = 0; at + 1 < words.size(); ++at) {
    if (words[at] != "viet" || words[at + 1] != "nam") continue;
    words[at] = "vietnam";
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(at) + 1);
  }
  std::erase_if(words, [](const std::string& word) { return is_among(articles, word); });
  return words;
}

std::string key_of(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  return fmt::format("{}", fmt::join(words, " "));
}

/// One name of a state, in one period.
struct Name {
  const SovereignState* state;
  const StatePeriod* period;
  std::string_view spelling;
  std::vector<std::string> words;
};

std::vector<Name> names_of(const std::vector<SovereignState>& states) {
  std::vector<Name> names;
  for (const SovereignState& state : states) {
    for (const StatePeriod& period : state.periods) {
      if (period.to < names_since) continue;
      names.push_back({&state, &period, period.name, words_of(period.name)});
      for (const std::string& name : period.other_names) names.push_back({&state, &period, name, words_of(name)});
    }
  }
  return names;
}

struct Match {
  const SovereignState* state;
  const StatePeriod* period;
};

/// Of several, the state that existed on the day and was called so then; else that existed; else the latest.
const SovereignState* best_of(const std::vector<Match>& matches, std::optional<sys_days> day) {
  const auto rank = [&](const Match& match) {
    const bool existed = day && match.state->existed(*day);
    const bool then = existed && match.period->from <= *day && *day <= match.period->to;
    return std::tuple(then, existed, match.period->to);
  };
  const auto best = std::max_element(matches.begin(), matches.end(),
                                     [&](const Match& a, const Match& b) { return rank(a) < rank(b); });
  return best == matches.end() ? nullptr : best->state;
}

/// Names that are a letter away, or two if they are long: of each state one, if they are equally near.
std::vector<std::string> nearest_names(const std::vector<std::string>& wanted, const std::vector<Name>& names) {
  const std::string text = fmt::format("{}", fmt::join(wanted, " "));
  std::size_t nearest = text.size() < 7 ? 1 : 2;
  std::vector<std::string> found;
  std::set<const SovereignState*> states;
  for (const Name& name : names) {
    const std::string other = fmt::format("{}", fmt::join(name.words, " "));
    if (other.size() < 4 || text.size() < 4) continue;
    const std::size_t distance = edit_distance(text, other);
    if (distance > nearest) continue;
    if (distance < nearest) {
      found.clear();
      states.clear();
    }
    nearest = distance;
    if (states.insert(name.state).second) found.emplace_back(name.spelling);
  }
  return found;
}

/// States whose present name has all the words, as Korea is in two.
std::vector<std::string> states_with(const std::vector<std::string>& wanted,
                                     const std::vector<SovereignState>& states) {
  std::vector<std::string> found;
  for (const SovereignState& state : states) {
    const std::vector<std::string> words = words_of(state.last().name);
    const bool all = std::all_of(wanted.begin(), wanted.end(), [&](const auto& word) { return is_among(words, word); });
    if (all && state.last().to >= names_since) found.push_back(state.last().name);
  }
  return found;
}

}  // namespace

const StatePeriod& SovereignState::on(sys_days day) const {
  const StatePeriod* found = &periods.front();
  for (const StatePeriod& period : periods) {
    if (period.from <= day) found = &period;
  }
  return *found;
}

bool SovereignState::existed(sys_days day) const {
  return std::any_of(periods.begin(), periods.end(),
                     [&](const StatePeriod& period) { return period.from <= day && day <= period.to; });
}

std::optional<sys_days> SovereignState::ended() const {
  if (last().to >= still_exists) return std::nullopt;
  return last().to;
}

const SovereignState* States::of_code(int code) const {
  const auto found =
      std::find_if(states_.begin(), states_.end(), [&](const SovereignState& state) { return state.code == code; });
  return found == states_.end() ? nullptr : &*found;
}

const SovereignState* States::of_gw_code(int gw_code, sys_days from, sys_days to) const {
  for (const SovereignState& state : states_) {
    for (const StatePeriod& period : state.periods) {
      if (period.gw_code == gw_code && period.from <= to && from <= period.to) return &state;
    }
  }
  return nullptr;
}

bool States::existed(int code, sys_days from, sys_days to) const {
  const SovereignState* state = of_code(code);
  return state != nullptr && std::any_of(state->periods.begin(), state->periods.end(), [&](const StatePeriod& period) {
           return period.from <= to && from <= period.to;
         });
}

int States::gw_code(int code, sys_days day) const {
  const SovereignState* state = of_code(code);
  return state == nullptr ? code : state->on(day).gw_code;
}

const SovereignState& States::find(const std::string& text, std::optional<sys_days> day) const {
  std::vector<Match> matches;
  const std::vector<std::string> wanted = words_of(text);
  const std::string code = fmt::format("{}", fmt::join(wanted, " "));
  for (const SovereignState& state : states_) {
    if (std::to_string(state.code) == code) return state;
    for (const StatePeriod& period : state.periods) {
      if (!period.iso3.empty() && plain(period.iso3) == code) matches.push_back({&state, &period});
    }
  }
  if (const SovereignState* found = best_of(matches, day)) return *found;
  const std::vector<Name> names = names_of(states_);
  std::vector<std::string> bare = wanted;
  std::erase_if(bare, [](const std::string& word) { return is_among(titles, word); });
  for (const std::vector<std::string>& words : {wanted, bare}) {
    for (const Name& name : names) {
      if (!words.empty() && key_of(name.words) == key_of(words)) matches.push_back({name.state, name.period});
    }
    if (const SovereignState* found = best_of(matches, day)) return *found;
  }
  std::string advice = "give its name, ISO 3166-1 alpha-3 or Correlates of War code";
  if (const auto nearest = nearest_names(wanted, names); !nearest.empty()) {
    advice = fmt::format("did you mean '{}'?", fmt::join(nearest, "' or '"));
  } else if (const auto several = bare.empty() ? std::vector<std::string>{} : states_with(bare, states_);
             several.size() > 1 && several.size() < 5) {
    advice = fmt::format("which: {}?", fmt::join(several, " or "));
  }
  throw InputError(fmt::format("the record knows no country '{}' ({})", text, advice));
}

std::string plain_name(std::string_view name) { return fmt::format("{}", fmt::join(words_of(name), " ")); }

}  // namespace interregnum
