#include <algorithm>
#include <random>

#include "peers.hpp"

// Plain C++: every citizen by himself.
namespace {

struct Citizen {
  double odds;  ///< of being out, but for what moves everybody who leans to his side
  bool against;
  bool is_out;
};

struct Streets {
  std::vector<Citizen> citizens;
  double shock = 0;
  double against = 0, supporting = 0;  ///< citizens out
};

class Individuals {
 public:
  Individuals(const peers::Question& question, std::uint64_t seed) : question_(question), seed_(seed) {
    moved_ = 1.0 - std::exp(-question.hours / (24.0 * question.crowd_days));
    shock_kept_ = std::exp(-question.hours / (24.0 * question.shock_days));
    for (const peers::Town& town : question.towns) population_ += town.people;
    towns_.resize(question.towns.size());
  }

  void begin(std::uint64_t run) {
    random_.seed(seed_ + run);
    country_shock_ = 0;
    country_ = {};
    order_.clear();
    for (std::size_t town = 0; town < towns_.size(); ++town) {
      Streets& streets = towns_[town];
      streets.shock = streets.against = streets.supporting = 0;
      streets.citizens.resize(static_cast<std::size_t>(question_.towns[town].people));
      for (Citizen& citizen : streets.citizens) {
        const double leaning = question_.towns[town].leaning + normal_(random_);
        citizen = {std::exp(question_.conviction * std::abs(leaning)), leaning <= 0, false};
      }
      order_.push_back(town);
    }
    std::shuffle(order_.begin(), order_.end(), random_);
  }

  void step() {
    country_shock_ = step_shock(country_shock_, question_.shock_country);
    for (const std::size_t town : order_) step_town(towns_[town]);
  }

  peers::Crowd crowd() const { return country_; }

 private:
  double uniform() { return static_cast<double>(random_() >> 11U) * 0x1p-53; }

  /// Reverts to zero; its standard deviation in the long run is `sd`.
  double step_shock(double shock, double sd) {
    return shock_kept_ * shock + sd * std::sqrt(1.0 - shock_kept_ * shock_kept_) * normal_(random_);
  }

  double pull(double here, double people, double everywhere) const {
    const double share = here / people + question_.coupling * everywhere / population_;
    return question_.contagion * share / (share + question_.contagion_half);
  }

  /// Who thinks again is out with a chance whose odds follow from his leaning, the crowds and the shocks.
  void step_town(Streets& town) {
    town.shock = step_shock(town.shock, question_.shock_place);
    const auto people = static_cast<double>(town.citizens.size());
    const double shocks = country_shock_ + town.shock;
    const double against = std::exp(question_.drive_against + shocks + pull(town.against, people, country_.against));
    const double supporting =
        std::exp(question_.drive_for + shocks + pull(town.supporting, people, country_.supporting));
    country_.against -= town.against;
    country_.supporting -= town.supporting;
    town.against = town.supporting = 0;
    for (Citizen& citizen : town.citizens) {
      if (uniform() < moved_) {
        const double odds = citizen.odds * (citizen.against ? against : supporting);
        citizen.is_out = uniform() * (1.0 + odds / question_.most_out) < odds;
      }
      if (citizen.is_out) (citizen.against ? town.against : town.supporting) += 1.0;
    }
    country_.against += town.against;
    country_.supporting += town.supporting;
  }

  const peers::Question& question_;
  std::uint64_t seed_;
  double moved_ = 0, shock_kept_ = 0, population_ = 0, country_shock_ = 0;
  std::vector<Streets> towns_;
  std::vector<std::size_t> order_;  ///< of the towns in every step
  peers::Crowd country_;
  std::mt19937_64 random_;
  std::normal_distribution<double> normal_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: " << argv[0] << " QUESTION RUNS SEED\n";
    return 2;
  }
  const peers::Question question(argv[1]);
  Individuals individuals(question, std::strtoull(argv[3], nullptr, 10));
  peers::play(individuals, question, std::strtoull(argv[2], nullptr, 10));
}
