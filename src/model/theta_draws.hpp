#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/theta.hpp"

namespace interregnum {

/// Number `number` of a walk through all of `size` draws. Draws of a Markov chain resemble their neighbours, and chains
/// take turns in a list of draws; here any run of visits is spread evenly, over chains too.
std::size_t scattered(std::uint64_t number, std::uint64_t size);

/// The parameters of many replicates: one set of values, or draws of what is believed of them. Which draw a replicate
/// uses depends only on its number. Copies share the draws, so that they cost nothing.
class ThetaDraws {
 public:
  /// The special case of one set of values, known as if without error; so a Theta can stand wherever draws are asked
  /// for.
  ThetaDraws(const Theta& theta);
  /// At least one draw.
  explicit ThetaDraws(std::vector<Theta> draws);

  /// So many replicates share a draw, that is four draws of the inputs
  /// (docs/decisions/0003-two-kinds-of-uncertainty.md).
  static constexpr std::uint64_t replicates_per_draw = 16;

  std::size_t size() const { return draws_->size(); }
  bool are_many() const { return size() > 1; }

  /// Sets one parameter in every draw; throws as set_parameter does.
  void set(const std::string& key, const std::string& value);

  /// The same draws, but what would be used for replicate 16 · `count` is used for the first. For ensembles that
  /// belong together, so that they do not all use the same few draws.
  ThetaDraws without_first(std::uint64_t count) const;

  /// Number of the draw that a replicate uses. Successive ones are far apart (`scattered`); all have been used before
  /// any is used again.
  std::size_t number_for(std::uint64_t replicate) const {
    const std::uint64_t turn = first_ + replicate / replicates_per_draw;
    return static_cast<std::size_t>(turn % size() * stride_ % size());
  }
  Theta of_replicate(std::uint64_t replicate) const { return draw(number_for(replicate)); }
  Theta draw(std::size_t number) const;
  /// Mean of each parameter over the draws.
  Theta mean() const;

 private:
  struct Setting {
    const ParameterEntry* parameter;
    double value;
  };

  std::shared_ptr<const std::vector<Theta>> draws_;
  std::vector<Setting> settings_;
  std::uint64_t stride_ = 1;
  std::uint64_t first_ = 0;
};

}  // namespace interregnum
