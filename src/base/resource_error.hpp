#pragma once

#include <stdexcept>
#include <string>

#include "base/text.hpp"

namespace interregnum {

/// The machine has too little of something: disk space, memory, threads, or a device that fails. Nothing is wrong with
/// the input, and the same command may succeed later. The apps turn it into an exit code of its own.
class ResourceError : public std::runtime_error {
 public:
  /// Characters on which a terminal acts become `?`: the message may quote the name of a file.
  explicit ResourceError(const std::string& message) : std::runtime_error(for_terminal(message)) {}
};

}  // namespace interregnum
