#pragma once

#include <cstdlib>
#include <string>

#include "base/diagnostics.hpp"
#include "base/text.hpp"

/// Does what a fuzz target tries. Bad input must end in a message that says something and holds nothing that a terminal
/// would act on; anything else that is thrown ends the fuzzer.
template <class Work>
void done_or_refused(const Work& work) {
  try {
    work();
  } catch (const interregnum::InputError& error) {
    const std::string message = error.what();
    if (message.empty() || interregnum::for_terminal(message) != message) std::abort();
  }
}
