#include "fit/learnt.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace interregnum {

namespace {

constexpr std::uint64_t slice = 256;  // draws of a bank that are kept together

/// Enough for a bank of 1,536 draws or more. A trial with fewer draws learns less from them than it would take to look
/// for what matters.
std::uint64_t futures_that_show_what_matters(std::uint64_t draws) {
  return std::clamp<std::uint64_t>(draws / 8, 1, 192);
}

Bank bank_of(const std::vector<AttemptWorld>& worlds, const std::string& name, const FreeParameters& free,
             std::uint64_t draws, const BankSettings& settings, const Pieces& pieces) {
  Bank bank;
  bank.z.resize(static_cast<Eigen::Index>(draws), free.size());
  bank.answers.resize(worlds.size());
  for (std::uint64_t first = 0; first < draws; first += slice) {
    const std::uint64_t count = std::min(slice, draws - first);
    const PieceForm form{static_cast<Eigen::Index>(worlds.size()), static_cast<Eigen::Index>(count),
                         [](double value, Eigen::Index) { return is_packed(value); }};
    const Eigen::MatrixXd packed = pieces.piece(fmt::format("bank-{}-{:04}", name, first / slice), form,
                                                [&] { return simulate_answers(worlds, free, settings, first, count); });
    for (std::uint64_t draw = 0; draw < count; ++draw) {
      bank.z.row(static_cast<Eigen::Index>(first + draw)) = free.draw_prior(settings.seed, first + draw).transpose();
      for (std::size_t attempt = 0; attempt < worlds.size(); ++attempt)
        bank.answers[attempt].push_back(
            unpack(packed(static_cast<Eigen::Index>(attempt), static_cast<Eigen::Index>(draw))));
    }
    pieces.progress("futures of the attempts, " + name, first + count, draws);
  }
  return bank;
}

}  // namespace

Learnt::Learnt(const std::vector<AttemptWorld>& worlds, const FitSettings& settings, const Pieces& pieces,
               Until until) {
  const int threads = settings.threads;
  for (const AttemptWorld& attempt : worlds) years_.push_back(attempt.world.start_year);
  Bank of_seizure =
      bank_of(worlds, "seizure", seizure, settings.seizure_draws, {settings.seed, Until::seizure, threads}, pieces);
  const PieceForm of_matters{static_cast<Eigen::Index>(worlds.size()), seizure.size(),
                             [](double value, Eigen::Index) { return is_question_set(value); }};
  of_seizure.matters = pieces.piece("matters-seizure", of_matters, [&] {
    return parameters_that_matter(worlds, seizure, {settings.seed, Until::seizure, threads},
                                  futures_that_show_what_matters(settings.seizure_draws));
  });
  seizure_surrogates_ = learn(of_seizure, 0, seizure_questions, true, threads);
  if (until == Until::seizure) return;
  const Bank of_after =
      bank_of(worlds, "after", all, settings.after_draws, {settings.seed, Until::horizon, threads}, pieces);
  after_surrogates_ = learn(of_after, seizure_questions, question_count, false, threads);
  visible_ = visible_parameters(after_surrogates_.each, after.size());
}

AfterLikelihood Learnt::after_likelihood(Data data, Eigen::VectorXd others, const Eigen::VectorXd& onset_levels,
                                         const Eigen::VectorXd& seizure_levels) const {
  std::vector<Shift> shifts;
  for (const LevelShift& shift : onset_shifts(all, years_)) shifts.push_back(shift.by(onset_levels));
  shifts.push_back(seizure_shift(all, years_).by(seizure_levels));
  return {after_surrogates_, std::move(data), visible_, after.size(), std::move(others), std::move(shifts)};
}

// Evaluations for the onset are a millisecond each. Its walk over sixty years makes chains slow.
ChainSettings chains_of_onset() {
  ChainSettings settings;
  settings.warmup = 2000;
  settings.thin = 6;
  return settings;
}

ChainSettings chains_of_seizure() {
  ChainSettings settings;
  settings.warmup = 3000;
  settings.thin = 4;
  return settings;
}

ChainSettings chains_of_after() {
  ChainSettings settings;
  settings.warmup = 4000;
  settings.thin = 8;
  return settings;
}

}  // namespace interregnum
