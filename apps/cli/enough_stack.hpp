#pragma once

#include <functional>

namespace interregnum::cli {

/// Does the work where there is room for it: on the program's own stack, or, where the user's limit leaves it next to
/// none (`ulimit -s 64`), on that of a thread, which the limit does not concern. Returns what `work` returns; it must
/// not throw.
int with_enough_stack(const std::function<int()>& work);

}  // namespace interregnum::cli
