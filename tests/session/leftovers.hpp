// What a test may not leave behind: descriptors, files of runs, children.
#pragma once

#include <sys/wait.h>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include "tests/catch.hpp"
#include "tests/trace/temp_folder.hpp"

namespace lockstep::test {

inline std::size_t open_descriptors() {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}));
}

/// Runs that are made while it exists put their files into a folder of its own.
class Leftovers {
 public:
  Leftovers() {
    if (const char* before = std::getenv("TMPDIR")) before_ = before;
    setenv("TMPDIR", (folder_ / "").c_str(), 1);
  }
  ~Leftovers() { before_ ? setenv("TMPDIR", before_->c_str(), 1) : unsetenv("TMPDIR"); }

  void check() const {
    CHECK(folder_.files() == 0);
    CHECK(open_descriptors() == descriptors_);
    CHECK(waitpid(-1, nullptr, WNOHANG) == -1);
    CHECK(errno == ECHILD);
  }

 private:
  TempFolder folder_;
  std::optional<std::string> before_;
  std::size_t descriptors_ = open_descriptors();
};

}  // namespace lockstep::test
