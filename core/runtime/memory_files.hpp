// Files that exist only in this process's memory, for fiber runs.
#pragma once

#include <vector>

#include "core/runtime/files.hpp"

namespace lockstep {

class MemoryFiles final : public Files {
 public:
  int create(std::string_view name, std::string_view content) override;
  int read(std::string_view name, std::string& content) override;
  int replace(std::string_view name, std::string_view content) override;
  int truncate(std::string_view name) override;
  int append(std::string_view name, std::string_view text) override;
  /// No file exists any more.
  void clear() { count_ = 0; }
  /// Calls visit(name, content) for each file.
  template <class Visit>
  void each(Visit&& visit) const {
    for (std::size_t i = 0; i < count_; ++i)
      visit(files_[i].name, files_[i].content);
  }

 private:
  struct File {
    std::string name;
    std::string content;
  };
  File* find(std::string_view name);
  std::vector<File> files_;  ///< [0, count_) exist; the others keep their memory for the next run
  std::size_t count_ = 0;
};

}  // namespace lockstep
