#include "engine/parallel.hpp"

// The only file that knows of threads' library. Without threads (INTERREGNUM_SERIAL; in a browser, for one) tasks are
// done one after the other, with the same results.
#ifndef INTERREGNUM_SERIAL
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#endif

namespace interregnum {

void run_parallel(std::size_t count, int threads, const std::function<void(std::size_t)>& task) {
  run_on_workers(count, threads, [&](std::size_t index, std::size_t) { task(index); });
}

#ifdef INTERREGNUM_SERIAL

int processors() { return 1; }

std::size_t workers(int) { return 1; }

void run_on_workers(std::size_t count, int, const std::function<void(std::size_t, std::size_t)>& task) {
  for (std::size_t index = 0; index < count; ++index) task(index, 0);
}

struct MostThreads::Limit {};

MostThreads::MostThreads(int) {}

#else

int processors() { return tbb::this_task_arena::max_concurrency(); }

namespace {

constexpr auto parallelism = tbb::global_control::max_allowed_parallelism;

std::size_t wanted_of(int threads) { return static_cast<std::size_t>(threads > 0 ? threads : processors()); }

}  // namespace

std::size_t workers(int threads) {
  // More threads than processors are allowed where they are asked for; a MostThreads leaves fewer.
  const tbb::global_control limit(parallelism, wanted_of(threads));
  return tbb::global_control::active_value(parallelism);
}

void run_on_workers(std::size_t count, int threads, const std::function<void(std::size_t, std::size_t)>& task) {
  const tbb::global_control limit(parallelism, wanted_of(threads));
  tbb::task_arena arena(static_cast<int>(tbb::global_control::active_value(parallelism)));
  arena.execute([&] {
    tbb::parallel_for(std::size_t{0}, count, [&](std::size_t index) {
      task(index, static_cast<std::size_t>(tbb::this_task_arena::current_thread_index()));
    });
  });
}

struct MostThreads::Limit {
  explicit Limit(int threads) : control(parallelism, static_cast<std::size_t>(threads)) {}

  tbb::global_control control;  // can be copied, but the end of a copy ends the limit
};

MostThreads::MostThreads(int threads) : limit_(std::make_unique<Limit>(threads)) {}

#endif

MostThreads::~MostThreads() = default;

}  // namespace interregnum
