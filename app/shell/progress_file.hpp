// Where the learner's progress lies: progress.json beside settings.json ($XDG_CONFIG_HOME/lockstep, else
// ~/.config/lockstep). It is a file of its own so that neither is lost with the other.
#pragma once

#include <optional>
#include <string>

#include "app/model/progress.hpp"

namespace lockstep {

class ProgressFile {
 public:
  /// "" = the usual place; if there is none (no home), nothing is read or written.
  explicit ProgressFile(std::string path = {});

  /// What is known; empty if there is nothing. Of a damaged file it is all that can be read, and the file is
  /// kept aside first. Earlier versions kept it in settings.json: found there if there is no progress.json.
  /// Never throws.
  ProgressBook load();
  /// Where the last load() or save() kept a damaged file; "" if it was not damaged.
  const std::string& kept_aside() const { return kept_aside_; }
  /// Whole or not at all. What another window has written since is taken over into `book` first: no mark is
  /// lost whoever writes last. Does nothing if nothing changed since the last load() or save(). False if it
  /// cannot be written.
  bool save(ProgressBook& book);
  const std::string& path() const { return path_; }

 private:
  /// Nothing if there is no file. `safe_` is false after it if a damaged file could not be kept aside.
  std::optional<ProgressBook> read();

  std::string path_;
  std::optional<ProgressBook> saved_;
  std::string kept_aside_;
  bool safe_ = true;  ///< nothing would be lost by writing
};

}  // namespace lockstep
