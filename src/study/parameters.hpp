#pragma once

#include <string>
#include <vector>

#include "model/theta_draws.hpp"

namespace interregnum {

struct Parameters {
  ThetaDraws thetas;
  std::string name;  ///< for reports: `default`, `prior`, or the file
  bool fitted;       ///< whether they are draws given a record
};

/// The file of draws that ships: `posterior`, given the whole record; `fold-0` … `fold-9`, without a tenth of the
/// countries; `to-1989`, without what came later.
std::string shipped_draws(const std::string& name);

/// Reads or draws parameters: `default` (one set of values), `prior` (draws from the priors), a file of draws (that of
/// a `fit`, or a table of `params --draws`), or, where `source` is empty, the posterior that ships. Throws InputError.
/// Reading takes some hundredths of a second, copies take no time.
Parameters load_parameters(const std::string& source);

/// The same with changes such as `theta.seizure.momentum=0`; throws InputError for other keys.
Parameters load_parameters(const std::string& source, const std::vector<std::string>& changes);

}  // namespace interregnum
