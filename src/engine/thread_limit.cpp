#include "engine/thread_limit.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstddef>
#include <future>
#include <new>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace interregnum {

namespace {

/// Address space that is taken, never touched, and given back.
class Room {
 public:
  explicit Room(std::size_t bytes)
      : bytes_(bytes), begin_(mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)) {}
  Room(Room&& other) noexcept : bytes_(other.bytes_), begin_(std::exchange(other.begin_, MAP_FAILED)) {}
  ~Room() {
    if (is_there()) munmap(begin_, bytes_);
  }
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;
  Room& operator=(Room&&) = delete;

  bool is_there() const { return begin_ != MAP_FAILED; }

 private:
  std::size_t bytes_;
  void* begin_;
};

// glibc's malloc gives each new thread an arena, for which it takes 64 MB of address space (malloc/arena.c, HEAP_MAX).
constexpr std::size_t room_of_a_thread = std::size_t{64} << 20U;
constexpr std::size_t room_of_the_program = std::size_t{64} << 20U;

/// Starts so many threads, all waiting until the last of them is there; how many could be started.
int threads_that_start(int wanted) {
  std::vector<Room> rooms;
  rooms.reserve(static_cast<std::size_t>(wanted) + 1);
  if (!rooms.emplace_back(room_of_the_program).is_there()) return 0;
  std::promise<void> all_are_there;
  const std::shared_future<void> end = all_are_there.get_future().share();
  std::vector<std::thread> threads;
  threads.reserve(static_cast<std::size_t>(wanted));
  try {
    while (threads.size() < static_cast<std::size_t>(wanted) && rooms.emplace_back(room_of_a_thread).is_there())
      threads.emplace_back([end] { end.wait(); });
  } catch (const std::system_error&) {  // no more of them
  } catch (const std::bad_alloc&) {     // no memory for more of them
  }
  all_are_there.set_value();
  for (std::thread& thread : threads) thread.join();
  return static_cast<int>(threads.size());
}

}  // namespace

ThreadLimit::ThreadLimit(int wanted) {
  const int all = wanted > 0 ? wanted : processors();
  // The thread that waits for the others works too.
  threads_ = 1 + threads_that_start(all - 1);
  if (threads_ < all) limit_ = std::make_unique<MostThreads>(threads_);
}

ThreadLimit::~ThreadLimit() = default;

bool is_want_of_threads(const std::exception& error) {
  // oneTBB throws a std::runtime_error with these words and the system's (src/tbb/rml_thread_monitor.h).
  return std::string_view(error.what()).starts_with("pthread_create has failed");
}

}  // namespace interregnum
