#include "core/runtime/memory_files.hpp"

#include <cerrno>

namespace lockstep {

MemoryFiles::File* MemoryFiles::find(std::string_view name) {
  for (std::size_t i = 0; i < count_; ++i) {
    if (files_[i].name == name) return &files_[i];
  }
  return nullptr;
}

int MemoryFiles::create(std::string_view name, std::string_view content) {
  File* file = find(name);
  if (file == nullptr) {
    if (count_ == files_.size()) files_.emplace_back();
    file = &files_[count_++];
    file->name = name;
  }
  file->content = content;
  return 0;
}

int MemoryFiles::read(std::string_view name, std::string& content) {
  const File* file = find(name);
  if (file == nullptr) return ENOENT;
  content += file->content;
  return 0;
}

int MemoryFiles::replace(std::string_view name, std::string_view content) { return create(name, content); }

int MemoryFiles::truncate(std::string_view name) {
  File* file = find(name);
  if (file == nullptr) return ENOENT;
  file->content.clear();
  return 0;
}

int MemoryFiles::append(std::string_view name, std::string_view text) {
  File* file = find(name);
  if (file == nullptr) return ENOENT;
  file->content += text;
  return 0;
}

}  // namespace lockstep
