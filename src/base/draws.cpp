#include "base/draws.hpp"

#include <Random123/philox.h>
#include <Random123/u01fixedpt.h>

#include <cmath>

namespace interregnum {

std::array<std::uint64_t, 4> Draws::words(DrawPurpose purpose, std::uint64_t actor, std::uint64_t occurrence) const {
  const r123::Philox4x64::ctr_type counter = {
      {replicate_, static_cast<std::uint64_t>(purpose) | attempt_, actor, occurrence}};
  const r123::Philox4x64::key_type key = {{seed_, stream_}};
  const r123::Philox4x64::ctr_type random = r123::Philox4x64()(counter, key);
  return {random[0], random[1], random[2], random[3]};
}

UniformBlock Draws::block(DrawPurpose purpose, std::uint64_t actor, std::uint64_t occurrence) const {
  const auto random = words(purpose, actor, occurrence);
  UniformBlock result;
  for (std::size_t lane = 0; lane < result.size(); ++lane) {
    result[lane] = u01fixedpt_open_open_64_double(random[lane]);
  }
  return result;
}

double Draws::exponential(DrawPurpose purpose, std::uint64_t actor, std::uint64_t occurrence) const {
  return -std::log(uniform(purpose, actor, occurrence));
}

}  // namespace interregnum
