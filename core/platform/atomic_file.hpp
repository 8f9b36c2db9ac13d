// A file that appears whole or not at all.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::platform {

/// Writes into a new file beside `path`; commit() flushes it to the disk and renames it to `path`. Until
/// then, and when anything fails, what stands at `path` is untouched, and nothing is left beside it. A
/// symbolic link is followed. What exists and is not a regular file (a pipe, /dev/null) is written to as it
/// is.
///
/// Errors are kept: the first one is what commit() returns, so write() need not be checked.
class AtomicFile {
 public:
  /// Opens; `path` stays free for others until commit().
  explicit AtomicFile(std::string path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// Buffered; blocks while the disk is busy. Returns false once anything has failed.
  bool write(std::string_view bytes);
  /// To be called once, last. A sentence if the file could not be written: "Cannot write /a/b: No space left
  /// on device."
  [[nodiscard]] std::optional<std::string> commit();

 private:
  void open();
  void open_beside(unsigned mode);
  void flush();
  void close();
  void fail(std::string_view reason);
  void fail_with(int error);

  std::string path_;    ///< as asked for, for sentences
  std::string target_;  ///< with links followed
  std::string beside_;  ///< the temporary file, "" if there is none
  std::vector<char> buffer_;
  std::string error_;
  int file_ = -1;
};

}  // namespace lockstep::platform
