#include "fit/calibration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <numeric>
#include <optional>

#include "base/identifiers.hpp"
#include "engine/parallel.hpp"
#include "fit/elliptical.hpp"
#include "fit/learnt.hpp"
#include "fit/made_up_record.hpp"

namespace interregnum {

namespace {

constexpr int thinner = 4;        // than a fit's chains, so that draws hardly depend on one another
constexpr int together = 16;      // records that are made and fitted at a time
constexpr int every_country = 4;  // the onset is tried on every fourth country, to be quick

class Calibrating {
 public:
  Calibrating(const Record& record, const FitSettings& settings, const Pieces& pieces)
      : record_(record),
        settings_(settings),
        seed_(settings.seed ^ hash_identifier("made-up records")),
        walk_(year_of(record.until)),
        worlds_(attempt_worlds(record)),
        learnt_(worlds_, settings, pieces) {
    int country = -1;
    int countries = 0;
    for (const OnsetMonth& month : onset_months(record, first_year_with_facts)) {
      if (month.country_code != country) ++countries;
      country = month.country_code;
      if (countries % every_country != 0) continue;
      months_.push_back(month);
      attempts_ += month.attempted;
    }
  }

  /// Ranks of one made-up record's parameters, of all three parts one after the other.
  Eigen::RowVectorXd ranks(std::uint64_t number) const {
    const Eigen::VectorXd of_seizure = seizure_ranks(number), of_after = after_ranks(number),
                          of_onset = onset_ranks(number);
    Eigen::RowVectorXd all(of_seizure.size() + of_after.size() + of_onset.size());
    all << of_seizure.transpose(), of_after.transpose(), of_onset.transpose();
    return all;
  }

  /// In the order of `ranks`.
  std::vector<RankedParameter> parameters() const {
    std::vector<RankedParameter> list;
    const auto add = [&](const std::string& name, const std::string& part) {
      RankedParameter& parameter = list.emplace_back();
      parameter.name = name;
      parameter.part = part;
    };
    for (Eigen::Index k = 0; k < learnt_.seizure.size(); ++k) add(learnt_.seizure.entry(k).key, "seizure");
    add(std::string(misclassified_name), "seizure");
    add(std::string(seizure_step_name), "seizure");
    for (const Eigen::Index k : learnt_.visible()) add(learnt_.after.entry(k).key, "after");
    for (Eigen::Index k = 0; k < learnt_.onset.size(); ++k) add(learnt_.onset.entry(k).key, "onset");
    add(std::string(country_variance_name), "onset");
    add(std::string(onset_step_name), "onset");
    return list;
  }

 private:
  /// Where the truth lies among draws given what was made up. Dimensions beyond those of the truth are nuisances.
  Eigen::VectorXd ranks_of(const Eigen::VectorXd& truth, const LogLikelihood& likelihood, Eigen::Index dimensions,
                           ChainSettings chains, const std::string& part, std::uint64_t number) const {
    chains.seed = seed_ ^ hash_pair(hash_identifier(part), number);
    chains.chains = chain_count;
    chains.thin *= thinner;
    chains.kept = (Calibration::draws + 1) / chain_count;
    const std::vector<Chain> draws = sample_posterior(likelihood, dimensions, chains, settings_.threads);
    Eigen::VectorXd ranks = Eigen::VectorXd::Zero(truth.size());
    int draw = 0;
    for (const Chain& chain : draws) {
      for (Eigen::Index row = 0; row < chain.draws.rows() && draw < Calibration::draws; ++row, ++draw)
        ranks.array() += (chain.draws.row(row).head(truth.size()).transpose().array() < truth.array()).cast<double>();
    }
    return ranks;
  }

  Eigen::VectorXd made_up_walk(std::uint64_t number, std::string_view part) const {
    return walk_.draw_prior(seed_, part, number);
  }

  static Data all_of(const std::vector<Answers>& answers) {
    return data_of(answers, std::vector<bool>(answers.size(), true));
  }

  Eigen::VectorXd seizure_ranks(std::uint64_t number) const {
    const FreeParameters& free = learnt_.seizure;
    const Eigen::VectorXd of_walk = made_up_walk(number, seizure_part);
    // Of the walk its step is ranked alone: sixty changes of which each is hardly seen say no more.
    Eigen::VectorXd truth(free.size() + 2);
    truth << free.draw_prior(seed_, number), made_up_normal(seed_, number, hash_identifier(misclassified_name)),
        of_walk(0);
    Theta theta = default_theta();
    free.set(theta, truth.head(free.size()));
    theta.seizure.level = year_levels(walk_.levels(of_walk));
    const auto answers = made_up_seizures(record_, worlds_, theta, misclassified_at(truth(free.size())), seed_, number);
    const SeizureLikelihood likelihood = learnt_.seizure_likelihood(all_of(answers), walk_);
    return ranks_of(truth, likelihood, likelihood.dimensions(), chains_of_seizure(), "seizure", number);
  }

  /// The parameters of the other two parts are drawn too, and given to the fit; those on which no answer is thought to
  /// depend are drawn and not given.
  Eigen::VectorXd after_ranks(std::uint64_t number) const {
    const Eigen::VectorXd z = learnt_.all.draw_prior(seed_, number);
    Theta theta = default_theta();
    learnt_.all.set(theta, z);
    const Eigen::VectorXd of_onset = walk_.levels(made_up_walk(number, onset_part)),
                          of_seizure = walk_.levels(made_up_walk(number, seizure_part));
    theta.onset.level = year_levels(of_onset);
    theta.seizure.level = year_levels(of_seizure);
    const auto answers = made_up_times_after(record_, worlds_, theta, seed_, number);
    const Eigen::VectorXd truth = z(learnt_.visible());
    const Eigen::VectorXd others = z.tail(z.size() - learnt_.after.size());
    const AfterLikelihood likelihood = learnt_.after_likelihood(all_of(answers), others, of_onset, of_seizure);
    return ranks_of(truth, likelihood, likelihood.dimensions(), chains_of_after(), "after", number);
  }

  /// Records with a quarter of the attempts of the true one, or four times as many, are drawn anew: that they are is
  /// known from the record alone, so that the ranks of the others are still even.
  Eigen::VectorXd onset_ranks(std::uint64_t number) const {
    const FreeParameters& free = learnt_.onset;
    for (std::uint64_t again = 0;; ++again) {
      const std::uint64_t draw = number + (again << 32U);
      const Eigen::VectorXd of_walk = made_up_walk(draw, onset_part);
      Eigen::VectorXd truth(free.size() + 2);
      truth << free.draw_prior(seed_, draw), made_up_normal(seed_, draw, hash_identifier(country_variance_name)),
          of_walk(0);
      Theta theta = default_theta();
      free.set(theta, truth.head(free.size()));
      theta.onset.level = year_levels(walk_.levels(of_walk));
      const MadeUpMonths made =
          made_up_months(months_, theta.onset, country_variance_at(truth(free.size())), seed_, draw);
      const auto attempts = static_cast<int>(made.ranks.size());
      if (4 * attempts < attempts_ || attempts > 4 * attempts_) continue;
      const OnsetLikelihood likelihood(made.months, std::vector<bool>(made.months.size(), true), made.ranks);
      return ranks_of(truth, onset_log_likelihood(likelihood, free, walk_), free.size() + 1 + walk_.dimensions(),
                      chains_of_onset(), "onset", number);
    }
  }

  const Record& record_;
  const FitSettings& settings_;
  std::uint64_t seed_;
  YearWalk walk_;
  std::vector<AttemptWorld> worlds_;
  Learnt learnt_;
  std::vector<OnsetMonth> months_;
  int attempts_ = 0;
};

/// A bin should expect five ranks or more.
int bins_for(int records) {
  int bins = 16;
  while (bins > 2 && records < 5 * bins) bins /= 2;
  return bins;
}

}  // namespace

void test_ranks(std::vector<RankedParameter>& parameters) {
  for (RankedParameter& parameter : parameters) {
    const auto records = static_cast<int>(parameter.ranks.size());
    const int bins = bins_for(records);
    parameter.counts.assign(static_cast<std::size_t>(bins), 0);
    for (const int rank : parameter.ranks)
      ++parameter.counts[static_cast<std::size_t>(rank * bins / (Calibration::draws + 1))];
    const double expected = static_cast<double>(records) / bins;
    double sum = 0.0;
    for (const int count : parameter.counts) sum += (count - expected) * (count - expected) / expected;
    parameter.p_value = boost::math::cdf(boost::math::complement(boost::math::chi_squared(bins - 1), sum));
  }
  // Holm 1979: the smallest first, each against what is left of the rate.
  std::vector<std::size_t> order(parameters.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return parameters[left].p_value < parameters[right].p_value;
  });
  for (RankedParameter& parameter : parameters) parameter.rejected = false;
  for (std::size_t place = 0; place < order.size(); ++place) {
    RankedParameter& parameter = parameters[order[place]];
    if (parameter.p_value > Calibration::false_alarm_rate / static_cast<double>(order.size() - place)) break;
    parameter.rejected = true;
  }
}

Calibration calibrate(const Record& record, const FitSettings& settings, int records, const FitStore& store,
                      const FitCallbacks& callbacks) {
  const Pieces pieces(store, callbacks);
  Calibration calibration;
  const auto piece_of = [](int number) { return fmt::format("calibration-{:04}", number); };
  try {
    const Calibrating calibrating(record, settings, pieces);
    calibration.parameters = calibrating.parameters();
    const PieceForm form{1, static_cast<Eigen::Index>(calibration.parameters.size()), [](double rank, Eigen::Index) {
                           return rank >= 0.0 && rank <= Calibration::draws && rank == std::floor(rank);
                         }};
    for (int first = 0; first < records; first += together) {
      // Pieces are read and written by one thread alone, and each record has one of its own, so that a later run may
      // ask for more of them.
      std::vector<std::optional<Eigen::MatrixXd>> ranks;
      std::vector<std::size_t> missing;
      for (int number = first; number < std::min(records, first + together); ++number) {
        ranks.push_back(pieces.kept(piece_of(number), form));
        if (!ranks.back()) missing.push_back(ranks.size() - 1);
      }
      if (!missing.empty()) pieces.stop_if_asked();
      run_parallel(missing.size(), settings.threads, [&](std::size_t index) {
        ranks[missing[index]] = calibrating.ranks(static_cast<std::uint64_t>(first) + missing[index]);
      });
      for (const std::size_t of : missing) pieces.keep(piece_of(first + static_cast<int>(of)), *ranks[of]);
      for (const std::optional<Eigen::MatrixXd>& of : ranks) {
        for (std::size_t k = 0; k < calibration.parameters.size(); ++k)
          calibration.parameters[k].ranks.push_back(static_cast<int>((*of)(0, static_cast<Eigen::Index>(k))));
      }
      calibration.records += static_cast<int>(ranks.size());
      pieces.progress("made-up records", static_cast<std::uint64_t>(calibration.records),
                      static_cast<std::uint64_t>(records));
    }
  } catch (const Interrupted&) {
    calibration.complete = false;
  }
  if (calibration.records > 0) test_ranks(calibration.parameters);
  return calibration;
}

}  // namespace interregnum
