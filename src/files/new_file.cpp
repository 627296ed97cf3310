#include "files/new_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "base/diagnostics.hpp"
#include "files/failure.hpp"
#include "files/side_files.hpp"

namespace interregnum {

namespace {

namespace fs = std::filesystem;

fs::path folder_of(const std::string& target) {
  const fs::path folder = fs::path(target).parent_path();
  return folder.empty() ? fs::path(".") : folder;
}

/// The file itself if `path` is a link. Throws InputError for what can be no output.
std::string checked_target(const std::string& path, bool overwrite) {
  const fs::path target(path);
  std::error_code error;
  if (fs::is_directory(target, error)) throw InputError(fmt::format("{}: is a folder", path));
  const auto status = fs::symlink_status(target, error);
  if (!overwrite && fs::exists(status))
    throw InputError(fmt::format("{}: exists already (--force overwrites it)", path));
  if (fs::exists(status) && !fs::is_regular_file(target, error))
    throw InputError(fmt::format("{}: is not a file that could be overwritten", path));  // a device, a link to nowhere
  if (target.filename().empty() || !fs::is_directory(folder_of(path), error))
    throw InputError(fmt::format("{}: there is no folder {}", path, folder_of(path).string()));
  if (!fs::is_symlink(status)) return path;
  const fs::path pointed_to = fs::canonical(target, error);
  if (error) throw InputError(fmt::format("{}: cannot be written ({})", path, error.message()));
  return pointed_to.string();
}

}  // namespace

NewFile::NewFile(const std::string& path, bool overwrite, Content content)
    : path_(path), target_(checked_target(path, overwrite)), overwrite_(overwrite), content_(content) {
  if (content_ == Content::sqlite) recover_from_side_files(target_, overwrite_);
  remove_stale_temporary_files(folder_of(target_).string());
  open_temporary();
}

NewFile::~NewFile() { discard(); }

void NewFile::discard() noexcept {
  if (file_ < 0) return;
  unlink(temporary_path().c_str());
  close(file_);
  file_ = -1;
}

void NewFile::fail(int error_number) const { fail_to_write(path_, error_number); }

void NewFile::open_temporary() {
  constexpr mode_t everybody = 0666;  // less the umask
  // Another process may take the file for a stale one in the instant before it is locked, and remove it.
  for (int tries = 0; tries < 100; ++tries) {
    temporary_.emplace((folder_of(target_) / new_temporary_name()).string());
    file_ = open(temporary_path().c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, everybody);
    if (file_ < 0 && errno == EEXIST) continue;
    if (file_ < 0) fail(errno);
    flock(file_, LOCK_EX);  // a file system without locks: then nobody takes it for stale
    struct stat status {};
    if (fstat(file_, &status) == 0 && status.st_nlink > 0) return;
    close(file_);
    file_ = -1;
  }
  fail(EEXIST);
}

void NewFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void NewFile::commit() {
  try {
    take_the_name();
  } catch (...) {
    discard();
    throw;
  }
}

void NewFile::take_the_name() {
  struct stat ours {
  }, named{};
  if (fsync(file_) != 0 || fstat(file_, &ours) != 0) fail(errno);
  // Somebody who may write in the folder could have put another file, or a link, in its place.
  if (lstat(temporary_path().c_str(), &named) != 0 || named.st_ino != ours.st_ino || named.st_dev != ours.st_dev)
    throw InputError(fmt::format("{}: cannot be written (another program removed {})", path_, temporary_path()));
  if (content_ == Content::sqlite) settle_side_files(target_, overwrite_);
  rename_temporary();
  close(file_);
  file_ = -1;
  temporary_.reset();
  // After a loss of power the folder has the new name only if the folder, too, was brought onto the disk. Some file
  // systems cannot do that for a folder; then there is nothing to be done.
  if (const int folder = open(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); folder >= 0) {
    fsync(folder);
    close(folder);
  }
}

void NewFile::rename_temporary() {
  const char *from = temporary_path().c_str(), *to = target_.c_str();
  if (!overwrite_) {
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return;
    struct stat status {};
    if (errno == EEXIST || lstat(to, &status) == 0)
      throw InputError(fmt::format("{}: has come into being meanwhile (--force overwrites it)", path_));
    if (errno != EINVAL && errno != ENOSYS && errno != ENOENT) fail(errno);
    // The file system does not know renaming without replacing.
  }
  if (rename(from, to) != 0) fail(errno);
}

void require_writable(const std::string& path, bool overwrite, Content content) {
  const NewFile file(path, overwrite, content);
}

void write_text_file(const std::string& path, const std::string& text, bool overwrite) {
  NewFile file(path, overwrite);
  file.write(text);
  file.commit();
}

}  // namespace interregnum
