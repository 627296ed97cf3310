#pragma once

#include <stdexcept>

namespace interregnum {

/// The machine has too little of something: disk space, memory, threads, or a device that fails. Nothing is wrong with
/// the input, and the same command may succeed later. The apps turn it into an exit code of its own.
class ResourceError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace interregnum
