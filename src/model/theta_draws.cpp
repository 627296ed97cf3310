#include "model/theta_draws.hpp"

#include <numeric>
#include <stdexcept>

namespace interregnum {

namespace {

/// A step with no divisor in common with `size`, so that it visits all, and near the golden section of it, so that any
/// run of visits is spread evenly.
std::uint64_t stride_through(std::uint64_t size) {
  auto stride = static_cast<std::uint64_t>(0.6180339887498949 * static_cast<double>(size));
  while (stride > 1 && std::gcd(stride, size) != 1) --stride;
  return stride > 1 ? stride : 1;
}

}  // namespace

std::size_t scattered(std::uint64_t number, std::uint64_t size) {
  return static_cast<std::size_t>(number % size * stride_through(size) % size);
}

ThetaDraws::ThetaDraws(const Theta& theta) : ThetaDraws(std::vector<Theta>{theta}) {}

ThetaDraws::ThetaDraws(std::vector<Theta> draws)
    : draws_(std::make_shared<const std::vector<Theta>>(std::move(draws))), stride_(stride_through(size())) {
  if (draws_->empty()) throw std::invalid_argument("no draws of the parameters");
}

void ThetaDraws::set(const std::string& key, const std::string& value) {
  Theta checked = default_theta();
  set_parameter(checked, key, value);
  for (const ParameterEntry& parameter : parameter_list()) {
    if (parameter.key == key) settings_.push_back({&parameter, parameter.value(checked)});
  }
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
  for (std::size_t index = 0; index < sums.size(); ++index)
    parameter_list()[index].value(mean) = sums[index] / static_cast<double>(size());
  return mean;
}

}  // namespace interregnum
