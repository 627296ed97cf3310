#include "cli/interrupts.hpp"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <ctime>

#include "files/temporary_name.hpp"

namespace interregnum::cli {

namespace {

constexpr std::array ending_signals{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU, SIGUSR1, SIGUSR2, SIGALRM};
constexpr int code_of_signals = 128;
constexpr time_t seconds_of_one_request = 1;

std::atomic<bool> catching = false;
std::atomic<bool> requested = false;
std::atomic<int> received = 0;
std::atomic<time_t> received_at = 0;
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free &&
              std::atomic<time_t>::is_always_lock_free);

time_t now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec;
}

/// Whether a further signal asks for more than the first one did. The system sends SIGXCPU every second.
bool insists(int signal) {
  if (signal == SIGINT || signal == SIGQUIT) return true;
  return (signal == SIGTERM || signal == SIGHUP) && now() > received_at + seconds_of_one_request;
}

void on_signal(int signal) {
  if (catching) {
    if (!requested.exchange(true)) {
      received = signal;
      received_at = now();
      return;
    }
    if (!insists(signal)) return;
  }
  remove_temporary_files();
  _exit(code_of_signals + signal);
}

void set_handler(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

}  // namespace

void handle_signals() {
  for (const int signal : ending_signals) {
    struct sigaction present {};
    sigaction(signal, nullptr, &present);
    if (present.sa_handler == SIG_IGN && signal != SIGINT) continue;
    set_handler(signal, on_signal);
  }
  for (const int signal : {SIGPIPE, SIGXFSZ}) set_handler(signal, SIG_IGN);
}

void catch_interrupts() { catching = true; }

bool interrupted() { return requested; }

void answer_interrupt() { requested = false; }

void let_interrupts_through() { catching = false; }

int exit_interrupted() { return code_of_signals + (received != 0 ? received.load() : SIGINT); }

}  // namespace interregnum::cli
