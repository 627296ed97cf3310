#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>

namespace interregnum {

/// What can move a decision or a hazard.
enum class Term : std::uint8_t {
  nothing,
  pact,
  seats,
  stance,
  support,
  patron,
  alignment,
  plotters,
  broken_order,
  crowds_against,
  crowds_for,
  pretext,
  mandate,
  cost_of_force,
  rivals,
  sanctions,
  cohesion,
  blocs_against,
  blocs_for,
  envoys,
  foreign_force,
  attackers,
  will_to_shoot,
  hostility,
  invitation,
  new_to_power,
};

struct TermDescription {
  std::string_view name;  ///< stable key in results
  std::string_view words;
};

inline constexpr std::size_t term_count = 26;
inline constexpr std::array<TermDescription, term_count> term_descriptions{{
    {"nothing", ""},
    {"pact", "the pact made beforehand"},
    {"seats", "the seats offered to civilians"},
    {"stance", "its stance toward the old ruler"},
    {"support", "what the public thinks of the ruler"},
    {"patron", "its foreign patron"},
    {"alignment", "its ties with the old ruler"},
    {"plotters", "its ties with the officers"},
    {"broken_order", "the breach of constitutional order"},
    {"crowds_against", "crowds against the ruler"},
    {"crowds_for", "crowds for the ruler"},
    {"pretext", "towns in the hands of groups that it calls extremist"},
    {"mandate", "a mandate"},
    {"cost_of_force", "the cost of sending soldiers"},
    {"rivals", "its rivals' favour for the ruler"},
    {"sanctions", "sanctions"},
    {"cohesion", "the army's cohesion"},
    {"blocs_against", "blocs that oppose the ruler"},
    {"blocs_for", "blocs that endorse the ruler"},
    {"envoys", "the envoys' pressure"},
    {"foreign_force", "foreign soldiers"},
    {"attackers", "the attackers' strength"},
    {"will_to_shoot", "the army's will to shoot"},
    {"hostility", "its hostility to the ruler"},
    {"invitation", "the call of a friendly ruler for help"},
    {"new_to_power", "that the junta is new to power"},
}};

struct Reason {
  Term term = Term::nothing;
  float amount = 0.0F;  ///< in the unit of what it moved: a utility, or the logarithm of a hazard
};

/// The terms that moved a decision most, the largest first.
class Reasons {
 public:
  static constexpr std::size_t kept = 3;

  /// Returns the amount, so that a sum can be written term by term.
  double add(Term term, double amount) {
    Reason reason{term, static_cast<float>(amount)};
    if (reason.amount == 0.0F) return amount;
    for (Reason& place : top_) {
      if (std::abs(reason.amount) > std::abs(place.amount)) std::swap(reason, place);
    }
    return amount;
  }
  const std::array<Reason, kept>& top() const { return top_; }

 private:
  std::array<Reason, kept> top_{};
};

}  // namespace interregnum
