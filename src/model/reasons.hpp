#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace interregnum {

/// What can move a decision or a hazard. Where the words depend on the sign of what is measured (ties or enmity),
/// either sign is a term of its own, so that the words of a term are true whatever the sign of its parameter.
enum class Term : std::uint8_t {
  nothing,
  pact,
  civilian_seats,
  soldiers_seats,
  ties,
  enmity,
  old_ties,
  old_enmity,
  plotters_ties,
  plotters_enmity,
  relations,
  civilian_rule,
  support,
  discontent,
  patron_for,
  patron_against,
  broken_order,
  crowds_against,
  crowds_for,
  towns_lost,
  killings,
  mandate,
  cost_of_force,
  rivals_for,
  rivals_against,
  sanctions,
  cohesion,
  disunity,
  blocs_against,
  blocs_for,
  envoys,
  foreign_force,
  attackers,
  will_to_shoot,
  refusal_to_shoot,
  invitation,
  new_to_power,
};

struct TermDescription {
  std::string_view name;  ///< stable key in results
  std::string_view words;
};

inline constexpr std::size_t term_count = 37;
inline constexpr std::array<TermDescription, term_count> term_descriptions{{
    {"nothing", ""},
    {"pact", "the pact made beforehand"},
    {"civilian_seats", "the seats offered to civilians"},
    {"soldiers_seats", "the seats that soldiers keep"},
    {"ties", "its ties with the ruler"},
    {"enmity", "its enmity toward the ruler"},
    {"old_ties", "its ties with the old ruler"},
    {"old_enmity", "its enmity toward the old ruler"},
    {"plotters_ties", "its ties with the officers"},
    {"plotters_enmity", "its enmity toward the officers"},
    {"relations", "its relations with the ruler up to now"},
    {"civilian_rule", "rule by civilians"},
    {"support", "the public's support for the ruler"},
    {"discontent", "the public's discontent with the ruler"},
    {"patron_for", "its foreign patron's favour for the ruler"},
    {"patron_against", "its foreign patron's stand against the ruler"},
    {"broken_order", "the breach of constitutional order"},
    {"crowds_against", "crowds against the ruler"},
    {"crowds_for", "crowds for the ruler"},
    {"towns_lost", "towns in the hands of groups that it calls extremist"},
    {"killings", "killings by the ruler's soldiers"},
    {"mandate", "a mandate"},
    {"cost_of_force", "the cost of sending soldiers"},
    {"rivals_for", "its rivals' favour for the ruler"},
    {"rivals_against", "its rivals' stand against the ruler"},
    {"sanctions", "sanctions"},
    {"cohesion", "the army's cohesion"},
    {"disunity", "the army's lack of cohesion"},
    {"blocs_against", "blocs that oppose the ruler"},
    {"blocs_for", "blocs that endorse the ruler"},
    {"envoys", "the envoys' pressure"},
    {"foreign_force", "foreign soldiers"},
    {"attackers", "the attackers' strength"},
    {"will_to_shoot", "the army's will to shoot"},
    {"refusal_to_shoot", "the army's unwillingness to shoot"},
    {"invitation", "the call of a friendly ruler for help"},
    {"new_to_power", "the junta's first months in power"},
}};

struct Reason {
  Term term = Term::nothing;
  float amount = 0.0F;  ///< in the unit of what it moved: a utility, or the logarithm of a hazard; above zero
};

/// The terms that moved something most toward what happened, the largest first. A term that held it back is no reason
/// for it and is not kept.
class Reasons {
 public:
  static constexpr std::size_t kept = 3;

  /// Returns the amount, so that a sum can be written term by term. Each term is added once.
  double add(Term term, double amount) {
    Reason reason{term, static_cast<float>(amount)};
    if (!(reason.amount > 0.0F)) return amount;
    for (Reason& place : top_) {
      if (reason.amount > place.amount) std::swap(reason, place);
    }
    return amount;
  }
  /// Of something measured that is called `positive` above zero and `negative` below.
  double add(Term positive, Term negative, double coefficient, double measured) {
    return add(measured < 0 ? negative : positive, coefficient * measured);
  }
  const std::array<Reason, kept>& top() const { return top_; }

 private:
  std::array<Reason, kept> top_{};
};

/// A utility as the sum of its terms. What explains a choice is the difference, term by term, between the utilities of
/// the course taken and of the one that it was taken against.
class Utility {
 public:
  void add(Term term, double amount) { terms_[static_cast<std::size_t>(term)] += amount; }
  /// Of something measured that is called `positive` above zero and `negative` below.
  void add(Term positive, Term negative, double coefficient, double measured) {
    add(measured < 0 ? negative : positive, coefficient * measured);
  }
  void add(const Utility& other, double times) {
    for (std::size_t term = 0; term < term_count; ++term) terms_[term] += times * other.terms_[term];
  }
  double sum() const {
    double sum = 0.0;
    for (const double amount : terms_) sum += amount;
    return sum;
  }
  /// What speaks for this against `other` and against `another`: the smaller of the two differences.
  Reasons against(const Utility& other, const Utility& another) const {
    Reasons reasons;
    for (std::size_t term = 0; term < term_count; ++term)
      reasons.add(static_cast<Term>(term), terms_[term] - std::max(other.terms_[term], another.terms_[term]));
    return reasons;
  }
  Reasons against(const Utility& other) const { return against(other, other); }

 private:
  std::array<double, term_count> terms_{};
};

}  // namespace interregnum
