#pragma once

#include <string>
#include <vector>

#include "model/events.hpp"
#include "world/world.hpp"

namespace interregnum {

/// Name of the place where an event happened; empty if it was in no particular one.
std::string event_place(const World& world, const Event& event);

/// Name of who acted; empty if nobody in particular.
std::string event_actor(const World& world, const Event& event);

/// `broadcaster`, or empty.
std::string event_site(const World& world, const Event& event);

/// Tells the events of one replicate, in their order, as sentences: it remembers who rules and who plots.
class Narrator {
 public:
  explicit Narrator(const World& world);

  /// One event as a sentence, without date or place, with what moved those who decided.
  std::string tell(const Event& event);

 private:
  std::string sentence(const Event& event) const;
  /// Whether what the narrator remembers, or who acted, asks for the event's other sentence.
  bool tells_otherwise(const Event& event) const;
  void remember(const Event& event);
  void meet(const std::string& ruler, bool of_the_old_class, bool as_person);
  std::string successor() const;
  EventKind course_before(const Event& event) const;

  const World& world_;
  std::string ruler_, ruler_before_, plot_;
  std::vector<EventKind> courses_;  ///< by patron: toward the ruler of the day, as last told
  bool old_class_rules_ = true, old_class_ruled_ = true;
  int juntas_ = 0;
  bool first_attempt_ = true;
  bool is_contested_ = false;  ///< power was taken less than seven days ago
  bool rules_as_person_ = true;
  bool ruled_as_person_ = true;  ///< whoever ruled before power was taken
};

}  // namespace interregnum
