#include "files/temporary_name.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <climits>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>
#include <string_view>
#include <system_error>

namespace interregnum {

namespace {

constexpr std::string_view prefix = "interregnum-", suffix = ".tmp", unknown_boot = "00000000";
constexpr std::size_t boot_digits = 8, random_digits = 16;
constexpr std::time_t a_day = 24 * 60 * 60;

struct Slot {
  std::atomic<bool> taken{false};  ///< by a TemporaryName
  std::atomic<bool> named{false};  ///< `path` is whole
  std::array<char, PATH_MAX> path{};
};

// A process writes two or three files at a time. A file without a slot is only not removed when a signal ends it.
std::array<Slot, 16> slots;

bool is_hexadecimal(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// The first digits of the number that Linux draws when it boots (proc(5)).
std::string boot_of_system() {
  std::string text;
  std::ifstream("/proc/sys/kernel/random/boot_id") >> text;
  text = text.substr(0, boot_digits);
  return text.size() == boot_digits && is_hexadecimal(text) ? text : std::string(unknown_boot);
}

/// BOOT of a temporary name; empty for any other name.
std::string_view boot_of_name(std::string_view name) {
  if (name.size() != prefix.size() + boot_digits + 1 + random_digits + suffix.size() || !name.starts_with(prefix) ||
      !name.ends_with(suffix))
    return {};
  const std::string_view boot = name.substr(prefix.size(), boot_digits);
  const std::string_view random = name.substr(prefix.size() + boot_digits + 1, random_digits);
  const bool good = name[prefix.size() + boot_digits] == '-' && is_hexadecimal(boot) && is_hexadecimal(random);
  return good ? boot : std::string_view{};
}

void remove_if_stale(const std::filesystem::path& path, bool of_this_system) {
  const int file = open(path.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return;
  struct stat status {};
  if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && flock(file, LOCK_EX | LOCK_NB) == 0 &&
      (of_this_system || status.st_mtime < std::time(nullptr) - a_day))
    unlink(path.c_str());
  close(file);
}

}  // namespace

std::string new_temporary_name() {
  std::uint64_t number = 0;
  if (getrandom(&number, sizeof number, 0) != static_cast<ssize_t>(sizeof number)) {
    std::random_device device;
    number = std::uint64_t{device()} << 32U | device();
  }
  return fmt::format("{}{}-{:016x}{}", prefix, boot_of_system(), number, suffix);
}

TemporaryName::TemporaryName(std::string path) : path_(std::move(path)), slot_(-1) {
  if (path_.size() >= PATH_MAX) return;
  for (std::size_t index = 0; index < slots.size(); ++index) {
    if (slots[index].taken.exchange(true)) continue;
    std::memcpy(slots[index].path.data(), path_.c_str(), path_.size() + 1);
    slots[index].named = true;
    slot_ = static_cast<int>(index);
    return;
  }
}

TemporaryName::~TemporaryName() {
  if (slot_ < 0) return;
  slots[static_cast<std::size_t>(slot_)].named = false;
  slots[static_cast<std::size_t>(slot_)].taken = false;
}

void remove_temporary_files() noexcept {
  for (Slot& slot : slots) {
    if (slot.named) unlink(slot.path.data());
  }
}

void remove_stale_temporary_files(const std::string& folder) {
  const std::string boot = boot_of_system();
  std::error_code error;
  std::filesystem::directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    const std::string_view of_file = boot_of_name(name);
    if (!of_file.empty()) remove_if_stale(entry->path(), of_file == boot && boot != unknown_boot);
  }
}

}  // namespace interregnum
