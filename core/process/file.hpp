// A real file in the run's folder. Each operation is one visible step: open, read or write, close.
#pragma once

#include <string>
#include <string_view>

#include "core/sync/item.hpp"
#include "core/sync/object.hpp"

namespace lockstep::api {

class File {
 public:
  /// Makes the file with this content before anything runs; records nothing. `name` is a plain file name.
  File(std::string_view name, std::string_view content, Where at = Where::current());

  std::string read(Where at = Where::current()) const;
  /// Replaces the whole content in one step: no reader ever sees half of it (a rename underneath).
  void write(std::string_view content, Where at = Where::current()) const;
  /// Cuts the file to nothing; a reader sees it empty until the next write.
  void truncate(Where at = Where::current()) const;
  void append(std::string_view text, Where at = Where::current()) const;

  /// Reads the file as a JSON object and returns an integer of it. JSONDecodeError if the content is no JSON,
  /// KeyError if it lacks the key.
  std::int64_t read_int(std::string_view key, Where at = Where::current()) const;
  /// Writes {"key": value} in one step.
  void write_int(std::string_view key, std::int64_t value, Where at = Where::current()) const;
  ObjectId id() const { return id_; }

 private:
  ObjectId id_;
  std::string name_;
};

}  // namespace lockstep::api
