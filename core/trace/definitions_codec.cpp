// Little-endian numbers of fixed width; a text is its length in four bytes and its bytes; a list is the
// number of its elements in four bytes and they.
#include "core/trace/definitions_codec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstring>

namespace lockstep {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

class Encoder {
 public:
  void put(std::integral auto value) { bytes_.append(reinterpret_cast<const char*>(&value), sizeof(value)); }
  template <class E>
  requires std::is_enum_v<E>
  void put(E value) { put(static_cast<std::underlying_type_t<E>>(value)); }
  void put(std::string_view text) {
    put(static_cast<std::uint32_t>(text.size()));
    bytes_.append(text);
  }
  void put(const std::string& text) { put(std::string_view(text)); }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reading past the end, or a value out of range, makes it bad for good; what it then gives is zero or empty.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {}
  bool good() const { return good_; }
  bool at_end() const { return rest_.empty(); }
  void fail() {
    good_ = false;
    rest_ = {};
  }

  template <std::integral T>
  T number() {
    T value{};
    if (rest_.size() < sizeof(T)) {
      fail();
    } else {
      std::memcpy(&value, rest_.data(), sizeof(T));
      rest_.remove_prefix(sizeof(T));
    }
    return value;
  }
  bool flag() { return range(number<std::uint8_t>(), 1) != 0; }
  /// An enumeration whose last value is `last`.
  template <class E>
  E one_of(E last) {
    return static_cast<E>(range(number<std::uint8_t>(), static_cast<std::uint8_t>(last)));
  }
  std::string text() {
    const auto size = number<std::uint32_t>();
    if (rest_.size() < size) fail();
    std::string result(rest_.substr(0, size));
    rest_.remove_prefix(result.size());
    return result;
  }
  /// Calls `element()` as often as the list has elements, while all is well.
  template <class Element>
  void list(Element&& element) {
    for (auto left = number<std::uint32_t>(); left > 0 && good_; --left)
      element();
  }

 private:
  std::uint8_t range(std::uint8_t value, std::uint8_t last) {
    if (value <= last) return value;
    fail();
    return 0;
  }

  std::string_view rest_;
  bool good_ = true;
};

// --- encoding

void encode_run(Encoder& out, const RunInfo& run) {
  out.put(run.scenario);
  out.put(run.variant);
  out.put(run.mode);
  out.put(run.program_version);
  out.put(run.seed);
  out.put(static_cast<std::uint32_t>(run.params.size()));
  for (const auto& [name, value] : run.params) {
    out.put(name);
    out.put(value);
  }
}

void encode(Encoder& out, const WorkerInfo& info) {
  out.put(info.id);
  out.put(info.name);
  out.put(info.kind);
  out.put(info.parent);
  out.put(info.object);
  out.put(static_cast<std::int32_t>(info.pid));
  out.put(std::uint8_t{info.daemon});
  out.put(info.created_after);
}

void encode(Encoder& out, const ObjectInfo& info) {
  out.put(info.id);
  out.put(info.name);
  out.put(info.kind);
  out.put(info.initial);
  out.put(info.limit);
  out.put(info.initial_type);
  out.put(info.owner);
  out.put(info.related);
}

void encode(Encoder& out, const SiteInfo& info) {
  out.put(info.id);
  out.put(info.file);
  out.put(info.function);
  out.put(static_cast<std::int32_t>(info.line));
}

/// Those of `infos` that were declared.
template <class Info, class Declared>
void encode_list(Encoder& out, std::span<const Info> infos, Declared&& is_declared) {
  out.put(static_cast<std::uint32_t>(std::count_if(infos.begin(), infos.end(), is_declared)));
  for (const Info& info : infos) {
    if (is_declared(info)) encode(out, info);
  }
}

// --- decoding

void decode_run(Decoder& in, TraceStore& store) {
  RunInfo run;
  run.scenario = in.text();
  run.variant = in.text();
  run.mode = in.text();
  run.program_version = in.text();
  run.seed = in.number<std::uint64_t>();
  in.list([&] {
    std::string name = in.text();
    run.params[std::move(name)] = in.number<std::int64_t>();
  });
  store.set_run(std::move(run));
}

void decode_worker(Decoder& in, TraceStore& store) {
  WorkerInfo info;
  info.id = in.number<WorkerId>();
  info.name = in.text();
  info.kind = in.one_of(WorkerKind::process);
  info.parent = in.number<WorkerId>();
  info.object = in.number<ObjectId>();
  info.pid = in.number<std::int32_t>();
  info.daemon = in.flag();
  info.created_after = in.number<std::uint32_t>();
  if (info.id >= kMaxWorkers) in.fail();
  if (in.good()) store.declare(std::move(info));
}

void decode_object(Decoder& in, TraceStore& store) {
  ObjectInfo info;
  info.id = in.number<ObjectId>();
  info.name = in.text();
  info.kind = in.one_of(ObjectKind::managed);
  info.initial = in.number<std::int64_t>();
  info.limit = in.number<std::int64_t>();
  info.initial_type = in.one_of(ValueType::real);
  info.owner = in.number<WorkerId>();
  info.related = in.number<ObjectId>();
  if (info.id == kNoObject) in.fail();
  if (in.good()) store.declare(std::move(info));
}

void decode_site(Decoder& in, TraceStore& store) {
  SiteInfo info;
  info.id = in.number<SiteId>();
  info.file = in.text();
  info.function = in.text();
  info.line = in.number<std::int32_t>();
  if (info.id == 0) in.fail();
  if (in.good()) store.declare(std::move(info));
}

/// Views follow these numbers without asking.
std::optional<std::string> stray_reference(const TraceStore& store) {
  const auto is_worker = [&](WorkerId id) { return id == kNoWorker || store.has_worker(id); };
  const auto is_object = [&](ObjectId id) { return id == kNoObject || store.has_object(id); };
  for (const WorkerInfo& info : store.workers()) {
    if (is_worker(info.parent) && is_object(info.object)) continue;
    return fmt::format("worker {} refers to something that was not declared", info.id);
  }
  for (const ObjectInfo& info : store.objects()) {
    if (is_worker(info.owner) && is_object(info.related)) continue;
    return fmt::format("object {} refers to something that was not declared", info.id);
  }
  return std::nullopt;
}

}  // namespace

std::string encode_definitions(const TraceStore& store) {
  Encoder out;
  encode_run(out, store.run());
  encode_list(out, store.workers(), [&](const WorkerInfo& info) { return store.has_worker(info.id); });
  encode_list(out, store.objects(), [&](const ObjectInfo& info) { return store.has_object(info.id); });
  encode_list(out, store.sites(),
              [&](const SiteInfo& info) { return info.id != 0 && store.has_site(info.id); });
  const std::vector<TextId> texts = store.text_ids();
  out.put(static_cast<std::uint32_t>(texts.size()));
  for (const TextId id : texts) {
    out.put(id);
    out.put(store.text(id));
  }
  return out.take();
}

std::optional<std::string> decode_definitions(std::string_view bytes, TraceStore& store) {
  Decoder in(bytes);
  decode_run(in, store);
  in.list([&] { decode_worker(in, store); });
  in.list([&] { decode_object(in, store); });
  in.list([&] { decode_site(in, store); });
  in.list([&] {
    const auto id = in.number<TextId>();
    std::string text = in.text();
    if (in.good()) store.declare_text(id, std::move(text));
  });
  if (!in.good() || !in.at_end()) return "its definitions are not sound";
  return stray_reference(store);
}

}  // namespace lockstep
