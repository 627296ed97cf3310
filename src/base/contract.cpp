#include "base/contract.hpp"

#include <fmt/format.h>

namespace interregnum {

void break_contract(std::string_view rule, std::string_view name, double value) {
  throw BrokenContract(fmt::format("broken: {}; {} is {}", rule, name, value));
}

}  // namespace interregnum
