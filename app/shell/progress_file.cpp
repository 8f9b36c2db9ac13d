#include "app/shell/progress_file.hpp"

#include <filesystem>

#include "app/shell/whole_file.hpp"

namespace lockstep {

ProgressFile::ProgressFile(std::string path)
    : path_(path.empty() ? config_path("progress.json") : std::move(path)) {}

std::optional<ProgressBook> ProgressFile::read() {
  safe_ = true;
  const auto text = read_whole(path_);
  if (!text) return std::nullopt;
  ReadProgress read = progress_from_json(*text);
  if (read.damaged) {
    const auto kept = keep_aside(path_);
    safe_ = kept.has_value();
    kept_aside_ = kept.value_or(path_);
  }
  return std::move(read.book);
}

ProgressBook ProgressFile::load() {
  kept_aside_.clear();
  saved_.reset();
  if (path_.empty()) return {};
  if (auto book = read()) {
    if (kept_aside_.empty()) saved_ = *book;
    return std::move(*book);
  }
  const auto settings = read_whole((std::filesystem::path(path_).parent_path() / "settings.json").string());
  ProgressBook earlier = settings ? progress_from_json(*settings).book : ProgressBook();
  if (earlier.empty()) saved_ = earlier;
  return earlier;
}

bool ProgressFile::save(ProgressBook& book) {
  if (path_.empty() || saved_ == book) return true;
  if (const auto on_disk = read()) merge(book, *on_disk);
  if (!safe_ || !write_whole(path_, to_json(book))) return false;
  saved_ = book;
  return true;
}

}  // namespace lockstep
