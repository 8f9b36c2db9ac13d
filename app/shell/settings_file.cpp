#include "app/shell/settings_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace lockstep {
namespace {

namespace fs = std::filesystem;

std::string usual_place() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  if (config && config[0] == '/') return std::string(config) + "/lockstep/settings.json";
  const char* home = std::getenv("HOME");
  if (home && home[0] == '/') return std::string(home) + "/.config/lockstep/settings.json";
  return {};
}

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

SettingsFile::SettingsFile(std::string path) : path_(path.empty() ? usual_place() : std::move(path)) {}

Settings SettingsFile::load() {
  existed_ = damaged_ = false;
  Settings settings;
  std::ifstream file(path_, std::ios::binary);
  if (!path_.empty() && file) {
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    ReadSettings read = settings_from_json(text);
    settings = std::move(read.settings);
    damaged_ = read.damaged;
    existed_ = !damaged_;
    if (damaged_) {
      std::error_code ignored;
      fs::rename(path_, path_ + ".damaged", ignored);
    }
  }
  if (!damaged_) saved_ = settings;
  return settings;
}

bool SettingsFile::save(const Settings& settings) {
  if (path_.empty() || saved_ == settings) return true;
  std::error_code error;
  fs::create_directories(fs::path(path_).parent_path(), error);
  const std::string beside = path_ + "." + std::to_string(::getpid()) + ".new";
  if (!write_file(beside, to_json(settings))) {
    fs::remove(beside, error);
    return false;
  }
  fs::rename(beside, path_, error);
  if (error) return false;
  saved_ = settings;
  return true;
}

}  // namespace lockstep
