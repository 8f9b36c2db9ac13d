#include "core/arena/arena.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <memory>

#include "core/platform/clock.hpp"

namespace lockstep {
namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t round_up(std::size_t bytes) { return (bytes + kPage - 1) / kPage * kPage; }

constexpr std::size_t kRingsAt = round_up(sizeof(ArenaHeader));
constexpr std::size_t kTextAt = kRingsAt + round_up(sizeof(Event) * kRingCapacity * kMaxWorkers);
constexpr std::size_t kTextTableAt = kTextAt + round_up(kTextBytes);
constexpr std::size_t kPoolAt = kTextTableAt + round_up(kTextSlots * sizeof(std::uint32_t));
constexpr std::size_t kArenaBytes = kPoolAt + round_up(kPoolBytes);
constexpr std::size_t kLongestText = 65536;

std::uint64_t next_identity() {
  static std::atomic<std::uint64_t> last = 0;
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

/// All zeros, as in a new arena.
template <class Slot>
void wipe(std::span<Slot> slots) {
  static_assert(std::is_trivially_destructible_v<Slot> && std::is_standard_layout_v<Slot>);
  std::memset(static_cast<void*>(slots.data()), 0, slots.size_bytes());
}

/// The states of another run may stay: whoever makes an object gives it its first one.
void wipe(ObjectSlot& slot) { std::memset(static_cast<void*>(&slot), 0, offsetof(ObjectSlot, states)); }

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xCBF2'9CE4'8422'2325;  // FNV-1a
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100'0000'01B3;
  return hash;
}

}  // namespace

std::uint32_t WorkerSet::count() const {
  int total = 0;
  for (const std::uint64_t word : words)
    total += std::popcount(word);
  return static_cast<std::uint32_t>(total);
}

Arena::Arena(platform::Fd fd, void* base)
    : fd_(std::move(fd)),
      header_(static_cast<ArenaHeader*>(base)),
      worker_slots_(header_->worker_slots.data()),
      object_slots_(header_->object_slots.data()),
      identity_(next_identity()) {
  char* bytes = static_cast<char*>(base);
  rings_ = reinterpret_cast<Event*>(bytes + kRingsAt);
  text_ = bytes + kTextAt;
  text_table_ = reinterpret_cast<std::atomic<std::uint32_t>*>(bytes + kTextTableAt);
  pool_ = reinterpret_cast<QueueSlot*>(bytes + kPoolAt);
}

Arena::Arena(Arena&& other) noexcept
    : fd_(std::move(other.fd_)),
      header_(std::exchange(other.header_, nullptr)),
      worker_slots_(other.worker_slots_),
      object_slots_(other.object_slots_),
      rings_(other.rings_),
      text_(other.text_),
      text_table_(other.text_table_),
      pool_(other.pool_),
      identity_(other.identity_),
      is_alone_(other.is_alone_) {}

Arena::~Arena() {
  if (header_ != nullptr) platform::unmap(header_, kArenaBytes);
}

Arena Arena::create() {
  platform::Fd fd = platform::create_shared_memory("lockstep-arena", kArenaBytes);
  void* base = fd ? platform::map_shared(fd.get(), kArenaBytes) : nullptr;
  if (base == nullptr) {
    throw std::runtime_error("Shared memory for a run could not be had: " + platform::last_error() + ".");
  }
  Arena arena(std::move(fd), base);
  ArenaHeader& header = arena.header();
  header.magic = kArenaMagic;
  header.version = kArenaVersion;
  header.bytes = kArenaBytes;
  header.ns_per_tick = platform::ns_per_tick();
  header.segments[0] = {platform::ticks(), 0, 0.0};
  header.clock_segments = 1;
  header.objects = 1;
  header.sites = 1;
  return arena;
}

Arena Arena::attach(platform::Fd fd) {
  void* base = platform::map_shared(fd.get(), kArenaBytes);
  if (base == nullptr)
    throw std::runtime_error("The run's memory could not be mapped: " + platform::last_error() + ".");
  Arena arena(std::move(fd), base);
  if (arena.header().magic != kArenaMagic || arena.header().version != kArenaVersion) {
    throw std::runtime_error("The run's memory was made by another version of Lockstep.");
  }
  return arena;
}

void Arena::reset() {
  const std::uint32_t workers = std::min<std::uint32_t>(worker_count(), kMaxWorkers);
  wipe(std::span(header_->worker_slots).first(workers));
  header_->workers.store(0, std::memory_order_relaxed);
  header_->objects.store(1, std::memory_order_relaxed);
  header_->pool_top.store(0, std::memory_order_relaxed);
  header_->pipes.store(0, std::memory_order_relaxed);
  header_->tasks.store(0, std::memory_order_relaxed);
  StepControl& step = header_->step;
  step.stepped.store(0, std::memory_order_relaxed);
  step.steps.store(0, std::memory_order_relaxed);
  step.events_in_step = 0;
  step.last = kMainWorker;
  step.rule = SleepRule::any_order;
  step.clock = 0;
  step.digest.store(0, std::memory_order_relaxed);
  if (header_->text_top.load(std::memory_order_relaxed) > kKeptTextBytes) drop_texts();
}

void Arena::drop_texts() {
  platform::discard(text_, round_up(kTextBytes));
  platform::discard(text_table_, round_up(kTextSlots * sizeof(std::uint32_t)));
  header_->text_top.store(0, std::memory_order_relaxed);
  wipe<SiteSlot>(header_->site_slots);
  identity_ = next_identity();
}

std::string_view Arena::text(TextId id) const {
  if (id == 0) return {};
  const char* at = text_ + std::size_t{id - 1} * 8;
  std::uint32_t length = 0;
  std::memcpy(&length, at, sizeof length);
  return {at + sizeof length, length};
}

TextId Arena::intern(std::string_view text) {
  if (text.empty()) return 0;
  text = text.substr(0, kLongestText);
  std::size_t slot = hash_of(text) & (kTextSlots - 1);
  TextId mine = 0;
  for (std::size_t probes = 0; probes < kTextSlots; ++probes, slot = (slot + 1) & (kTextSlots - 1)) {
    std::uint32_t there = text_table_[slot].load(std::memory_order_acquire);
    if (there == 0) {
      if (mine == 0) {
        const std::size_t bytes = (sizeof(std::uint32_t) + text.size() + 7) / 8 * 8;
        const std::uint64_t at = header_->text_top.fetch_add(bytes, std::memory_order_relaxed);
        if (at + bytes > kTextBytes)
          throw ArenaFull("The program printed more than 256 MiB of different texts.");
        const auto length = static_cast<std::uint32_t>(text.size());
        std::memcpy(text_ + at, &length, sizeof length);
        std::memcpy(text_ + at + sizeof length, text.data(), text.size());
        mine = static_cast<TextId>(at / 8 + 1);
      }
      if (text_table_[slot].compare_exchange_strong(there, mine, std::memory_order_acq_rel)) return mine;
    }
    if (this->text(there) == text) return there;
  }
  throw ArenaFull("The program printed more than 8 million different texts.");
}

/// The counter's value, which then is `count` more.
template <class Number>
Number Arena::take(std::atomic<Number>& counter, Number count) {
  if (!is_alone_) return counter.fetch_add(count, std::memory_order_acq_rel);
  const Number first = counter.load(std::memory_order_relaxed);
  counter.store(first + count, std::memory_order_relaxed);
  return first;
}

WorkerId Arena::allocate_worker() {
  const std::uint32_t id = take<std::uint32_t>(header_->workers, 1);
  if (id >= kMaxWorkers) {
    header_->workers.store(kMaxWorkers, std::memory_order_release);
    throw ArenaFull("The program started more than 256 workers.");
  }
  return static_cast<WorkerId>(id);
}

ObjectId Arena::allocate_object() {
  const std::uint32_t id = take<std::uint32_t>(header_->objects, 1);
  if (id >= kMaxObjects) {
    header_->objects.store(kMaxObjects, std::memory_order_release);
    throw ArenaFull("The program made more than 2047 objects.");
  }
  if (is_alone_) wipe(object(static_cast<ObjectId>(id)));  // it may be another run's
  return static_cast<ObjectId>(id);
}

SiteId Arena::intern_site(const char* file, const char* function, std::uint32_t line) {
  const TextId file_id = intern(file);
  const std::uint64_t key = std::uint64_t{file_id} << 32 | line;
  std::size_t slot = (key * 0x9E37'79B9'7F4A'7C15) >> 52;
  for (std::size_t probes = 1; probes < kMaxSites; ++probes, slot = (slot + 1) % kMaxSites) {
    if (slot == 0) continue;
    SiteSlot& site = header_->site_slots[slot];
    std::uint64_t there = site.key.load(std::memory_order_acquire);
    const bool mine = there == 0 && site.key.compare_exchange_strong(there, key, std::memory_order_acq_rel);
    if (!mine && there != key) continue;
    // Also who comes second: the first may be at it still, or be killed there, and both write the same.
    if (site.defined.load(std::memory_order_acquire) == 0) {
      std::atomic_ref(site.file).store(file_id, std::memory_order_relaxed);
      std::atomic_ref(site.function).store(intern(function), std::memory_order_relaxed);
      std::atomic_ref(site.line).store(static_cast<std::int32_t>(line), std::memory_order_relaxed);
      site.defined.store(1, std::memory_order_release);
    }
    return static_cast<SiteId>(slot);
  }
  return 0;
}

std::uint64_t Arena::allocate_items(std::uint32_t count) {
  const std::uint64_t at = take<std::uint64_t>(header_->pool_top, count);
  if ((at + count) * sizeof(QueueSlot) > kPoolBytes)
    throw ArenaFull("The program's queues need more than 64 MiB.");
  return at;
}

}  // namespace lockstep
