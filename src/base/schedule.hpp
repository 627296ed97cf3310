#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace interregnum {

/// A queue of due times for a fixed set of slots, each with at most one; a binary heap that knows where each slot
/// stands, so that a time can be moved or dropped. Equal times come in the order of their slots. Allocates only when
/// constructed.
class Schedule {
 public:
  explicit Schedule(std::size_t slots) : due_(slots, never), position_(slots, absent) { heap_.reserve(slots); }

  static constexpr double never = std::numeric_limits<double>::infinity();

  bool empty() const { return heap_.empty(); }
  double next_due() const { return heap_.empty() ? never : due_[heap_[0]]; }
  std::uint32_t next_slot() const { return heap_[0]; }
  double due(std::uint32_t slot) const { return due_[slot]; }
  bool is_set(std::uint32_t slot) const { return position_[slot] != absent; }

  void set(std::uint32_t slot, double time) {
    due_[slot] = time;
    if (position_[slot] == absent) {
      position_[slot] = static_cast<std::uint32_t>(heap_.size());
      heap_.push_back(slot);
    }
    const std::uint32_t before_sifting = position_[slot];
    if (sift_up(before_sifting) == before_sifting) sift_down(before_sifting);
  }

  void clear(std::uint32_t slot) {
    const std::uint32_t at = position_[slot];
    if (at == absent) return;
    position_[slot] = absent;
    due_[slot] = never;
    const std::uint32_t last = heap_.back();
    heap_.pop_back();
    if (last == slot) return;
    heap_[at] = last;
    position_[last] = at;
    sift_down(sift_up(at));
  }

  void clear_all() {
    for (const std::uint32_t slot : heap_) {
      position_[slot] = absent;
      due_[slot] = never;
    }
    heap_.clear();
  }

 private:
  static constexpr std::uint32_t absent = std::numeric_limits<std::uint32_t>::max();

  bool before(std::uint32_t left, std::uint32_t right) const {
    return due_[left] < due_[right] || (due_[left] == due_[right] && left < right);
  }

  void place(std::uint32_t at, std::uint32_t slot) {
    heap_[at] = slot;
    position_[slot] = at;
  }

  std::uint32_t sift_up(std::uint32_t at) {
    const std::uint32_t slot = heap_[at];
    while (at > 0 && before(slot, heap_[(at - 1) / 2])) {
      place(at, heap_[(at - 1) / 2]);
      at = (at - 1) / 2;
    }
    place(at, slot);
    return at;
  }

  void sift_down(std::uint32_t at) {
    const std::uint32_t slot = heap_[at];
    const auto size = static_cast<std::uint32_t>(heap_.size());
    for (std::uint32_t child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && before(heap_[child + 1], heap_[child])) ++child;
      if (!before(heap_[child], slot)) break;
      place(at, heap_[child]);
      at = child;
    }
    place(at, slot);
  }

  std::vector<double> due_;
  std::vector<std::uint32_t> position_;
  std::vector<std::uint32_t> heap_;
};

}  // namespace interregnum
