#include "core/runtime/folder_files.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <cstdio>

#include "core/platform/process.hpp"

namespace lockstep {
namespace {

int write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t done = ::write(fd, content.data(), content.size());
    if (done < 0 && errno != EINTR) return errno;
    if (done > 0) content.remove_prefix(static_cast<std::size_t>(done));
  }
  return 0;
}

/// Opens `path` with `flags`, writes, closes.
int put(const std::string& path, std::string_view content, int flags) {
  const platform::Fd fd(open(path.c_str(), O_WRONLY | O_CLOEXEC | flags, 0644));
  return fd ? write_all(fd.get(), content) : errno;
}

}  // namespace

std::string FolderFiles::path_of(std::string_view name) const {
  return std::string(header_.folder.data()) + "/" + std::string(name);
}

int FolderFiles::create(std::string_view name, std::string_view content) {
  return put(path_of(name), content, O_CREAT | O_TRUNC);
}

int FolderFiles::read(std::string_view name, std::string& content) {
  const platform::Fd fd(open(path_of(name).c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return errno;
  char buffer[4096];
  for (;;) {
    const ssize_t got = ::read(fd.get(), buffer, sizeof buffer);
    if (got == 0) return 0;
    if (got < 0 && errno != EINTR) return errno;
    if (got > 0) content.append(buffer, static_cast<std::size_t>(got));
  }
}

int FolderFiles::replace(std::string_view name, std::string_view content) {
  const std::string path = path_of(name);
  const std::string temporary = path + ".new";
  if (const int error = put(temporary, content, O_CREAT | O_TRUNC); error != 0) return error;
  return rename(temporary.c_str(), path.c_str()) == 0 ? 0 : errno;
}

int FolderFiles::truncate(std::string_view name) { return put(path_of(name), "", O_TRUNC); }

int FolderFiles::append(std::string_view name, std::string_view text) {
  return put(path_of(name), text, O_APPEND);
}

}  // namespace lockstep
