// The files of a run, as its programs see them: plain names, whole operations. In the run's folder (live and
// gated runs), or in memory (fiber runs).
#pragma once

#include <string>
#include <string_view>

namespace lockstep {

/// Each operation returns 0, or the errno of what failed; it either happens as a whole or not at all.
class Files {
 public:
  virtual ~Files() = default;
  /// Makes the file with that content, or replaces the content in place.
  virtual int create(std::string_view name, std::string_view content) = 0;
  /// Appends the file's content to `content`.
  virtual int read(std::string_view name, std::string& content) = 0;
  /// Replaces the whole content in one step, also for a reader outside the run.
  virtual int replace(std::string_view name, std::string_view content) = 0;
  virtual int truncate(std::string_view name) = 0;
  virtual int append(std::string_view name, std::string_view text) = 0;
};

}  // namespace lockstep
