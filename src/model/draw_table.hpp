#pragma once

#include <string>

#include "model/theta_draws.hpp"

namespace interregnum {

/// The parameters of every draw as JSON, for programs that hold them in themselves and read no netCDF: a page in a
/// browser, a package for Python (docs/draw-table.md). Numbers keep every bit.
std::string draw_table(const ThetaDraws& draws);

/// Reads such a table; the draws have the same order and the same bits. `name` is for messages. Throws InputError if it
/// is none, if it has not every parameter of the model, or others, or holds values that cannot be.
ThetaDraws read_draw_table(const std::string& text, const std::string& name);

/// Whether a text can be nothing but a table of draws, if it holds draws at all: it is JSON, and netCDF is not.
bool is_draw_table(const std::string& text);

}  // namespace interregnum
