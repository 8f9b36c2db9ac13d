#include "core/process/file.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/platform/process.hpp"

namespace lockstep::api {
namespace {

/// What an operation on a file takes along; Application::context points to it.
struct FileAccess {
  std::string path;
  std::string content;                 ///< written, or read
  std::optional<std::int64_t> number;  ///< read_int and write_int: the value of `key`
  std::string_view key;
};

void fail(Application& a) {
  a.error_type = "OSError";
  a.error_message = "[Errno " + std::to_string(errno) + "] " + std::strerror(errno);
}

bool write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t done = ::write(fd, content.data(), content.size());
    if (done < 0 && errno != EINTR) return false;
    if (done > 0) content.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

/// Opens `path` with `flags`, writes, closes.
bool put_file(const std::string& path, std::string_view content, int flags) {
  const platform::Fd fd(open(path.c_str(), O_WRONLY | O_CLOEXEC | flags, 0644));
  return fd && write_all(fd.get(), content);
}

bool replace_file(const std::string& path, std::string_view content) {
  const std::string temporary = path + ".new";
  return put_file(temporary, content, O_CREAT | O_TRUNC) && rename(temporary.c_str(), path.c_str()) == 0;
}

bool get_file(const std::string& path, std::string& content) {
  const platform::Fd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return false;
  char buffer[4096];
  for (;;) {
    const ssize_t got = ::read(fd.get(), buffer, sizeof buffer);
    if (got == 0) return true;
    if (got < 0 && errno != EINTR) return false;
    if (got > 0) content.append(buffer, static_cast<std::size_t>(got));
  }
}

std::optional<std::int64_t> number_in(std::string_view content, std::string_view key) {
  const auto json = nlohmann::json::parse(content, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  const auto found = json.find(std::string(key));
  if (found == json.end() || !found->is_number_integer()) return std::nullopt;
  return found->get<std::int64_t>();
}

/// Announces an access: about a number with the number and its key in `extra`, about any other content with
/// the text.
PendingCall announce(const Operation& operation, ObjectId id, Where at, const FileAccess& access) {
  Arena& arena = runtime().arena();
  PendingCall result = make_call(operation, id, at);
  if (!access.key.empty()) {
    result.arg = access.number.value_or(0);
    result.extra = arena.intern(access.key);
  } else {
    result.type = ValueType::text;
    result.arg = arena.intern(access.content);
  }
  return result;
}

void read_file(Application& a) {
  auto& access = *static_cast<FileAccess*>(a.context);
  if (!get_file(access.path, access.content)) return fail(a);
  if (!access.key.empty()) access.number = number_in(access.content, access.key);
  if (access.number) {
    a.arg = *access.number;
  } else {
    a.type = ValueType::text;
    a.arg = a.arena.intern(access.content);
    a.extra = 0;
  }
}

void write_file(Application& a) {
  const auto& access = *static_cast<FileAccess*>(a.context);
  if (!replace_file(access.path, access.content)) fail(a);
}

void truncate_file(Application& a) {
  if (!put_file(static_cast<FileAccess*>(a.context)->path, "", O_TRUNC)) fail(a);
}

void append_file(Application& a) {
  const auto& access = *static_cast<FileAccess*>(a.context);
  if (!put_file(access.path, access.content, O_APPEND)) fail(a);
}

constexpr Operation kRead{.kind = EventKind::file_read, .apply = read_file, .effect = Effect::reads};
constexpr Operation kWrite{.kind = EventKind::file_write, .apply = write_file};
constexpr Operation kTruncate{.kind = EventKind::file_truncate, .apply = truncate_file};
constexpr Operation kAppend{.kind = EventKind::file_append, .apply = append_file};

std::string path_of(std::string_view name) {
  return std::string(runtime().arena().header().folder.data()) + "/" + std::string(name);
}

/// The value that the screen shows at first: the number, if the file is a JSON object with nothing else.
Value initial_value(std::string_view content) {
  const auto json = nlohmann::json::parse(content, nullptr, false);
  if (json.is_object() && json.size() == 1 && json.begin()->is_number_integer()) {
    return Value::of_int(json.begin()->get<std::int64_t>());
  }
  return Value::of_text(runtime().arena().intern(content));
}

}  // namespace

File::File(std::string_view name, std::string_view content, Where at) : id_(kNoObject), name_(name) {
  if (!put_file(path_of(name), content, O_CREAT | O_TRUNC)) {
    raise("OSError", std::strerror(errno), site_of(at));
  }
  const Value initial = initial_value(content);
  id_ = create_object({.kind = ObjectKind::file,
                       .name = name,
                       .initial = initial.bits,
                       .initial_type = initial.type,
                       .state = {}});
}

std::string File::read(Where at) const {
  FileAccess access{path_of(name_), {}, {}, {}};
  call(announce(kRead, id_, at, access), &access);
  return access.content;
}

void File::write(std::string_view content, Where at) const {
  FileAccess access{path_of(name_), std::string(content), {}, {}};
  call(announce(kWrite, id_, at, access), &access);
}

void File::truncate(Where at) const {
  FileAccess access{path_of(name_), {}, {}, {}};
  call(make_call(kTruncate, id_, at), &access);
}

void File::append(std::string_view text, Where at) const {
  FileAccess access{path_of(name_), std::string(text), {}, {}};
  call(announce(kAppend, id_, at, access), &access);
}

std::int64_t File::read_int(std::string_view key, Where at) const {
  FileAccess access{path_of(name_), {}, {}, key};
  call(announce(kRead, id_, at, access), &access);
  if (access.number) return *access.number;
  if (!nlohmann::json::accept(access.content)) {
    raise("JSONDecodeError", "Expecting value: line 1 column 1 (char 0)", site_of(at));
  }
  raise("KeyError", "'" + std::string(key) + "'", site_of(at));
}

void File::write_int(std::string_view key, std::int64_t value, Where at) const {
  FileAccess access{path_of(name_), nlohmann::json{{std::string(key), value}}.dump(), value, key};
  call(announce(kWrite, id_, at, access), &access);
}

}  // namespace lockstep::api
