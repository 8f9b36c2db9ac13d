// The trace file: a header, the definitions (definitions_codec.hpp), the events as they lie in memory, and a
// checksum of all of that. The version comes first after the magic and decides over everything behind it.
#include "core/trace/file.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <array>
#include <bit>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <new>

#include "core/platform/atomic_file.hpp"
#include "core/trace/definitions_codec.hpp"

namespace lockstep {
namespace {

static_assert(std::endian::native == std::endian::little, "events are written as they lie in memory");

struct Header {
  std::array<char, 8> magic{'L', 'o', 'c', 'k', 's', 't', 'e', 'p'};
  std::uint32_t version = kTraceVersion;
  std::uint32_t event_size = sizeof(Event);
  std::uint64_t definition_bytes = 0;
  std::uint64_t events = 0;
};
static_assert(sizeof(Header) == 32);
/// As far as no version may change.
constexpr std::size_t kCommonHeader = offsetof(Header, event_size);
constexpr std::uint64_t kMostDefinitions = std::uint64_t{1} << 30;
constexpr std::size_t kPortion = 8192;  // events handled together

template <class T>
std::string_view bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof(value)};
}

class Checksum {
 public:
  Checksum() : state_(XXH3_createState()) { XXH3_64bits_reset(state_); }
  ~Checksum() { XXH3_freeState(state_); }
  Checksum(const Checksum&) = delete;
  Checksum& operator=(const Checksum&) = delete;
  void add(std::string_view bytes) { XXH3_64bits_update(state_, bytes.data(), bytes.size()); }
  std::uint64_t value() const { return XXH3_64bits_digest(state_); }

 private:
  XXH3_state_t* state_;
};

// --- loading

class Loader {
 public:
  explicit Loader(const std::string& path) : path_(path) {}

  std::variant<TraceStore, TraceFileError> load() {
    std::string fault = open();
    if (fault.empty()) fault = read_header();
    if (fault.empty()) fault = verify();
    TraceStore store;
    if (fault.empty()) fault = read_definitions(store);
    if (fault.empty()) fault = read_events(store);
    if (fault.empty()) return store;
    return TraceFileError{path_ + " " + fault + "."};
  }

 private:
  // Each step returns what is wrong, as the rest of a sentence that begins with the path, or "".

  std::string open() {
    std::error_code error;
    const auto status = std::filesystem::status(path_, error);
    if (status.type() == std::filesystem::file_type::not_found) return "does not exist";
    if (error) return "cannot be read: " + error.message();
    if (std::filesystem::is_directory(status)) return "is a folder, not a trace";
    if (!std::filesystem::is_regular_file(status)) return "is not a file";
    size_ = std::filesystem::file_size(path_, error);
    file_.open(path_, std::ios::binary);
    return error || !file_ ? "cannot be read: " + std::generic_category().message(errno) : "";
  }

  std::string read_header() {
    const bool has_common = read(&header_, kCommonHeader);
    const Header ours;
    if (!has_common || header_.magic != ours.magic) return "is not a trace of Lockstep";
    if (header_.version != ours.version) {
      return fmt::format("was written by {} version of Lockstep (trace format {}; this one reads {})",
                         header_.version > ours.version ? "a newer" : "an older", header_.version,
                         ours.version);
    }
    if (!read(&header_.event_size, sizeof(Header) - kCommonHeader)) return kCut;
    if (header_.event_size != ours.event_size) return kDamaged;
    const bool possible = header_.definition_bytes <= kMostDefinitions && header_.events < kNoEvent;
    if (!possible || expected_size() != size_) {
      return size_ < expected_size() || !possible ? kCut : "is damaged: there is something behind its end";
    }
    return {};
  }

  std::string verify() {
    Checksum checksum;
    checksum.add(bytes_of(header_));
    std::vector<char> portion(kPortion * sizeof(Event));
    for (std::uint64_t left = expected_size() - sizeof(Header) - sizeof(std::uint64_t); left > 0;) {
      const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(left, portion.size()));
      if (!read(portion.data(), part)) return kCut;
      checksum.add({portion.data(), part});
      left -= part;
    }
    std::uint64_t written = 0;
    if (!read(&written, sizeof(written))) return kCut;
    if (written != checksum.value()) return kDamaged;
    file_.seekg(sizeof(Header));
    return {};
  }

  std::string read_definitions(TraceStore& store) {
    std::string bytes(static_cast<std::size_t>(header_.definition_bytes), '\0');
    if (!read(bytes.data(), bytes.size())) return kCut;
    const auto fault = decode_definitions(bytes, store);
    return fault ? "is damaged: " + *fault : "";
  }

  std::string read_events(TraceStore& store) {
    std::vector<Event> portion(kPortion);
    for (std::uint64_t left = header_.events; left > 0;) {
      const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(left, kPortion));
      if (!read(portion.data(), part * sizeof(Event))) return kCut;
      if (auto fault = store.append({portion.data(), part})) {
        fault->pop_back();
        return "is damaged: " + *fault;
      }
      left -= part;
    }
    return {};
  }

  bool read(void* to, std::size_t bytes) {
    file_.read(static_cast<char*>(to), static_cast<std::streamsize>(bytes));
    return file_.gcount() == static_cast<std::streamsize>(bytes);
  }
  std::uint64_t expected_size() const {
    return sizeof(Header) + header_.definition_bytes + header_.events * sizeof(Event) + sizeof(std::uint64_t);
  }

  static constexpr const char* kCut = "is damaged: its end is missing";
  static constexpr const char* kDamaged = "is damaged: its checksum does not fit";

  const std::string& path_;
  std::ifstream file_;
  std::uintmax_t size_ = 0;
  Header header_;
};

}  // namespace

std::optional<TraceFileError> save_trace(const TraceStore& store, const std::string& path) {
  platform::AtomicFile file(path);
  Checksum checksum;
  const auto write = [&](std::string_view bytes) {
    checksum.add(bytes);
    return file.write(bytes);
  };
  const std::string definitions = encode_definitions(store);
  if (definitions.size() > kMostDefinitions)
    return TraceFileError{"Cannot write " + path + ": it has too many texts."};
  Header header;
  header.definition_bytes = definitions.size();
  header.events = store.size();
  bool good = write(bytes_of(header)) && write(definitions);
  std::vector<Event> portion;
  for (EventIndex at = 0; good && at < store.size();) {
    portion.clear();
    for (; at < store.size() && portion.size() < kPortion; ++at)
      portion.push_back(store[at]);
    good = write({reinterpret_cast<const char*>(portion.data()), portion.size() * sizeof(Event)});
  }
  const std::uint64_t sum = checksum.value();
  file.write(bytes_of(sum));
  if (const auto fault = file.commit()) return TraceFileError{*fault};
  return std::nullopt;
}

std::variant<TraceStore, TraceFileError> load_trace(const std::string& path) {
  try {
    return Loader(path).load();
  } catch (const std::bad_alloc&) {
    return TraceFileError{path + " does not fit into the memory of this computer."};
  }
}

}  // namespace lockstep
