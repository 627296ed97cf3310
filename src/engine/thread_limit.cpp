#include "engine/thread_limit.hpp"

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <future>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

namespace interregnum {

struct ThreadLimit::Limit {
  tbb::global_control control;
};

namespace {

/// Starts so many threads, all waiting until the last of them is there; how many could be started.
int threads_that_start(int wanted) {
  std::promise<void> all_are_there;
  const std::shared_future<void> end = all_are_there.get_future().share();
  std::vector<std::thread> threads;
  threads.reserve(static_cast<std::size_t>(wanted));
  try {
    while (threads.size() < static_cast<std::size_t>(wanted)) threads.emplace_back([end] { end.wait(); });
  } catch (const std::system_error&) {  // no more of them
  } catch (const std::bad_alloc&) {     // no memory for more of them
  }
  all_are_there.set_value();
  for (std::thread& thread : threads) thread.join();
  return static_cast<int>(threads.size());
}

}  // namespace

ThreadLimit::ThreadLimit(int wanted) {
  const int all = wanted > 0 ? wanted : tbb::this_task_arena::max_concurrency();
  // The thread that waits for the others works too.
  threads_ = 1 + threads_that_start(all - 1);
  if (threads_ < all)
    limit_ = std::make_unique<Limit>(
        Limit{tbb::global_control(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads_))});
}

ThreadLimit::~ThreadLimit() = default;

}  // namespace interregnum
