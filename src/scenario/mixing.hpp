#pragma once

#include <string>
#include <vector>

#include "scenario/scenario.hpp"

namespace interregnum {

/// Something in which two country files differ: one value, an entry that only one of them has, or a whole section.
struct Factor {
  std::string name;               ///< `public`, or a key path such as `plot.tier`
  std::string label;              ///< for people: "the public"
  std::vector<std::string> keys;  ///< the values and entries that differ
};

enum class FactorKind { section, key };

/// The section that a key path belongs to, as a factor without keys; empty names if to none (name, horizon, sources).
Factor section_of(const std::string& key);

/// Two country files of the same country, and everything in between: some factors from the one, the others from the
/// other. What lies before or after the start is kept at its distance from it, whichever date the mix begins on.
class Mixer {
 public:
  /// Throws InputError if the two cannot be compared (another country, horizon or beginning).
  Mixer(Scenario a, Scenario b, FactorKind kind);

  const std::vector<Factor>& factors() const { return factors_; }
  /// Index of a factor by name; throws InputError with a suggestion.
  std::size_t factor(const std::string& name) const;

  /// The first file with factor i from the second wherever `from_b[i]`. What then leads nowhere (a plot's unit that the
  /// army does not have) is left out and said in `notes`. Throws InputError if nothing sensible remains.
  Scenario mix(const std::vector<bool>& from_b, std::vector<std::string>* notes = nullptr) const;

 private:
  Scenario a_, b_;  ///< the second moved to the first one's date
  std::vector<Factor> factors_;
  /// Labels of groups that only one file has go with the group: (patron, group).
  std::vector<std::pair<std::string, std::string>> labels_;
};

}  // namespace interregnum
