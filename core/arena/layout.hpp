// What lies in the shared memory of one run. Plain data and atomics only: the window's process, the
// supervisor and all workers map it at addresses of their own. Offsets, no pointers, but for
// PendingCall::operation, which only processes forked from the run's host follow (they are one image at one
// address).
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "core/event/event.hpp"
#include "core/schedule/policy.hpp"
#include "core/schedule/situation.hpp"

namespace lockstep {

inline constexpr std::uint32_t kArenaMagic = 0x4C53'4152;  // "LSAR"
inline constexpr std::uint32_t kArenaVersion = 4;

inline constexpr std::size_t kMaxObjects = 2048;
inline constexpr std::size_t kMaxSites = 4096;
inline constexpr std::size_t kMaxClockSegments = 65536;
inline constexpr std::size_t kRingCapacity = 8192;                 ///< events per worker; a power of two
inline constexpr std::size_t kTextBytes = std::size_t{256} << 20;  ///< texts of one run
inline constexpr std::size_t kTextSlots = std::size_t{1} << 23;    ///< of the intern table; a power of two
inline constexpr std::size_t kPoolBytes = std::size_t{64} << 20;   ///< queue items
inline constexpr std::size_t kRequestBytes = 8192;
inline constexpr std::size_t kMaxSteps = std::size_t{1} << 17;  ///< of a stepped run

/// One bit for each worker.
struct WorkerSet {
  std::array<std::uint64_t, kMaxWorkers / 64> words{};

  bool contains(WorkerId id) const { return (words[id / 64U] >> (id % 64U) & 1U) != 0; }
  void insert(WorkerId id) { words[id / 64U] |= std::uint64_t{1} << (id % 64U); }
  void erase(WorkerId id) { words[id / 64U] &= ~(std::uint64_t{1} << (id % 64U)); }
  bool empty() const { return (words[0] | words[1] | words[2] | words[3]) == 0; }
  std::uint32_t count() const;
  void clear() { words.fill(0); }
  friend bool operator==(const WorkerSet&, const WorkerSet&) = default;
  template <class Visit>
  void each(Visit&& visit) const {
    for (std::size_t word = 0; word < words.size(); ++word) {
      for (std::uint64_t rest = words[word]; rest != 0; rest &= rest - 1) {
        visit(static_cast<WorkerId>(word * 64 + static_cast<std::size_t>(__builtin_ctzll(rest))));
      }
    }
  }
};
static_assert(kMaxWorkers == 256);

/// The state of a primitive. What the members mean is told by the primitive in core/sync; zero is a new
/// object of most.
struct ObjectState {
  std::int64_t value = 0;
  std::int64_t limit = 0;
  std::uint64_t put = 0;     ///< queue: items ever put
  std::uint64_t got = 0;     ///< queue: items ever taken
  std::uint64_t ticket = 0;  ///< condition: arrivals so far
  std::uint32_t generation = 0;
  WorkerId owner = kNoWorker;
  std::uint16_t count = 0;
  WorkerSet asleep;  ///< condition: not notified yet
  WorkerSet chosen;  ///< condition: notified; barrier: may pass
};
inline constexpr ObjectState kNewState{};

struct Operation;

/// What a worker is about to do. It announces this before every visible operation.
struct PendingCall {
  const Operation* operation = nullptr;
  std::int64_t arg = 0;
  std::int64_t timeout_ns = -1;  ///< run time; -1 = wait for ever, 0 = do not wait
  TextId extra = 0;
  ObjectId object = kNoObject;
  SiteId site = 0;
  EventKind kind = EventKind::worker_begin;
  ValueType type = ValueType::integer;
};

enum class Lifecycle : std::uint32_t { unused, created, started, running, ended };

/// Where a worker of a stepped run stands. Between two steps nobody is `busy`.
enum class Stand : std::uint8_t {
  absent,    ///< not started
  busy,      ///< it is its turn: it computes until it announces its next operation
  at_call,   ///< has announced `pending`
  waiting,   ///< for `pending`, which was not possible; has recorded a block event
  sleeping,  ///< until `due`
  ending,    ///< its process ends: first its copies of the ends of pipes go, then `pending` happens
  dying,     ///< a signal was sent to its process and has not arrived
  ended,
};

/// A worker of a stepped run. Written by whoever has the turn.
struct StepSlot {
  Stand stand;
  std::uint8_t signal;  ///< dying: which
  std::uint32_t sleep_site;
  RunTime clock;          ///< its own virtual time
  RunTime due;            ///< sleeping, or a pending call with a time-out: when it is up
  std::uint64_t random;   ///< state of its random numbers
  std::uint64_t history;  ///< digest of all that its operations told it; it determines what it does next
  std::atomic<std::uint32_t> turn;  ///< futex of the gated runtime: changes when the turn comes
  /// Gated: its process has died and nobody has recorded it yet. 0 = no, 1 = it exited, 2 + signal.
  std::atomic<std::uint32_t> gone;
};

/// Single producer (the worker; after its death the supervisor), single consumer (the session).
struct RingCursor {
  alignas(64) std::atomic<std::uint64_t> head;  ///< written by the producer
  std::uint64_t tail_seen;                      ///< producer's memory of tail
  alignas(64) std::atomic<std::uint64_t> tail;  ///< written by the consumer
  std::atomic<std::uint32_t> tail_word;         ///< futex: changes when the consumer has made room
};

struct alignas(64) WorkerSlot {
  std::atomic<Lifecycle> lifecycle;
  std::atomic<std::int32_t> pid;
  std::atomic<std::int32_t> tid;
  std::atomic<std::int32_t> wait_status;  ///< of the process when it was reaped; -1 = not yet
  TextId name;
  WorkerKind kind;
  bool daemon;
  WorkerId parent;
  ObjectId object;
  WorkerId process;                    ///< the worker that is the main thread of its process
  std::uint32_t creations;             ///< objects that it has made so far, workers' own left out
  std::uint32_t children;              ///< workers that it has made so far
  std::uint32_t ordinal;               ///< it is its parent's how-manieth, from 1
  std::uint32_t created_after;         ///< events that its parent had recorded then (not on fibers)
  std::atomic<bool> cut_off;           ///< its parent has ended and takes it, a daemon, along
  std::atomic<bool> ending;            ///< a process's: its end has begun, its other workers do nothing more
  std::atomic<std::uint32_t> version;  ///< bumped when pid or name changes: declare again

  // Waiting (live runtime). Written under the guard of the object that is waited for.
  alignas(64) PendingCall pending;
  std::atomic<std::uint32_t> wake;  ///< futex: 1 = look again
  std::uint32_t waker_seq;          ///< sequence number of the operation that made `pending` possible
  std::uint64_t ticket;             ///< order of arrival at the object
  std::uint64_t condition_ticket;   ///< order of arrival at a condition
  StepSlot step;

  RingCursor ring;
};

/// A lock word that a dead owner cannot wedge: 0 = free, else worker + 1, top bit = somebody may be waiting.
struct GuardWord {
  std::atomic<std::uint32_t> word;
};

struct alignas(64) ObjectSlot {
  GuardWord guard;
  /// The state after operation n is states[n & 1]: an operation fills the other one, records its event and
  /// then commits by one store here. A worker that dies in between has either done it or not (see
  /// recover_object).
  std::atomic<std::uint32_t> seq;
  std::atomic<std::uint32_t> defined;  ///< 1 once the definition below is complete
  TextId name;
  ObjectKind kind;
  ValueType initial_type;
  WorkerId owner;
  ObjectId related;
  WorkerId creator;
  std::uint32_t ordinal;  ///< its creator's how-manieth, from 1; 0: kind, owner and name say which it is
  std::int64_t initial;
  std::int64_t limit;
  std::uint64_t items;  ///< offset into the pool
  std::uint32_t item_capacity;
  std::uint64_t next_ticket;
  WorkerSet waiters;  ///< under the guard
  alignas(64) std::array<ObjectState, 2> states;
};

struct SiteSlot {
  std::atomic<std::uint64_t> key;  ///< file text id and line; 0 = free
  TextId file;
  TextId function;
  std::int32_t line;
  std::atomic<std::uint32_t> defined;
};

/// From `ticks` on, run time = run_ns + (ticks - start) * rate.
struct ClockSegment {
  std::uint64_t ticks;
  std::int64_t run_ns;
  double rate;  ///< run nanoseconds a tick; 0 while paused
};

struct QueueSlot {
  std::int64_t bits;
  ValueType type;
  std::uint8_t tag;  ///< pipe: how the item was sent
  ObjectId about;    ///< pool: the future that it belongs to
};

/// What one worker could do now, for the session, which cannot follow PendingCall::operation.
struct Offer {
  Move move;               ///< move.worker = kNoWorker: it has none
  bool can_begin_to_wait;  ///< Choice::by_hand is possible
};

/// What a gated run is to do until it halts. Written by the session while the run is halted.
struct StepPlan {
  std::uint32_t planned;   ///< choices[steps, planned) are made first
  std::uint32_t expected;  ///< marks[0, expected) must come out as in StepControl::expected
  std::uint32_t stop_at;   ///< then `policy` chooses, until so many steps are taken
  WorkerId synchronize;    ///< kNoWorker, or: this one alone goes, until it stands before a synchronization
  Policy policy;
};

/// A stepped run as a whole. Written by whoever has the turn; by the session while the run is halted.
struct StepControl {
  std::atomic<std::uint32_t> stepped;  ///< 0: a live run
  std::atomic<std::uint32_t> steps;    ///< taken so far
  std::uint32_t events_in_step;        ///< recorded since the last step began
  WorkerId last;                       ///< who moved last
  SleepRule rule;
  RunTime clock;                      ///< virtual time, under SleepRule::clock_order
  std::atomic<std::uint64_t> digest;  ///< of all events so far, times, texts and what Locals hold left out
  std::array<Choice, kMaxSteps> choices;      ///< [0, steps): taken; what lies behind may be planned
  std::array<std::uint8_t, kMaxSteps> marks;  ///< [0, steps), once the next step is chosen: mark_of(digest)

  // --- gated ---
  std::atomic<std::uint32_t> holder;  ///< the worker that has the turn; kSandbox: the supervisor
  std::atomic<Halt> reason;           ///< while the supervisor has the turn: why; none = it is to go on
  std::atomic<Halt> halted;           ///< the same, once all that the session wants to see is there
  std::atomic<std::uint32_t> offers_version;  ///< changes with `offers`
  std::atomic<std::uint32_t> stop_asked;      ///< 1: halt before the next step that is not planned
  std::atomic<std::uint32_t> deaths;          ///< 1: somebody is `gone`
  StepPlan plan;
  Divergence divergence;
  std::array<Offer, kMaxWorkers> offers;
  std::array<std::uint8_t, kMaxSteps> expected;
};
static_assert(std::atomic<Halt>::is_always_lock_free);

struct ArenaHeader {
  std::uint32_t magic;
  std::uint32_t version;
  std::uint64_t seed;
  std::uint64_t bytes;
  std::uint64_t memory_limit;
  double ns_per_tick;

  // --- steering: written by the session ---
  std::atomic<std::uint32_t> epoch;  ///< futex: changes with everything below
  std::atomic<std::uint32_t> paused;
  std::atomic<std::int64_t> operation_pause_ns;  ///< real time
  std::atomic<std::uint32_t> clock_segments;
  /// Segments before this one are over: a stepped run went on live here, and its times are no ticks.
  std::atomic<std::uint32_t> first_segment;

  // --- the run's side ---
  std::atomic<std::uint32_t> doorbell;  ///< futex of the session: a ring is half full, or something ended
  std::atomic<std::uint32_t> workers;   ///< slots ever used
  std::atomic<std::uint32_t> objects;   ///< slots ever used; slot 0 is "no object"
  std::atomic<std::uint32_t> sites;
  std::atomic<std::uint32_t> main_group;  ///< process group of the workers; 0 = not started
  std::atomic<std::uint32_t> ready;       ///< 1: the main worker waits for `go`
  std::atomic<std::uint32_t> go;          ///< futex: 1 = the session has set the clock going
  std::atomic<std::uint32_t> pipes;       ///< objects of kind pipe, so far
  std::atomic<std::uint32_t> tasks;       ///< functions that pools may be given, so far
  std::atomic<std::uint64_t> text_top;
  std::atomic<std::uint64_t> pool_top;
  std::atomic<std::uint32_t> memory_exceeded;  ///< 1: the supervisor ended the run for its memory
  std::atomic<std::uint32_t> fault;            ///< text id of a sandbox failure, 0 = none

  StepControl step;

  std::array<char, kRequestBytes> request;  ///< JSON of what to run
  std::array<char, 256> folder;             ///< of the run's files
  std::array<ClockSegment, kMaxClockSegments> segments;
  std::array<SiteSlot, kMaxSites> site_slots;
  std::array<ObjectSlot, kMaxObjects> object_slots;
  std::array<WorkerSlot, kMaxWorkers> worker_slots;
};

}  // namespace lockstep
