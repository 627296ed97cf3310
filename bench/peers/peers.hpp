#pragma once

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

// Shared by the C++ programs of this comparison: the question that they read, the clock, and the answer that they
// print. peer.py is the same for Python.
namespace peers {

struct Town {
  double people = 0;
  double support = 0;  ///< share that leans to the ruler
  double leaning = 0;  ///< the same, in standard deviations of the citizens' leanings
};

/// Written by compare.py.
struct Question {
  explicit Question(const std::string& path) {
    const nlohmann::json json = nlohmann::json::parse(std::ifstream(path));
    for (const nlohmann::json& town : json.at("towns"))
      towns.push_back({town.at("people"), town.at("support"), town.at("leaning")});
    for (const auto& [key, target] :
         std::initializer_list<std::pair<const char*, double*>>{{"steps", &steps},
                                                                {"hours", &hours},
                                                                {"protest_before", &protest_before},
                                                                {"drive_against", &drive_against},
                                                                {"drive_for", &drive_for},
                                                                {"most_out", &most_out},
                                                                {"conviction", &conviction},
                                                                {"contagion", &contagion},
                                                                {"contagion_half", &contagion_half},
                                                                {"coupling", &coupling},
                                                                {"crowd_days", &crowd_days},
                                                                {"shock_country", &shock_country},
                                                                {"shock_place", &shock_place},
                                                                {"shock_days", &shock_days}})
      *target = json.at(key);
  }

  std::vector<Town> towns;  ///< the capital first
  double steps = 0, hours = 0, protest_before = 0;
  double drive_against = 0, drive_for = 0;  ///< log odds of turnout at a leaning of zero, without crowds and shocks
  double most_out = 0;                      ///< the largest share of one side that is ever out
  double conviction = 0, contagion = 0, contagion_half = 0, coupling = 0, crowd_days = 0;
  double shock_country = 0, shock_place = 0, shock_days = 0;
};

/// People in the streets of the whole country.
struct Crowd {
  double against = 0, supporting = 0;
};

inline double cpu_seconds() {
  std::timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Plays `runs` runs of `model`, which has begin(run), step() and crowd(), and prints crowds at the end and CPU time of
/// the steps alone.
template <class Model>
void play(Model& model, const Question& question, std::uint64_t runs) {
  nlohmann::json answer{{"against", nlohmann::json::array()}, {"for", nlohmann::json::array()}};
  const auto steps = static_cast<std::uint64_t>(question.steps);
  double seconds = 0;
  for (std::uint64_t run = 0; run < runs; ++run) {
    model.begin(run);
    const double begin = cpu_seconds();
    for (std::uint64_t step = 0; step < steps; ++step) model.step();
    seconds += cpu_seconds() - begin;
    const Crowd crowd = model.crowd();
    answer["against"].push_back(crowd.against);
    answer["for"].push_back(crowd.supporting);
  }
  answer["steps"] = runs * steps;
  answer["cpu_seconds"] = seconds;
  std::cout << answer << '\n';
}

}  // namespace peers
