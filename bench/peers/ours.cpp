#include <fmt/format.h>

#include "model/country.hpp"
#include "peers.hpp"
#include "scenario/read_scenario.hpp"

// The model of this repository: the public alone, stepped as a future steps it.
namespace {

using namespace interregnum;

std::string country_file(const peers::Question& question) {
  std::string places, support;
  for (std::size_t town = 0; town < question.towns.size(); ++town) {
    const char* capital = town == 0 ? ", capital: true, sites: [presidency]" : "";
    places += fmt::format("  town_{}: {{population: {:.0f}{}}}\n", town, question.towns[town].people, capital);
    support += fmt::format("    town_{}: {{support: {}}}\n", town, question.towns[town].support);
  }
  return fmt::format(R"(interregnum: 1
name: Towns
country: XXX
start: 1975-01-01 04:00
places:
{}units: {{guard: {{place: town_0, strength: 300, commander: middle}}}}
plot: {{tier: middle, units: [guard], objectives: [presidency]}}
public:
  support: 0.5
  protest_before: {:.0f}
  places:
{})",
                     places, question.protest_before, support);
}

/// Hardship and shooting are turned off: the comparison leaves them out.
Theta theta_of(const peers::Question& question) {
  Theta theta = default_theta();
  theta.people.economy = theta.people.corruption = theta.people.shooting_rate = 0.0;
  theta.people.shock_country = question.shock_country;
  theta.people.shock_place = question.shock_place;
  return theta;
}

World world_of(const peers::Question& question) {
  Diagnostics diagnostics;
  const Scenario scenario = read_scenario(country_file(question), "peers", {}, diagnostics);
  if (diagnostics.has_errors()) throw InputError(diagnostics);
  return compile(scenario);
}

class Ours {
 public:
  Ours(const peers::Question& question, std::uint64_t seed)
      : world_(world_of(question)), theta_(theta_of(question)), state_(world_), hours_(question.hours), seed_(seed) {}

  void begin(std::uint64_t run) {
    draws_ = Draws(seed_, 0, run);
    draw_inputs(world_, seed_, 0, run, state_);
    country_.hour = country_.step = 0.0;
    start_country(country_);
  }

  void step() {
    country_.hour += hours_;
    country_.step = hours_;
    step_public(country_);
  }

  peers::Crowd crowd() {
    // A town whose crowds are behind is brought up to the present hour.
    for (std::size_t town = 0; town < world_.places.size(); ++town) step_crowd(country_, town);
    peers::Crowd crowd;
    for (const PlaceCrowd& place : state_.people.places) {
      crowd.against += place.streets_against();
      crowd.supporting += place.streets_for();
    }
    return crowd;
  }

 private:
  World world_;
  Theta theta_;
  State state_;
  Draws draws_{0, 0, 0};
  Country country_{world_, theta_, draws_, state_, 0.0, 0.0};
  double hours_;
  std::uint64_t seed_;
};

/// Without arguments: the parameters, from which compare.py makes the question.
void print_parameters() {
  const Theta theta = default_theta();
  nlohmann::json json;
  for (const auto& parameter : public_parameters) json[std::string(parameter.name)] = theta.people.*parameter.member;
  json["most_out"] = most_out;
  json["cohesion"] = cohesion_of_a_sound_army;
  std::cout << json << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 1) {
    print_parameters();
    return 0;
  }
  if (argc != 4) {
    std::cerr << "usage: " << argv[0] << " [QUESTION RUNS SEED]\n";
    return 2;
  }
  const peers::Question question(argv[1]);
  Ours ours(question, std::strtoull(argv[3], nullptr, 10));
  peers::play(ours, question, std::strtoull(argv[2], nullptr, 10));
}
