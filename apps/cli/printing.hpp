#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

namespace interregnum::cli {

// All that the program prints goes through these, and nothing that a terminal would act on is left in it: names come
// from files, and files from anywhere. None throws if it cannot be written: results are printed before files are
// written, and a full disk or a closed pipe must not cost the files. `finish_stdout` says whether all was written.

/// To stdout; the program's own emphasis stays where it is welcome.
void print_text(std::string_view text);

/// To stderr, with a line break.
void print_message(std::string_view message);

/// To stderr as it is, for a line that is written over; it must hold nothing but the program's own words.
void print_progress(std::string_view text);

template <class... Arguments>
void print_text(fmt::format_string<Arguments...> format, Arguments&&... arguments)
  requires(sizeof...(Arguments) > 0)
{
  print_text(std::string_view(fmt::format(format, std::forward<Arguments>(arguments)...)));
}

template <class... Arguments>
void print_message(fmt::format_string<Arguments...> format, Arguments&&... arguments)
  requires(sizeof...(Arguments) > 0)
{
  print_message(std::string_view(fmt::format(format, std::forward<Arguments>(arguments)...)));
}

/// Puts something in the place of closed standard streams, so that no file that is opened later gets their numbers and
/// with them the messages. Text sent to a closed stdout still counts as not written.
void occupy_closed_streams();

/// Writes what is still in memory; 0, or the errno of the first failure on stdout.
int finish_stdout();

}  // namespace interregnum::cli
