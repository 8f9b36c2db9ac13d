#include "app/shell/whole_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace lockstep {
namespace {

namespace fs = std::filesystem;

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

bool write_file(const std::string& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool good = write_all(file, text);
  return ::close(file) == 0 && good;
}

}  // namespace

std::string config_path(std::string_view name) {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  if (config && config[0] == '/') return std::string(config) + "/lockstep/" + std::string(name);
  const char* home = std::getenv("HOME");
  if (home && home[0] == '/') return std::string(home) + "/.config/lockstep/" + std::string(name);
  return {};
}

std::optional<std::string> read_whole(const std::string& path) {
  if (path.empty()) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

bool write_whole(const std::string& path, std::string_view text) {
  std::error_code error;
  fs::create_directories(fs::path(path).parent_path(), error);
  const std::string beside = path + "." + std::to_string(::getpid()) + ".new";
  if (write_file(beside, text)) {
    fs::rename(beside, path, error);
    if (!error) return true;
  }
  fs::remove(beside, error);
  return false;
}

std::optional<std::string> keep_aside(const std::string& path) {
  constexpr int kMost = 1000;
  for (int n = 1; n < kMost; ++n) {
    const std::string kept = path + ".damaged" + (n == 1 ? "" : "-" + std::to_string(n));
    std::error_code error;
    if (fs::exists(kept, error) || error) continue;
    fs::rename(path, kept, error);
    if (error) return std::nullopt;
    return kept;
  }
  return std::nullopt;
}

}  // namespace lockstep
