#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/replicate_id.hpp"
#include "model/theta.hpp"

namespace interregnum {

/// Number `number` of a walk through all of `size` draws. Draws of a Markov chain resemble their neighbours, and chains
/// take turns in a list of draws; here any run of visits is spread evenly, over chains too.
std::size_t scattered(std::uint64_t number, std::uint64_t size);

/// Where in that walk the futures of a seed begin. Seeds 0 to `size` - 1 begin at different places, far apart, so that
/// many short runs use the draws as evenly as a long one.
std::uint64_t first_turn(std::uint64_t seed, std::uint64_t size);

/// The parameters of many replicates: one set of values, or draws of what is believed of them. Which draw a replicate
/// uses depends only on the seed, its number and the design. Copies share the draws, so that they cost nothing.
class ThetaDraws {
 public:
  /// The special case of one set of values, known as if without error; so a Theta can stand wherever draws are asked
  /// for.
  ThetaDraws(const Theta& theta);
  /// At least one draw.
  explicit ThetaDraws(std::vector<Theta> draws);

  std::size_t size() const { return draws_->size(); }
  bool are_many() const { return size() > 1; }

  /// Sets one parameter in every draw; throws as set_parameter does.
  void set(const std::string& key, const std::string& value);

  /// The same draws, without the first `count` that would be used. For ensembles that belong together, so that they do
  /// not all use the same few draws.
  ThetaDraws without_first(std::uint64_t count) const;

  /// Number of the draw that a replicate uses. Successive ones are far apart (`scattered`); all have been used before
  /// any is used again.
  std::size_t number_for(const ReplicateId& id) const {
    const std::uint64_t turn = first_of_seed(id.seed) + first_ + id.parameter_turn();
    return static_cast<std::size_t>(turn % size() * stride_ % size());
  }
  Theta of_replicate(const ReplicateId& id) const { return draw(number_for(id)); }
  Theta draw(std::size_t number) const;
  /// Mean of each parameter over the draws.
  Theta mean() const;

 private:
  struct Setting {
    const ParameterEntry* parameter;
    double value;
  };

  std::uint64_t first_of_seed(std::uint64_t seed) const;

  std::shared_ptr<const std::vector<Theta>> draws_;
  std::vector<Setting> settings_;
  std::uint64_t stride_ = 1;
  std::uint64_t stride_of_seeds_ = 1;
  std::uint64_t first_ = 0;
};

}  // namespace interregnum
