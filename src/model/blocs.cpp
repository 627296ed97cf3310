#include "model/blocs.hpp"

#include <algorithm>

#include "model/country.hpp"

namespace interregnum {

namespace {

// Below this a stance toward the ruler before the coup is no public word.
constexpr double outspoken = 0.25;

/// Brings what the public hears in line with what the blocs say.
void spread_words(Country& country) {
  BlocsState& state = country.state.blocs;
  PublicState& people = country.state.people;
  for (PlaceCrowd& place : people.places) {
    place.words = place.call_against = place.call_for = 0;
    place.due_at = 0;  // everybody hears of it
  }
  state.endorsing = state.opposing = 0;
  for (std::size_t index = 0; index < state.blocs.size(); ++index) {
    const Word word = state.blocs[index].word;
    if (word == Word::stay_out) continue;
    (word == Word::endorse ? state.endorsing : state.opposing) += state.following[index];
    for (std::size_t place = 0; place < people.places.size(); ++place) {
      const double following = country.input(country.world.blocs[index].following[place]);
      people.places[place].words += static_cast<double>(word) * following;
      (word == Word::endorse ? people.places[place].call_for : people.places[place].call_against) += following;
    }
  }
  state.endorsing = std::min(1.0, state.endorsing);
  state.opposing = std::min(1.0, state.opposing);
}

/// Utility of endorsing the ruler of the day; opposing is worth as much less.
Utility utility_of_endorsing(const Country& country, std::size_t index) {
  const BlocsTheta& theta = country.theta.blocs;
  const WorldBloc& bloc = country.world.blocs[index];
  const Reign& reign = country.state.rulers.now;
  const auto capital = static_cast<std::size_t>(country.world.capital);
  const double stance = country.input(bloc.stance);
  Utility utility;
  // Toward the ruler of the file and his class the stance is what the file says it is: who is outspoken there has, by
  // his stance alone, more reason to speak than to stay out. Toward a junta the stance toward those whom it overthrew
  // counts as `stance` says; toward civilians who came after it not at all.
  if (is_old_class(reign.kind)) utility.add(Term::ties, Term::enmity, theta.hold_value / outspoken, stance);
  if (reign.kind == RulerKind::junta) {
    if (reign.overthrew_old_class) utility.add(Term::old_ties, Term::old_enmity, -theta.stance, stance);
    if (reign.from_plot_of_file && country.state.blocs.blocs[index].has_pact) utility.add(Term::pact, theta.pact);
    if (reign.transition_announced)
      utility.add(Term::civilian_seats, Term::soldiers_seats, theta.seats, 2.0 * reign.civilian_seats - 1.0);
  }
  utility.add(Term::support, Term::discontent, theta.followers, std::tanh(leaning_of_country(country)));
  utility.add(Term::crowds_for, theta.crowds * crowd_for(country, capital));
  utility.add(Term::crowds_against, -theta.crowds * crowd_against(country, capital));
  if (bloc.patron != none)
    utility.add(Term::patron_for, Term::patron_against, theta.patron,
                favour_of(country, static_cast<std::size_t>(bloc.patron)));
  return utility;
}

void speak(Country& country, std::size_t index) {
  const BlocsTheta& theta = country.theta.blocs;
  BlocState& bloc = country.state.blocs.blocs[index];
  const Utility endorsing = utility_of_endorsing(country, index);
  const double endorse = endorsing.sum();
  const std::array<double, 3>& convictions = bloc.convictions.of(
      country.draws, DrawPurpose::bloc_conviction, country.world.blocs[index].hash, country.state.rulers.now.era);
  std::array<double, 3> utilities{-endorse, theta.hold_value, endorse};
  for (std::size_t choice = 0; choice < utilities.size(); ++choice)
    utilities[choice] += convictions[choice] / theta.precision;
  if (bloc.has_spoken) utilities[static_cast<std::size_t>(static_cast<int>(bloc.word) + 1)] += theta.turning_cost;
  const auto best = std::max_element(utilities.begin(), utilities.end()) - utilities.begin();
  const Word word = static_cast<Word>(best - 1);
  const Word before = bloc.word;
  bloc.has_spoken = true;
  bloc.word = word;
  if (word == before) return;
  spread_words(country);
  const EventKind kind = word == Word::endorse  ? EventKind::bloc_endorses
                         : word == Word::oppose ? EventKind::bloc_opposes
                                                : EventKind::bloc_falls_silent;
  // What speaks for this word against the one before; who has not spoken of this ruler has stayed out.
  Utility chosen;
  chosen.add(endorsing, static_cast<double>(word) - static_cast<double>(before));
  tell(country, kind, static_cast<std::int32_t>(index), none, 0.0, chosen.against(Utility{}));
}

}  // namespace

void start_blocs(Country& country) {
  BlocsState& state = country.state.blocs;
  const PublicState& people = country.state.people;
  for (std::size_t index = 0; index < state.blocs.size(); ++index) {
    const WorldBloc& bloc = country.world.blocs[index];
    const double stance = country.input(bloc.stance);
    state.blocs[index] = BlocState{};
    state.blocs[index].has_spoken = true;
    state.blocs[index].word =
        stance > outspoken ? Word::endorse : (stance < -outspoken ? Word::oppose : Word::stay_out);
    const double u = country.draws.uniform(DrawPurpose::pact, bloc.hash);
    state.blocs[index].has_pact = u < chance_of_pact(country, country.input(bloc.pact));
    double followers = 0.0;
    for (std::size_t place = 0; place < people.places.size(); ++place)
      followers += people.places[place].population * country.input(bloc.following[place]);
    state.following[index] = people.population > 0 ? followers / people.population : 0.0;
  }
  spread_words(country);
}

void step_blocs(Country& country) {
  const BlocsTheta& theta = country.theta.blocs;
  for (const std::int32_t turn : country.state.blocs_first.order) {
    const auto index = static_cast<std::size_t>(turn);
    BlocState& bloc = country.state.blocs.blocs[index];
    const double rate = bloc.has_spoken ? theta.rate : theta.first_word_rate;
    if (bloc.clock.rings(country.draws, DrawPurpose::bloc_clock, country.world.blocs[index].hash,
                         rate * country.weeks()))
      speak(country, index);
  }
}

void blocs_meet_new_ruler(Country& country) {
  for (BlocWord& bloc : country.state.blocs.blocs) bloc = BlocWord{};
  spread_words(country);
}

void keep_words(Country& country) {
  BlocsState& state = country.state.blocs;
  std::copy(state.blocs.begin(), state.blocs.end(), state.of_deposed.begin());
}

void take_up_words(Country& country) {
  BlocsState& state = country.state.blocs;
  for (std::size_t index = 0; index < state.blocs.size(); ++index)
    static_cast<BlocWord&>(state.blocs[index]) = state.of_deposed[index];
  spread_words(country);
}

}  // namespace interregnum
