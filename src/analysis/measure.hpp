#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/replicate.hpp"
#include "model/events.hpp"

namespace interregnum {

/// What is asked of a future: whether something happened, perhaps only of futures in which power was seized.
class Measure {
 public:
  /// `in_power` and the other outcomes, `seized`, `attempted`, `another_attempt`, `another_seizure`, `tenth_lost`,
  /// or the name of an event (docs/results-file.md); behind any of them `_if_seized`. Throws InputError with a
  /// suggestion.
  explicit Measure(const std::string& name);

  const std::string& name() const { return name_; }
  /// "the junta is in power at the horizon", "… if power was seized": the end of a sentence. With a horizon such as
  /// "24 months": "the junta is in power after 24 months".
  std::string words(const std::string& horizon = "") const;
  /// How far a future has to be played to tell.
  Until until() const;
  /// 1 if it happened, 0 if not, NaN if the question does not arise.
  float of(const RunRecord& record) const;
  bool is_conditional() const { return if_seized_; }

  static std::vector<std::string> names();

 private:
  void read_threshold(const std::string& text, std::size_t sign);

  enum class Kind { outcome, of_attempts, quantity, event };

  std::string name_;
  std::string words_;
  Kind kind_ = Kind::outcome;
  std::size_t index_ = 0;  ///< in the table of its kind
  double threshold_ = 0.0;
  bool if_seized_ = false;
};

}  // namespace interregnum
