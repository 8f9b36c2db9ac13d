#include "app/cli/target.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "app/cli/failure.hpp"

namespace lockstep::cli {
namespace fs = std::filesystem;
namespace {

/// The errno of making (and removing) a file beside `path`; 0 if that works.
int try_to_write_beside(const std::string& path) {
  const std::string probe = fmt::format("{}.probe{}", path, getpid());
  const int file = open(probe.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) return errno;
  close(file);
  unlink(probe.c_str());
  return 0;
}

}  // namespace

void check_target(const std::string& what, const std::string& path) {
  std::error_code error;
  const fs::file_status now = fs::status(path, error);
  if (fs::is_directory(now)) fail_usage(Text::bad_file_folder, what, in_quotes(path));
  if (fs::exists(now) && !fs::is_regular_file(now)) fail_usage(Text::bad_file_kind, what, in_quotes(path));
  if (fs::exists(now) && access(path.c_str(), W_OK) != 0)
    fail_usage(Text::bad_file_locked, what, in_quotes(path), error_words(errno));
  if (const int failed = try_to_write_beside(path))
    fail_usage(Text::bad_file_write, what, in_quotes(path), error_words(failed));
}

void check_input(const std::string& what, const std::string& path) {
  std::error_code error;
  const fs::file_status now = fs::status(path, error);
  if (!fs::exists(now)) fail_usage(Text::bad_file_absent, what, in_quotes(path));
  if (!fs::is_regular_file(now)) fail_usage(Text::bad_file_kind, what, in_quotes(path));
  if (access(path.c_str(), R_OK) != 0)
    fail_usage(Text::bad_file_read, what, in_quotes(path), error_words(errno));
}

bool same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return fs::equivalent(a, b, error) && !error;
}

}  // namespace lockstep::cli
