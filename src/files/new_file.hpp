#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "files/temporary_name.hpp"

namespace interregnum {

/// What a file holds. SQLite takes X-journal, X-wal and X-shm for parts of a database X.
enum class Content { bytes, sqlite };

/// A file that is written beside its target under a temporary name and takes the target's name once it is whole. So a
/// reader sees the old file or the new one, whatever happens: the end of the process, a full disk, another writer of
/// the same target. The temporary file is opened exclusively, follows no link, and is locked as long as it is written.
///
/// Every problem throws InputError (the path cannot be written) or ResourceError (no space, a failing device), with the
/// path and the system's words; then the target is as it was, and nothing else is left.
class NewFile {
 public:
  /// Throws if the target is a folder, a device or a pipe, if it exists and may not be overwritten, if its folder does
  /// not exist or may not be written in.
  NewFile(const std::string& path, bool overwrite, Content content = Content::bytes);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  /// Where to write until `commit`: the temporary file.
  const std::string& temporary_path() const { return temporary_->path(); }
  void write(std::string_view bytes);
  /// Brings the content onto the disk, then renames. If that fails, or without it, the temporary file is removed.
  void commit();

 private:
  void open_temporary();
  void take_the_name();
  void rename_temporary();
  void discard() noexcept;
  [[noreturn]] void fail(int error_number) const;

  std::string path_;    ///< as it was named, for messages
  std::string target_;  ///< what `path_` points to if it is a link
  bool overwrite_;
  Content content_;
  std::optional<TemporaryName> temporary_;
  int file_ = -1;
};

/// Throws, before any work is done, if a file could not be written there.
void require_writable(const std::string& path, bool overwrite, Content content = Content::bytes);

/// Writes a text as a NewFile.
void write_text_file(const std::string& path, const std::string& text, bool overwrite);

}  // namespace interregnum
