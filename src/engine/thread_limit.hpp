#pragma once

#include <exception>
#include <memory>

#include "engine/parallel.hpp"

namespace interregnum {

/// As long as it lives, the engine uses no more threads than the system lets this process start: tried out when it is
/// made, because oneTBB ends the program if a thread cannot be started. Where address space is limited (`ulimit -v`),
/// room is left for the memory that the threads and the program need later. Results do not depend on the number.
class ThreadLimit {
 public:
  /// `wanted`: how many threads are asked for; 0 for one on each processor.
  explicit ThreadLimit(int wanted);
  ~ThreadLimit();
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;

  int threads() const { return threads_; }

 private:
  int threads_;
  std::unique_ptr<MostThreads> limit_;
};

/// Whether oneTBB, in a thread of its own, could not start another one after all; nobody can catch that exception but
/// the handler of std::terminate.
bool is_want_of_threads(const std::exception& error);

}  // namespace interregnum
