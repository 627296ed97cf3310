#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace interregnum {

/// How many threads the engine uses where nobody says how many: one for each processor.
int processors();

/// How many workers share tasks where `threads` are asked for (0: `processors`); at most what a MostThreads allows.
std::size_t workers(int threads);

/// Calls `task(0)` to `task(count - 1)` over threads, in any order, and comes back when all are done.
void run_parallel(std::size_t count, int threads, const std::function<void(std::size_t)>& task);

/// The same; `task(index, worker)` also gets the number of the worker that does it, below `workers(threads)`: no two
/// tasks of one worker run at the same time, so that they may share what is kept for it.
void run_on_workers(std::size_t count, int threads, const std::function<void(std::size_t, std::size_t)>& task);

/// As long as it lives, the engine uses at most so many threads.
class MostThreads {
 public:
  explicit MostThreads(int threads);
  ~MostThreads();
  MostThreads(const MostThreads&) = delete;
  MostThreads& operator=(const MostThreads&) = delete;

 private:
  struct Limit;

  std::unique_ptr<Limit> limit_;
};

}  // namespace interregnum
