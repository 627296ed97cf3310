#include "fit/questions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/quantity.hpp"

namespace interregnum {

namespace {

constexpr double never = std::numeric_limits<double>::infinity();

std::size_t at(Question question, std::size_t interval) { return static_cast<std::size_t>(question) + interval; }

/// Asks, interval by interval, whether it happened at `event`, of those who were followed for so long and whom nothing
/// else (`other_end`) had taken out.
void ask_by_interval(Answers& answers, Question first, double begin, double event, double other_end, double followed) {
  for (std::size_t interval = 0; interval < interval_ends.size(); ++interval) {
    const double end = interval_ends[interval];
    // Not followed to its end, an interval is not asked even of those to whom it happened: where a yes would count and
    // a no would not, the hazard would look too high.
    if (event <= begin || other_end <= begin || followed < end) return;
    if (event <= end && event <= other_end) {
      answers.answer(at(first, interval), true);
      return;
    }
    if (other_end <= end) return;
    answers.answer(at(first, interval), false);
    begin = end;
  }
}

/// Whether the spell of the leader after an attempt began with it: he did not rule before, by this coup's or an earlier
/// one's word.
bool leader_began_with_it(const Record& record, const Attempt& attempt) {
  if (attempt.leader_after.empty() || attempt.leader_after == attempt.leader_before) return false;
  return std::none_of(record.attempts.begin(), record.attempts.end(), [&](const Attempt& earlier) {
    return earlier.country_code == attempt.country_code && earlier.date < attempt.date && earlier.leader_after_days &&
           earlier.leader_after == attempt.leader_after &&
           static_cast<double>((attempt.date - earlier.date).count()) <= *earlier.leader_after_days;
  });
}

}  // namespace

bool has_leader_spell(const Record& record, const Attempt& attempt) {
  return attempt.leader_after_days && *attempt.leader_after_days > days_to_hold &&
         leader_began_with_it(record, attempt);
}

Answers answers_of(const Record& record, const Attempt& attempt) {
  Answers answers;
  answers.answer(at(Question::succeeded, 0), attempt.succeeded);
  if (attempt.csp_deaths) answer_deaths(answers, attempt.succeeded, *attempt.csp_deaths);
  if (!attempt.succeeded && attempt.cdp_realized)
    answers.answer(at(Question::lost_again_if_failed, 0), *attempt.cdp_realized > 0);
  if (!attempt.succeeded) return answers;
  const auto followed = static_cast<double>((record.until - attempt.date).count());
  const double next = attempt.days_to_next_success.value_or(never);
  ask_by_interval(answers, Question::further_30_days, 0.0, next, never, followed);
  if (!has_leader_spell(record, attempt)) return answers;
  const bool open = attempt.leader_after_censored && *attempt.leader_after_censored > 0;
  const double days = open ? never : *attempt.leader_after_days;
  // Sources date the end of a spell and the coup that ended it up to a week apart.
  const bool by_coup = next <= days + days_to_hold;
  ask_by_interval(answers, Question::leader_left_30_days, days_to_hold, by_coup ? never : days, next,
                  open ? std::min(followed, *attempt.leader_after_days) : followed);
  return answers;
}

QuestionSet questions_known(const Record& record, const Attempt& attempt) {
  QuestionSet known;
  for (std::size_t question = 0; question < question_count; ++question) {
    const bool of_deaths =
        question >= at(Question::without_deaths_if_succeeded, 0) && question <= at(Question::many_deaths_if_failed, 0);
    const bool of_leader = question >= at(Question::leader_left_30_days, 0);
    if (of_deaths) {
      known.set(question, attempt.csp_deaths.has_value());
    } else if (question == at(Question::lost_again_if_failed, 0)) {
      known.set(question, attempt.cdp_realized.has_value());
    } else {
      known.set(question, !of_leader || (attempt.leader_after_days && leader_began_with_it(record, attempt)));
    }
  }
  return known;
}

void answer_deaths(Answers& answers, bool succeeded, double deaths) {
  const bool nobody = deaths < 0.5;
  answers.answer(at(succeeded ? Question::without_deaths_if_succeeded : Question::without_deaths_if_failed, 0), nobody);
  if (!nobody)
    answers.answer(at(succeeded ? Question::many_deaths_if_succeeded : Question::many_deaths_if_failed, 0),
                   deaths > many_deaths);
}

Answers answers_of(const RunRecord& run, double followed_days) {
  Answers answers;
  const bool seized = is_seized(run.outcome);
  answers.answer(at(Question::succeeded, 0), seized);
  answer_deaths(answers, seized, run.deaths);
  if (!seized) answers.answer(at(Question::lost_again_if_failed, 0), run.outcome == Outcome::reversed);
  if (!seized) return answers;
  const auto days = [&](double hour) { return std::isnan(hour) ? never : (hour - run.taken_hour) / hours_per_day; };
  const double followed = std::min(followed_days, days(run.horizon_hour) + 1.0);  // two years are 730 days and a half
  const double next = days(run.another_seizure_hour);
  ask_by_interval(answers, Question::further_30_days, 0.0, next, never, followed);
  const double left = days(run.leader_exit_hour);
  if (left <= days_to_hold) return answers;
  const bool by_coup = next <= left;
  ask_by_interval(answers, Question::leader_left_30_days, days_to_hold, by_coup ? never : left, next, followed);
  return answers;
}

}  // namespace interregnum
