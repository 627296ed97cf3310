#include "cli/enough_stack.hpp"

#include <pthread.h>
#include <sys/resource.h>

namespace interregnum::cli {

namespace {

constexpr std::size_t enough = std::size_t{8} << 20U;  // the default of Linux
constexpr std::size_t too_little = std::size_t{1} << 20U;

struct Task {
  const std::function<int()>& work;
  int code = 0;
};

void* run_task(void* data) {
  auto& task = *static_cast<Task*>(data);
  task.code = task.work();
  return nullptr;
}

}  // namespace

int with_enough_stack(const std::function<int()>& work) {
  rlimit limit{};
  if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= too_little) return work();
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return work();
  Task task{work};
  pthread_t thread{};
  const bool started =
      pthread_attr_setstacksize(&attributes, enough) == 0 && pthread_create(&thread, &attributes, run_task, &task) == 0;
  pthread_attr_destroy(&attributes);
  if (!started) return work();
  pthread_join(thread, nullptr);
  return task.code;
}

}  // namespace interregnum::cli
