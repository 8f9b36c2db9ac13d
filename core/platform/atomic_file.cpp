#include "core/platform/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace lockstep::platform {
namespace {

constexpr std::size_t kBuffer = std::size_t{256} << 10;
constexpr unsigned kUsualMode = 0666;  // less the umask

/// `path`, or what it leads to if it is a symbolic link to something.
std::string resolved(const std::string& path) {
  std::error_code error;
  const std::filesystem::path real = std::filesystem::canonical(path, error);
  return error ? path : real.string();
}

}  // namespace

AtomicFile::AtomicFile(std::string path) : path_(std::move(path)), target_(resolved(path_)) {
  buffer_.reserve(kBuffer);
  open();
}

AtomicFile::~AtomicFile() {
  close();
  if (!beside_.empty()) ::unlink(beside_.c_str());
}

void AtomicFile::open() {
  struct stat status {};
  if (path_.empty()) return fail("no file name was given");
  if (::stat(target_.c_str(), &status) != 0) {
    if (errno != ENOENT) return fail_with(errno);
    return open_beside(kUsualMode);
  }
  if (S_ISDIR(status.st_mode)) return fail("it is a folder");
  if (::access(target_.c_str(), W_OK) != 0) return fail_with(errno);
  if (S_ISREG(status.st_mode)) return open_beside(status.st_mode & 07777U);
  file_ = ::open(target_.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (file_ < 0) fail_with(errno);
}

void AtomicFile::open_beside(unsigned mode) {
  const std::filesystem::path folder = std::filesystem::path(target_).parent_path();
  for (int attempt = 0; attempt < 100 && file_ < 0; ++attempt) {
    beside_ = folder / (".lockstep-" + std::to_string(::getpid()) + "-" + std::to_string(attempt) + ".new");
    file_ = ::open(beside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kUsualMode);
    if (file_ < 0 && errno != EEXIST) break;
  }
  if (file_ < 0) {
    beside_.clear();
    return fail_with(errno);
  }
  // The mode of what is replaced. Where that is not permitted, the usual one must do.
  if (mode != kUsualMode) [[maybe_unused]]
    const int ignored = ::fchmod(file_, mode);
}

bool AtomicFile::write(std::string_view bytes) {
  while (!bytes.empty() && error_.empty()) {
    const std::size_t part = std::min(bytes.size(), kBuffer - buffer_.size());
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(part));
    bytes.remove_prefix(part);
    if (buffer_.size() == kBuffer) flush();
  }
  return error_.empty();
}

void AtomicFile::flush() {
  std::size_t done = 0;
  while (done < buffer_.size() && error_.empty()) {
    const ssize_t written = ::write(file_, buffer_.data() + done, buffer_.size() - done);
    if (written >= 0) {
      done += static_cast<std::size_t>(written);
    } else if (errno != EINTR) {
      fail_with(errno);
    }
  }
  buffer_.clear();
}

std::optional<std::string> AtomicFile::commit() {
  if (error_.empty()) flush();
  // A pipe or a terminal cannot be flushed to a disk.
  if (error_.empty() && !beside_.empty() && ::fsync(file_) != 0) fail_with(errno);
  close();
  if (error_.empty() && !beside_.empty()) {
    if (::rename(beside_.c_str(), target_.c_str()) == 0) {
      beside_.clear();
    } else {
      fail_with(errno);
    }
  }
  if (error_.empty()) return std::nullopt;
  return error_;
}

void AtomicFile::close() {
  if (file_ < 0) return;
  // Some file systems report a full disk only here.
  if (::close(file_) != 0 && error_.empty()) fail_with(errno);
  file_ = -1;
}

void AtomicFile::fail_with(int error) { fail(std::generic_category().message(error)); }

void AtomicFile::fail(std::string_view reason) {
  if (error_.empty())
    error_ = "Cannot write " + (path_.empty() ? "the file" : path_) + ": " + std::string(reason) + ".";
}

}  // namespace lockstep::platform
