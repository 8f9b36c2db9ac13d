#include "app/shell/settings_file.hpp"

#include "app/shell/whole_file.hpp"

namespace lockstep {

SettingsFile::SettingsFile(std::string path)
    : path_(path.empty() ? config_path("settings.json") : std::move(path)) {}

Settings SettingsFile::load() {
  existed_ = false;
  safe_ = true;
  kept_aside_.clear();
  Settings settings;
  bool damaged = false;
  if (const auto text = read_whole(path_)) {
    ReadSettings read = settings_from_json(*text);
    settings = std::move(read.settings);
    damaged = read.damaged;
    existed_ = !damaged;
    if (damaged) {
      const auto kept = keep_aside(path_);
      safe_ = kept.has_value();
      kept_aside_ = kept.value_or(path_);
    }
  }
  if (!damaged) saved_ = settings;
  return settings;
}

bool SettingsFile::save(const Settings& settings) {
  if (path_.empty() || saved_ == settings) return true;
  if (!safe_ || !write_whole(path_, to_json(settings))) return false;
  saved_ = settings;
  return true;
}

}  // namespace lockstep
