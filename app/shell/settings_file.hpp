// Where the settings lie: $XDG_CONFIG_HOME/lockstep/settings.json, else ~/.config/lockstep/settings.json.
#pragma once

#include <optional>
#include <string>

#include "app/model/settings.hpp"

namespace lockstep {

class SettingsFile {
 public:
  /// "" = the usual place; if there is none (no home), nothing is read or written.
  explicit SettingsFile(std::string path = {});

  /// The settings; the defaults if there are none. A file that is damaged is kept aside first, so that
  /// nothing is lost. Never throws.
  Settings load();
  /// True if the last load() found settings.
  bool existed() const { return existed_; }
  /// Where the last load() kept a damaged file; "" if it was not damaged.
  const std::string& kept_aside() const { return kept_aside_; }
  /// Whole or not at all. Does nothing if nothing changed since the last load() or save(). False if it cannot
  /// be written.
  bool save(const Settings& settings);
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::optional<Settings> saved_;
  std::string kept_aside_;
  bool existed_ = false;
  bool safe_ = true;  ///< nothing would be lost by writing
};

}  // namespace lockstep
