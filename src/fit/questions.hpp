#pragma once

#include <array>
#include <bitset>
#include <limits>
#include <string_view>

#include "engine/run_record.hpp"
#include "record/attempt.hpp"

namespace interregnum {

/// The yes-or-no questions about an attempt that the record answers, and a simulated future in the same way. The times
/// after a success are asked interval by interval, each only of those to whom nothing had happened before: so asked, a
/// survival curve is a chain of independent yes-or-no questions (discrete-time hazards; Prentice & Gloeckler 1978).
enum class Question {
  succeeded,
  without_deaths_if_succeeded,
  without_deaths_if_failed,
  many_deaths_if_succeeded,  ///< more than `many_deaths`, of those that cost lives
  many_deaths_if_failed,
  lost_again_if_failed,  ///< power was taken, and lost within the seven days
  further_30_days,       ///< a further coup succeeded within the interval that ends there
  further_90_days,
  further_180_days,
  further_365_days,
  further_730_days,
  leader_left_30_days,  ///< the first leader left office otherwise than by a coup (those whom one overthrows in the
  leader_left_90_days,  ///< interval are not asked: the coup is asked about already)
  leader_left_180_days,
  leader_left_365_days,
  leader_left_730_days,
};

inline constexpr std::size_t question_count = 16;
inline constexpr std::array<std::string_view, question_count> question_names{"succeeded",
                                                                             "without_deaths_if_succeeded",
                                                                             "without_deaths_if_failed",
                                                                             "many_deaths_if_succeeded",
                                                                             "many_deaths_if_failed",
                                                                             "lost_again_if_failed",
                                                                             "further_30_days",
                                                                             "further_90_days",
                                                                             "further_180_days",
                                                                             "further_365_days",
                                                                             "further_730_days",
                                                                             "leader_left_30_days",
                                                                             "leader_left_90_days",
                                                                             "leader_left_180_days",
                                                                             "leader_left_365_days",
                                                                             "leader_left_730_days"};
inline constexpr std::size_t seizure_questions = 6;  ///< the first so many are about the attempt itself
inline constexpr std::array<int, 5> interval_ends{30, 90, 180, 365, 730};  ///< days after a success
inline constexpr double days_to_hold = 7.0;
inline constexpr double many_deaths = 96.0;  ///< one attempt in ten on record cost more

using QuestionSet = std::bitset<question_count>;

struct Answers {
  QuestionSet asked;
  QuestionSet yes;

  void answer(std::size_t question, bool is_yes) {
    asked.set(question);
    yes.set(question, is_yes);
  }
};

/// What the record says. A leader's spell is left out where it began before the coup (the ruler who overthrew his own
/// government) or with an earlier coup, and where he left within the seven days.
Answers answers_of(const Record& record, const Attempt& attempt);

/// Whether the leader after an attempt counts: his spell began with it, and lasted longer than the seven days.
bool has_leader_spell(const Record& record, const Attempt& attempt);

/// What a future that was played to its horizon says, as far as it was followed. Of one that was played to the seizure
/// only the first six count.
Answers answers_of(const RunRecord& run, double followed_days = std::numeric_limits<double>::infinity());

/// Which of the questions the record could have answered, whatever had come of the attempt: nobody's deaths or leaders
/// are known everywhere.
QuestionSet questions_known(const Record& record, const Attempt& attempt);

/// Answers whether anybody died in an attempt that ended so, and if somebody did, whether many.
void answer_deaths(Answers& answers, bool succeeded, double deaths);

}  // namespace interregnum
