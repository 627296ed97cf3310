#include "world/routes.hpp"

#include <functional>
#include <queue>
#include <utility>

namespace interregnum {

// Dijkstra (1959) from every place; of equally long routes the one whose roads come first by the ids of their ends.
Routes::Routes(std::size_t places, std::vector<Road> roads)
    : places_(places), roads_(std::move(roads)), next_(places * places, -1) {
  std::vector<std::vector<std::int32_t>> roads_at(places);
  for (std::size_t index = 0; index < roads_.size(); ++index) {
    roads_at[static_cast<std::size_t>(roads_[index].from)].push_back(static_cast<std::int32_t>(index));
    roads_at[static_cast<std::size_t>(roads_[index].to)].push_back(static_cast<std::int32_t>(index));
  }
  using Reached = std::pair<double, std::size_t>;
  for (std::size_t target = 0; target < places; ++target) {
    std::vector<double> distance(places, std::numeric_limits<double>::infinity());
    std::priority_queue<Reached, std::vector<Reached>, std::greater<>> frontier;
    distance[target] = 0.0;
    frontier.emplace(0.0, target);
    while (!frontier.empty()) {
      const auto [reached, place] = frontier.top();
      frontier.pop();
      if (reached > distance[place]) continue;
      for (const std::int32_t index : roads_at[place]) {
        const Road& road = roads_[static_cast<std::size_t>(index)];
        const auto other = static_cast<std::size_t>(static_cast<std::size_t>(road.from) == place ? road.to : road.from);
        const double through = reached + road.mean_length;
        if (through >= distance[other]) continue;
        distance[other] = through;
        next_[target * places + other] = index;
        frontier.emplace(through, other);
      }
    }
  }
}

}  // namespace interregnum
