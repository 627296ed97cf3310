#include "cli/printing.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>

#include "base/text.hpp"
#include "cli/options.hpp"
#include "report/format.hpp"

namespace interregnum::cli {

namespace {

int first_failure = 0;

void note_failure() {
  if (first_failure == 0) first_failure = errno != 0 ? errno : EIO;
}

}  // namespace

void print_text(std::string_view text) {
  static constexpr std::array<std::string_view, 2> own{emphasis_begins, emphasis_ends};
  const std::string clean =
      text_style_of_stdout() == TextStyle::terminal ? for_terminal(text, own) : for_terminal(text);
  errno = 0;
  if (std::fwrite(clean.data(), 1, clean.size(), stdout) != clean.size()) note_failure();
}

void print_message(std::string_view message) { print_progress(for_terminal(message) + "\n"); }

void print_progress(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

void occupy_closed_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) >= 0 || errno != EBADF) continue;
    // The lowest free number is taken, which is this one. Opened for the wrong direction: reading and writing fail, as
    // on a closed stream.
    const int opened = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    if (opened >= 0 && opened != stream) close(opened);
  }
}

int finish_stdout() {
  errno = 0;
  if (std::fflush(stdout) != 0) note_failure();
  if (std::ferror(stdout) != 0) note_failure();
  return first_failure;
}

}  // namespace interregnum::cli
