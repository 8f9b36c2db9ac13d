// The shared memory of one run, mapped into this process.
//
// Thread-safe and process-safe; nothing here blocks but Guard. Exhaustion (too many workers, objects, texts)
// throws ArenaFull with a sentence: the run ends with it, nothing else does.
#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/arena/layout.hpp"
#include "core/platform/process.hpp"

namespace lockstep {

struct ArenaFull : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Arena {
 public:
  /// A new arena with its clock paused at 0; throws std::runtime_error if the system gives no memory.
  static Arena create();
  /// Maps an arena that another process created; throws if it is none or of another version.
  static Arena attach(platform::Fd fd);
  Arena(Arena&& other) noexcept;
  Arena& operator=(Arena&&) = delete;
  ~Arena();

  int fd() const { return fd_.get(); }
  ArenaHeader& header() { return *header_; }
  const ArenaHeader& header() const { return *header_; }

  WorkerSlot& worker(WorkerId id) { return worker_slots_[id]; }
  const WorkerSlot& worker(WorkerId id) const { return worker_slots_[id]; }
  ObjectSlot& object(ObjectId id) { return object_slots_[id]; }
  const ObjectSlot& object(ObjectId id) const { return object_slots_[id]; }
  Event* ring(WorkerId id) { return rings_ + std::size_t{id} * kRingCapacity; }
  std::uint32_t worker_count() const { return header_->workers.load(std::memory_order_acquire); }
  std::uint32_t object_count() const { return header_->objects.load(std::memory_order_acquire); }

  /// Empties it for another run: no workers, objects, items, steps. Texts and source sites keep their ids
  /// until they need more than kKeptTextBytes; then they go too, and identity() changes. Costs what was used.
  /// Nobody else may have it mapped.
  void reset();
  static constexpr std::uint64_t kKeptTextBytes = std::uint64_t{32} << 20;
  /// Differs for any two arenas of this process, and changes when ids of texts and sites lose their meaning.
  std::uint64_t identity() const { return identity_; }

  /// From now on only this thread uses it, so that ids are given without locking the memory bus.
  void use_alone() { is_alone_ = true; }

  /// The id of a text; equal texts have one id. A text longer than 64 KiB is cut.
  TextId intern(std::string_view text);
  std::string_view text(TextId id) const;

  /// A new slot, not yet visible to others until its `lifecycle` / `defined` is set. All is zero but an
  /// object's states, which whoever makes it sets: the first.
  WorkerId allocate_worker();
  ObjectId allocate_object();
  /// The id of a source line. `file` and `function` are as std::source_location gives them.
  SiteId intern_site(const char* file, const char* function, std::uint32_t line);
  /// Room for `count` items in the pool, as an offset.
  std::uint64_t allocate_items(std::uint32_t count);
  QueueSlot* items(const ObjectSlot& slot) { return pool_ + slot.items; }

 private:
  Arena(platform::Fd fd, void* base);
  void drop_texts();
  template <class Number>
  Number take(std::atomic<Number>& counter, Number count);

  platform::Fd fd_;
  ArenaHeader* header_ = nullptr;
  WorkerSlot* worker_slots_ = nullptr;
  ObjectSlot* object_slots_ = nullptr;
  Event* rings_ = nullptr;
  char* text_ = nullptr;
  std::atomic<std::uint32_t>* text_table_ = nullptr;
  QueueSlot* pool_ = nullptr;
  std::uint64_t identity_;
  bool is_alone_ = false;
};

/// Holds an object's guard. Blocks while another worker is inside (a few hundred nanoseconds). If the
/// holder's process dies, the supervisor frees the guard with recover_object.
class Guard {
 public:
  Guard(GuardWord& word, WorkerId me) : word_(word) {
    std::uint32_t free = 0;
    if (!word_.word.compare_exchange_strong(free, me + 1U, std::memory_order_acquire)) lock_slowly(me + 1U);
  }
  /// The supervisor's way in, that waits for nobody dead: where a dead process holds the guard, of whose
  /// death the supervisor may not know yet, it recovers the object itself.
  Guard(Arena& arena, ObjectId id);
  ~Guard() {
    if ((word_.word.exchange(0, std::memory_order_release) & kContended) != 0) wake();
  }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

  static constexpr std::uint32_t kContended = 0x8000'0000;

 private:
  void lock_slowly(std::uint32_t mine);
  void wake();
  GuardWord& word_;
};

/// After the death of `dead`, which may hold the guard of `id`: finishes the operation that it had recorded
/// or drops the one that it had not, and frees the guard. If it does not hold it, those who wait for the
/// guard look again, nothing else. Called by the supervisor alone.
void recover_object(Arena& arena, ObjectId id, WorkerId dead);

}  // namespace lockstep
