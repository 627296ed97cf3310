#pragma once

#include <optional>

#include "engine/run_record.hpp"
#include "record/attempt.hpp"

namespace interregnum {

/// How a seizure ends beyond success and failure, on record and in the model, told in the same words.

/// Whether power that was taken was lost again within seven days. Nothing where it was not taken, and where that is not
/// known: on record, a success of Powell & Thyne is held, and a failure was taken where the Cline project calls it
/// realized.
std::optional<bool> lost_again(const Attempt& attempt);
std::optional<bool> lost_again(const RunRecord& run);

/// The fate of a ruler who was overthrown. Of several, the first in this order counts: killed; fled or exiled; in
/// custody (house arrest, jailed, tried). `unharmed`: none of them.
enum class OverthrownFate { killed, fled, custody, unharmed };

/// Nothing where the Cline project has no entry.
std::optional<OverthrownFate> fate_of_overthrown(const Attempt& attempt);
/// The model kills no ruler.
OverthrownFate fate_of_overthrown(const RunRecord& run);

}  // namespace interregnum
