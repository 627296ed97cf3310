#include "model/theta_draws.hpp"

#include <numeric>
#include <stdexcept>

#include "base/draws.hpp"

namespace interregnum {

namespace {

constexpr double golden_section = 0.6180339887498949;
constexpr double silver_section = 0.4142135623730951;  // another irrational, so that the two walks do not keep step

/// A step with no divisor in common with `size`, so that it visits all, and near an irrational share of it, so that any
/// run of visits is spread evenly.
std::uint64_t stride_through(std::uint64_t size, double share = golden_section) {
  auto stride = static_cast<std::uint64_t>(share * static_cast<double>(size));
  while (stride > 1 && std::gcd(stride, size) != 1) --stride;
  return stride > 1 ? stride : 1;
}

std::uint64_t first_turn_by(std::uint64_t stride, std::uint64_t seed, std::uint64_t size) {
  if (size < 2) return 0;
  // Seeds further apart than `size` begin anywhere, so that multiples of a round number do not all begin alike.
  const std::uint64_t anywhere = Draws(seed / size, 0, 0).words(DrawPurpose::parameter, 0)[0] % size;
  return (seed % size * stride + anywhere) % size;
}

}  // namespace

std::size_t scattered(std::uint64_t number, std::uint64_t size) {
  return static_cast<std::size_t>(number % size * stride_through(size) % size);
}

std::uint64_t first_turn(std::uint64_t seed, std::uint64_t size) {
  return first_turn_by(stride_through(size, silver_section), seed, size);
}

ThetaDraws::ThetaDraws(const Theta& theta) : ThetaDraws(std::vector<Theta>{theta}) {}

ThetaDraws::ThetaDraws(std::vector<Theta> draws)
    : draws_(std::make_shared<const std::vector<Theta>>(std::move(draws))),
      stride_(stride_through(size())),
      stride_of_seeds_(stride_through(size(), silver_section)) {
  if (draws_->empty()) throw std::invalid_argument("no draws of the parameters");
}

void ThetaDraws::set(const std::string& key, const std::string& value) {
  Theta checked = default_theta();
  set_parameter(checked, key, value);
  for (const ParameterEntry& parameter : parameter_list()) {
    if (parameter.key == key) settings_.push_back({&parameter, parameter.value(checked)});
  }
}

std::uint64_t ThetaDraws::first_of_seed(std::uint64_t seed) const {
  return first_turn_by(stride_of_seeds_, seed, size());
}

ThetaDraws ThetaDraws::without_first(std::uint64_t count) const {
  ThetaDraws later = *this;
  later.first_ += count;
  return later;
}

Theta ThetaDraws::draw(std::size_t number) const {
  Theta theta = (*draws_)[number];
  for (const Setting& setting : settings_) setting.parameter->value(theta) = setting.value;
  return theta;
}

Theta ThetaDraws::mean() const {
  if (!are_many()) return draw(0);
  std::vector<double> sums(parameter_list().size(), 0.0);
  for (std::size_t number = 0; number < size(); ++number) {
    Theta theta = draw(number);
    for (std::size_t index = 0; index < sums.size(); ++index) sums[index] += parameter_list()[index].value(theta);
  }
  Theta mean = draw(0);
  for (int year = YearLevels::first; year <= YearLevels::last; ++year) {
    double seizure = 0.0;
    double onset = 0.0;
    for (const Theta& theta : *draws_) {
      seizure += theta.seizure.level.of(year);
      onset += theta.onset.level.of(year);
    }
    mean.seizure.level.set(year, seizure / static_cast<double>(size()));
    mean.onset.level.set(year, onset / static_cast<double>(size()));
  }
  for (std::size_t index = 0; index < sums.size(); ++index)
    parameter_list()[index].value(mean) = sums[index] / static_cast<double>(size());
  return mean;
}

}  // namespace interregnum
