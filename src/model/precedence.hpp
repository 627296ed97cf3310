#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/draws.hpp"
#include "base/identifiers.hpp"

namespace interregnum {

/// An order of actors, drawn by lot: who comes first of those who would act at the same time, or are equally strong.
/// The lot belongs to the id of the actor and to the attempt, so that neither the order of a file nor the spelling of
/// an id gives anybody an advantage, and the others keep their order when somebody is added.
struct Precedence {
  std::vector<std::int32_t> order;  ///< actors, the first to come first
  std::vector<std::uint32_t> rank;  ///< of an actor: its position in `order`

  void reserve(std::size_t actors) {
    order.reserve(actors);
    rank.reserve(actors);
    lots_.reserve(actors);
  }

  /// Draws the order of `actors`, each with a `hash` of its id, for what `kind` of actors they are (a hash).
  template <class Actors>
  void draw(const Draws& draws, std::uint64_t kind, const Actors& actors, std::size_t count) {
    const std::uint64_t word = draws.words(DrawPurpose::precedence, kind)[0];
    lots_.resize(count);
    order.resize(count);
    for (std::size_t actor = 0; actor < count; ++actor) {
      lots_[actor] = scrambled(word ^ actors[actor].hash);
      order[actor] = static_cast<std::int32_t>(actor);
    }
    std::sort(order.begin(), order.end(), [this](std::int32_t left, std::int32_t right) {
      return lots_[static_cast<std::size_t>(left)] < lots_[static_cast<std::size_t>(right)];
    });
    number();
  }

  /// Puts these actors before all others, in the order in which they are given.
  void put_first(const std::vector<std::int32_t>& leading) {
    for (std::size_t turn = leading.size(); turn-- > 0;) {
      const auto found = std::find(order.begin(), order.end(), leading[turn]);
      std::rotate(order.begin(), found, found + 1);
    }
    number();
  }

 private:
  /// The output function of SplitMix64 (Steele, Lea & Flood 2014, Fast splittable pseudorandom number generators): one
  /// random word of the attempt makes a lot for each actor, for the price of a multiplication instead of a draw.
  static constexpr std::uint64_t scrambled(std::uint64_t word) {
    word = (word ^ (word >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    word = (word ^ (word >> 27U)) * 0x94d049bb133111ebULL;
    return word ^ (word >> 31U);
  }

  void number() {
    rank.resize(order.size());
    for (std::size_t position = 0; position < order.size(); ++position)
      rank[static_cast<std::size_t>(order[position])] = static_cast<std::uint32_t>(position);
  }

  std::vector<std::uint64_t> lots_;
};

}  // namespace interregnum
