// Real files, in the folder that the run's arena names.
#pragma once

#include "core/arena/arena.hpp"
#include "core/runtime/files.hpp"

namespace lockstep {

class FolderFiles final : public Files {
 public:
  explicit FolderFiles(const Arena& arena) : header_(arena.header()) {}
  int create(std::string_view name, std::string_view content) override;
  int read(std::string_view name, std::string& content) override;
  int replace(std::string_view name, std::string_view content) override;
  int truncate(std::string_view name) override;
  int append(std::string_view name, std::string_view text) override;

 private:
  std::string path_of(std::string_view name) const;
  const ArenaHeader& header_;
};

}  // namespace lockstep
