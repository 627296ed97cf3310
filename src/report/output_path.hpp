#pragma once

#include <string>

namespace interregnum {

/// The file that a result is to be written to: `path`, or what it points to if it is a link. Throws InputError if that
/// is a folder, a device or a pipe, if it exists and may not be overwritten, or if its folder does not exist.
std::string output_path(const std::string& path, bool overwrite);

/// Throws InputError, before any work is done, if `write_text_file` could not write there.
void require_writable(const std::string& path, bool overwrite);

/// Writes a text to a temporary file beside the target and renames it. Throws InputError as `output_path` does, and if
/// the file cannot be written; then nothing is left behind.
void write_text_file(const std::string& path, const std::string& text, bool overwrite);

}  // namespace interregnum
