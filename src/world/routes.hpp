#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace interregnum {

/// Shortest routes between all places. Which roads a route takes is settled once, from the roads' mean lengths; how
/// long it is follows from the lengths drawn in the replicate.
class Routes {
 public:
  struct Road {
    std::int32_t from = 0, to = 0;
    double mean_length = 0.0;        ///< km
    std::uint32_t length_input = 0;  ///< position of the drawn length among the inputs
  };

  Routes() = default;
  Routes(std::size_t places, std::vector<Road> roads);

  bool reachable(std::int32_t from, std::int32_t to) const { return from == to || next_road(from, to) >= 0; }

  /// Length of the route in km under the drawn inputs; infinite if there is none.
  double length(std::int32_t from, std::int32_t to, const std::vector<double>& inputs) const {
    double sum = 0.0;
    while (from != to) {
      const std::int32_t index = next_road(from, to);
      if (index < 0) return std::numeric_limits<double>::infinity();
      const Road& road = roads_[static_cast<std::size_t>(index)];
      sum += inputs[road.length_input];
      from = road.from == from ? road.to : road.from;
    }
    return sum;
  }

 private:
  /// The first road of the route; -1 if there is none.
  std::int32_t next_road(std::int32_t from, std::int32_t to) const {
    return next_[static_cast<std::size_t>(to) * places_ + static_cast<std::size_t>(from)];
  }

  std::size_t places_ = 0;
  std::vector<Road> roads_;
  std::vector<std::int32_t> next_;
};

}  // namespace interregnum
