#include "core/process/file.hpp"

#include <cstring>
#include <nlohmann/json.hpp>

namespace lockstep::api {
namespace {

/// What an operation on a file takes along; Application::context points to it.
struct FileAccess {
  Files& files;
  const std::string& name;
  std::string content;                 ///< written, or read
  std::optional<std::int64_t> number;  ///< read_int and write_int: the value of `key`
  std::string_view key;
};

/// True if the operation on the file succeeded (0); else the call raises what Python raises.
bool succeeded(Application& a, int error) {
  if (error == 0) return true;
  a.fail("OSError", "[Errno " + std::to_string(error) + "] " + std::strerror(error));
  return false;
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

FileAccess& access_of(Application& a) { return *static_cast<FileAccess*>(a.context); }

void read_file(Application& a) {
  FileAccess& access = access_of(a);
  if (!succeeded(a, access.files.read(access.name, access.content))) return;
  if (!access.key.empty()) access.number = number_in(access.content, access.key);
  if (access.number) {
    a.arg = *access.number;
  } else {
    a.type = ValueType::text;
    a.arg = a.arena.intern(access.content);
    a.extra = 0;
  }
  a.reply.result = {a.type, a.arg};
}

void write_file(Application& a) {
  const FileAccess& access = access_of(a);
  succeeded(a, access.files.replace(access.name, access.content));
}

void truncate_file(Application& a) { succeeded(a, access_of(a).files.truncate(access_of(a).name)); }

void append_file(Application& a) {
  const FileAccess& access = access_of(a);
  succeeded(a, access.files.append(access.name, access.content));
}

constexpr Operation kRead{.kind = EventKind::file_read, .apply = read_file, .effect = Effect::reads};
constexpr Operation kWrite{.kind = EventKind::file_write, .apply = write_file};
constexpr Operation kTruncate{.kind = EventKind::file_truncate, .apply = truncate_file};
constexpr Operation kAppend{.kind = EventKind::file_append, .apply = append_file};

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
  if (const int error = runtime().files().create(name, content); error != 0) {
    raise("OSError", std::strerror(error), site_of(at));
  }
  const Value initial = initial_value(content);
  id_ = create_object({.kind = ObjectKind::file,
                       .name = name,
                       .initial = initial.bits,
                       .initial_type = initial.type,
                       .state = {}});
}

std::string File::read(Where at) const {
  FileAccess access{runtime().files(), name_, {}, {}, {}};
  call(announce(kRead, id_, at, access), &access);
  return access.content;
}

void File::write(std::string_view content, Where at) const {
  FileAccess access{runtime().files(), name_, std::string(content), {}, {}};
  call(announce(kWrite, id_, at, access), &access);
}

void File::truncate(Where at) const {
  FileAccess access{runtime().files(), name_, {}, {}, {}};
  call(make_call(kTruncate, id_, at), &access);
}

void File::append(std::string_view text, Where at) const {
  FileAccess access{runtime().files(), name_, std::string(text), {}, {}};
  call(announce(kAppend, id_, at, access), &access);
}

std::int64_t File::read_int(std::string_view key, Where at) const {
  FileAccess access{runtime().files(), name_, {}, {}, key};
  call(announce(kRead, id_, at, access), &access);
  if (access.number) return *access.number;
  if (!nlohmann::json::accept(access.content)) {
    raise("JSONDecodeError", "Expecting value: line 1 column 1 (char 0)", site_of(at));
  }
  raise("KeyError", "'" + std::string(key) + "'", site_of(at));
}

void File::write_int(std::string_view key, std::int64_t value, Where at) const {
  FileAccess access{runtime().files(), name_, nlohmann::json{{std::string(key), value}}.dump(), value, key};
  call(announce(kWrite, id_, at, access), &access);
}

}  // namespace lockstep::api
