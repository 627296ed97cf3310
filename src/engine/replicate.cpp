#include "engine/replicate.hpp"

#include <algorithm>
#include <cmath>

#include "model/country.hpp"
#include "model/legal_state.hpp"
#include "model/seizure/seizure.hpp"

namespace interregnum {

namespace {

// Two dates that lie closer together, in hours, are one date that was computed in two ways.
constexpr double same_date = 1e-6;

/// A captive who resigns stays a captive, and a ruler who resigns abroad has fled.
RulerFate fate_of_ruler(const SeizureState& seizure) {
  if (seizure.captured) return RulerFate::captured;
  if (seizure.fled) return RulerFate::fled;
  return seizure.resigned ? RulerFate::resigned : RulerFate::at_large;
}

/// One replicate in the making: keeps the clock, and takes what happens to the record.
class Course {
 public:
  Course(const World& world, const Theta& theta, const ReplicateId& id, State& state, Until until)
      : draws_(id.seed, id.stream, id.replicate),
        country_{world, theta, draws_, state, 0.0, 0.0},
        seizure_{world, theta.seizure, draws_, state.inputs, state.seizure, state.log},
        until_(until) {
    record_.replicate = id.replicate;
    record_.input_draw = id.input_draw();
    end_ = state.inputs[world.horizon];
  }

  RunRecord play() {
    start_country(country_);
    if (country_.world.begins_with_attempt) begin_attempt(Rank::middle);
    while (!over_) {
      if (rulers().attempt_is_on) {
        play_attempt();
      } else if (country_.hour >= end_) {
        over_ = true;
      } else {
        step_to(next_step(now_is_fine() ? clock().fine_step : clock().coarse_step));
      }
    }
    return finish();
  }

 private:
  CountryState& land() { return country_.state.country; }
  Rulers& rulers() { return country_.state.rulers; }
  std::size_t capital() const { return static_cast<std::size_t>(country_.world.capital); }
  const ClockTheta& clock() const { return country_.theta.clock; }

  bool now_is_fine() const { return country_.hour - quiet_since_ < clock().fine_days * hours_per_day; }

  /// Steps begin and end on whole multiples of their length from the start, so that two worlds keep the same dates
  /// whatever happens in them.
  static double next_date(double hour, double length) { return (std::floor(hour / length + 1e-9) + 1.0) * length; }
  /// The end of the present step of the whole country.
  double next_step(double length) const { return next_date(full_step_, length); }

  void begin_attempt(Rank tier) {
    AttemptPlan& plan = country_.state.seizure.plan;
    if (!plan_attempt(country_, tier, plan)) return;
    if (plan.number == 0) {
      record_.attempt_hour = country_.hour;
      record_.tier = plan.tier;
    } else if (std::isnan(record_.another_attempt_hour)) {
      record_.another_attempt_hour = country_.hour;
    }
    power_was_taken_ = false;
    rulers().attempt_is_on = true;
    seizure_.draws = draws_.for_attempt(plan.number);
    begin_seizure(seizure_, country_.hour, result_);
  }

  /// Plays on to the next step of the capital's crowds or of the whole country, whichever comes first.
  void play_attempt() {
    const double crowd = next_date(country_.hour, power_was_taken_ ? clock().holding_step : clock().crowd_step);
    const double full = next_step(clock().fine_step);
    const double until = crowd > full - same_date ? full : crowd;
    advance_seizure(seizure_, until, result_);
    rulers().is_on_air = !power_was_taken_ && country_.state.seizure.on_air;
    if (result_.taken && !power_was_taken_) {
      power_was_taken_ = true;
      country_.hour = result_.taken_hour;
      if (first_junta_rules_) take_peaks();  // what follows is another junta's, unless the first comes back
      junta_takes_power(country_);
      if (country_.state.seizure.plan.number == 0) record_.initial_cohesion = rulers().now.initial_cohesion;
    }
    if (result_.verdict != Verdict::open) {
      country_.hour = std::max(country_.hour, country_.state.seizure.now);
      end_attempt();
      return;
    }
    country_.hour = until;
    ++record_.steps;
    step_crowd(country_, capital());
    if (until == full) full_step(until);
    if (!rulers().attempt_is_on) return;
    const double against = crowd_against(country_, capital());
    const double supporting = crowd_for(country_, capital());
    set_street(seizure_, until, power_was_taken_ ? supporting - against : against - supporting);
  }

  /// What the country is after an attempt, and what that makes of the record.
  void end_attempt() {
    const bool held = result_.verdict == Verdict::held;
    if (held) {
      change_ruler(country_, RulerChange::hold);
    } else {
      ruler_survives(country_);
    }
    close_attempt(held);
    if (country_.state.seizure.plan.number > 0 && held && result_.taken_hour <= end_) {
      if (std::isnan(record_.another_seizure_hour)) record_.another_seizure_hour = result_.taken_hour;
      if (first_junta_rules_) end_first_junta(Outcome::counter_coup, result_.taken_hour);
    }
  }

  /// An attempt is over, whoever rules now.
  void close_attempt(bool held) {
    rulers().attempt_is_on = false;
    rulers().is_on_air = false;
    land().deaths += result_.deaths;
    record_.steps += static_cast<std::uint32_t>(result_.events);
    country_.state.onset.last_attempt = country_.hour;
    settle_attitudes(country_, held);
    if (country_.state.seizure.plan.number > 0) return;
    quiet_since_ = country_.hour;
    record_first_attempt(held);
  }

  void record_first_attempt(bool held) {
    record_.taken_hour = result_.taken_hour;
    record_.decided_hour = result_.decided_hour;
    record_.deaths = result_.deaths;
    record_.ruler_fate = fate_of_ruler(country_.state.seizure);
    record_.undecided_at_day_seven = result_.undecided_at_day_seven;
    record_.outcome = held ? Outcome::in_power : (result_.taken ? Outcome::reversed : Outcome::failed);
    record_.ended_hour = result_.decided_hour;
    first_junta_rules_ = held;
    if (!held) forget_leader(country_);
    if (country_.world.begins_with_attempt) end_ = result_.decided_hour + country_.state.inputs[country_.world.horizon];
    if (until_ == Until::seizure || (until_ == Until::outcome && !held)) over_ = true;
  }

  void step_to(double hour) {
    country_.hour = std::min(hour, end_);
    ++record_.steps;
    full_step(country_.hour);
    Rank tier = Rank::middle;
    if (step_onset(country_, tier)) begin_attempt(tier);
  }

  /// One step of everything but the attempt itself.
  void full_step(double hour) {
    country_.step = hour - full_step_;
    full_step_ = hour;
    const Removal removal = step_country(country_);
    if (removal.happens) remove(removal);
    ensure_legal_state(country_);
  }

  void remove(const Removal& removal) {
    announce(removal);
    const bool first_was_deposed = first_junta_rules_ && rulers().plot_rules;
    if (rulers().attempt_is_on) {
      // Power that was taken and is lost within the seven days, however it is lost.
      result_.decided_hour = country_.hour;
      close_attempt(false);
    }
    learn_from(removal.how);
    if (first_was_deposed) {
      // A later plot had overthrown the first junta, which does not come back.
      if (result_.taken_hour <= end_) end_first_junta(Outcome::counter_coup, result_.taken_hour);
    } else if (first_junta_rules_ && country_.hour <= end_) {
      record_.handover = removal.handover;
      record_.reasons = removal.reasons;
      end_first_junta(removal.how, country_.hour);
    }
    bring_successor(country_, removal.how);
  }

  void announce(const Removal& removal) {
    EventKind kind = EventKind::junta_hands_over;
    if (removal.how == Outcome::uprising) kind = EventKind::junta_falls_to_crowd;
    if (removal.how == Outcome::intervention) kind = EventKind::junta_driven_out;
    if (removal.how == Outcome::insurgent_takeover) kind = EventKind::capital_falls;
    const std::int32_t actor = kind == EventKind::capital_falls ? country_.state.war.holder[capital()] : none;
    tell(country_, kind, actor, country_.world.capital, 0.0,
         removal.handover == HandoverKind::election ? Reasons{} : removal.reasons);
  }

  void learn_from(Outcome how) {
    if (how == Outcome::uprising || how == Outcome::handover) remember(country_, Lesson::no_support_base);
    if (how == Outcome::intervention) remember(country_, Lesson::foreign_pretext);
    const Reign& reign = rulers().now;
    if (reign.initial_cohesion < 0.5) remember(country_, Lesson::split_army);
    if (land().lost_share - reign.lost_before > 0.05) remember(country_, Lesson::towns_lost);
  }

  void end_first_junta(Outcome how, double hour) {
    first_junta_rules_ = false;
    if (until_ == Until::outcome) over_ = true;
    record_.outcome = how;
    record_.ended_hour = hour;
    if (how != Outcome::counter_coup) take_peaks();
    CountryState& state = land();
    if (state.leader_exit == LeaderExit::in_office) {
      state.leader_exit = LeaderExit::with_the_junta;
      state.leader_exit_hour = hour;
    }
  }

  void take_peaks() {
    record_.peak_against = rulers().now.peak_against;
    record_.peak_for = rulers().now.peak_for;
  }

  RunRecord finish() {
    const CountryState& state = land();
    if (first_junta_rules_ || record_.outcome == Outcome::no_attempt) {
      // An attempt that was on at the horizon is played to its end.
      if (until_ != Until::seizure)
        record_.ended_hour = std::isnan(record_.decided_hour) ? end_ : std::max(end_, record_.decided_hour);
      take_peaks();
    }
    // An attempt is played on before what came of it is told.
    std::stable_sort(country_.state.log.events.begin(), country_.state.log.events.end(),
                     [](const Event& left, const Event& right) { return left.hour < right.hour; });
    record_.horizon_hour = end_;
    record_.kinds_seen = country_.state.log.kinds_seen;
    record_.leader_exit = state.leader_exit;
    record_.leader_exit_hour = state.leader_exit_hour;
    record_.deaths_in_all = state.deaths;
    record_.towns_lost = country_.state.war.towns_lost;
    record_.peak_lost = country_.state.war.peak_lost;
    return record_;
  }

  Draws draws_;
  Country country_;
  Seizure seizure_;
  Until until_;
  SeizureResult result_;
  RunRecord record_;
  double end_ = 0.0;          ///< the horizon
  double full_step_ = 0.0;    ///< end of the last step of the whole country
  double quiet_since_ = 0.0;  ///< when the first attempt was decided
  bool power_was_taken_ = false;
  bool first_junta_rules_ = false;
  bool over_ = false;
};

}  // namespace

RunRecord run(const World& world, const Theta& theta, const ReplicateId& id, State& scratch, Until until) {
  draw_inputs(world, id.seed, id.stream, id.input_draw(), scratch);
  return run_with_inputs(world, theta, id, scratch, until);
}

RunRecord run_with_inputs(const World& world, const Theta& theta, const ReplicateId& id, State& scratch, Until until) {
  scratch.log.kinds_seen.reset();
  scratch.log.events.clear();
  return Course(world, theta, id, scratch, until).play();
}

}  // namespace interregnum
