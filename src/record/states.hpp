#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace interregnum {

/// The last day of a state that has not ended.
inline constexpr std::chrono::sys_days still_exists = std::chrono::year(9999) / 12 / 31;

/// A time in which a state's codes and its name stayed the same. Both days are its own.
struct StatePeriod {
  std::chrono::sys_days from, to;
  int gw_code = 0;   ///< Gleditsch & Ward's
  std::string iso3;  ///< ISO 3166-1 alpha-3 as it was then (withdrawn ones: ISO 3166-3); empty if there was none
  std::string name;
  std::vector<std::string> other_names;
};

/// A state as Correlates of War count them, with its periods in their order.
struct SovereignState {
  int code = 0;  ///< Correlates of War
  std::vector<StatePeriod> periods;

  const StatePeriod& last() const { return periods.back(); }
  /// The period of a day; outside them the last that had begun, and before all the first.
  const StatePeriod& on(std::chrono::sys_days day) const;
  bool existed(std::chrono::sys_days day) const;
  /// Its last day; nothing if it still exists.
  std::optional<std::chrono::sys_days> ended() const;
};

/// The states of the world: data/states.csv.
class States {
 public:
  States() = default;
  /// Periods of a state must follow one another in the list.
  explicit States(std::vector<SovereignState> states) : states_(std::move(states)) {}

  const std::vector<SovereignState>& all() const { return states_; }
  /// Nothing if there is no such code.
  const SovereignState* of_code(int code) const;
  /// The state that had a code of Gleditsch & Ward on some day from `from` to `to`; nothing if none had.
  const SovereignState* of_gw_code(int gw_code, std::chrono::sys_days from, std::chrono::sys_days to) const;
  /// Whether the state of a Correlates of War code existed on some day from `from` to `to`.
  bool existed(int code, std::chrono::sys_days from, std::chrono::sys_days to) const;
  /// Gleditsch & Ward's code of a state of Correlates of War on a day; the same code if the state is not known.
  int gw_code(int code, std::chrono::sys_days day) const;
  /// By Correlates of War code, ISO 3166-1 alpha-3 or any name that it had since 1946. Case, accents, apostrophes,
  /// hyphens, the order of words, articles and titles (`Republic of`) make no difference. Of several the state that
  /// existed on `day`, else the latest. Throws InputError, with a suggestion if a name differs by a letter or two.
  const SovereignState& find(const std::string& text, std::optional<std::chrono::sys_days> day = {}) const;

 private:
  std::vector<SovereignState> states_;
};

/// The words of a name in plain small letters, without articles and abbreviations: `Congo, Dem. Rep.` is
/// `congo democratic republic`.
std::string plain_name(std::string_view name);

}  // namespace interregnum
