// The event: the only thing that leaves a run. 32 bytes; everything on the screen is derived from a list of
// these.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

namespace lockstep {

/// Bumped with every change of kinds.def or of the layout below; a trace of another version is refused.
inline constexpr std::uint32_t kTraceVersion = 4;

/// 0 is the main worker; the others are numbered in the order in which they were created.
using WorkerId = std::uint16_t;
/// 0 means "no object"; the others are numbered from 1 in the order in which they were created.
using ObjectId = std::uint16_t;
/// 0 means "unknown line".
using SiteId = std::uint16_t;
/// 0 is the empty text.
using TextId = std::uint32_t;
/// Nanoseconds on the run's clock: 0 is the start of the run; it stands still while the run is paused and
/// goes `speed` times as fast as the wall clock otherwise.
using RunTime = std::int64_t;

inline constexpr WorkerId kMainWorker = 0;
inline constexpr WorkerId kMaxWorkers = 256;
/// Writes the events that no worker of the program causes (paused, speed …).
inline constexpr WorkerId kSandbox = kMaxWorkers;
inline constexpr WorkerId kNoWorker = 0xFFFF;
inline constexpr ObjectId kNoObject = 0;

enum class EventKind : std::uint8_t {
#define LOCKSTEP_KIND(identifier, name, argument) identifier,
#include "core/event/kinds.def"
#undef LOCKSTEP_KIND
};

inline constexpr std::size_t kKindCount = 0
#define LOCKSTEP_KIND(identifier, name, argument) +1
#include "core/event/kinds.def"
#undef LOCKSTEP_KIND
    ;

enum class ArgumentType : std::uint8_t { none, integer, value, text, worker, kind, duration };

/// True for what befalls a worker while it goes on with what it was doing.
constexpr bool befalls(EventKind kind) noexcept {
  return kind == EventKind::stall || kind == EventKind::core;
}

/// The name of a kind in traces and in JSON, for example "acquire".
std::string_view name_of(EventKind kind) noexcept;
/// What Event::arg holds; none for a kind that does not exist.
constexpr ArgumentType argument_of(EventKind kind) noexcept {
  constexpr ArgumentType kArguments[] = {
#define LOCKSTEP_KIND(identifier, name, argument) ArgumentType::argument,
#include "core/event/kinds.def"
#undef LOCKSTEP_KIND
  };
  const auto index = static_cast<std::size_t>(kind);
  return index < kKindCount ? kArguments[index] : ArgumentType::none;
}
/// The kind with that wire name, or nothing.
std::optional<EventKind> kind_named(std::string_view name) noexcept;

/// What a value in a scenario can be; Python's int, str, None, bool and float.
enum class ValueType : std::uint8_t { integer, text, none, boolean, real };

/// A value of a scenario's program: 64 bits and a type. A text is a TextId.
struct Value {
  ValueType type = ValueType::integer;
  std::int64_t bits = 0;

  static constexpr Value of_int(std::int64_t v) { return {ValueType::integer, v}; }
  static constexpr Value of_bool(bool v) { return {ValueType::boolean, v ? 1 : 0}; }
  static constexpr Value of_text(TextId id) { return {ValueType::text, id}; }
  static constexpr Value nothing() { return {ValueType::none, 0}; }
  static Value of_real(double v);
  double as_real() const;
  constexpr bool is_none() const { return type == ValueType::none; }
  friend constexpr bool operator==(const Value&, const Value&) = default;
};

/// Bits of Event::flags.
namespace event_flag {
inline constexpr std::uint8_t kValueTypeMask = 0x07;  ///< ValueType of arg
inline constexpr std::uint8_t kAfterWait =
    0x08;  ///< the operation had to wait; extra = seq, on the same object,
           ///< of the operation that made it possible (0 = unknown)
inline constexpr std::uint8_t kTimed =
    0x10;  ///< the call has a time-out or does not wait: on block, and on an acquire that succeeded
inline constexpr std::uint8_t kRaised =
    0x20;  ///< on worker_end: ended by an error that nobody caught; on future_set: arg is an error's text
inline constexpr std::uint8_t kEnd =
    0x40;  ///< on pipe_recv, pool_take: there is nothing more and never will be; nothing was taken
inline constexpr std::uint8_t kPart = 0x80;  ///< on pipe_recv: only a part was taken, the rest stays
}  // namespace event_flag

struct Event {
  std::uint64_t time = 0;  ///< in a ring: raw ticks of the platform's clock; in a trace: RunTime
  std::int64_t arg = 0;    ///< see kinds.def
  std::uint32_t seq =
      0;  ///< the object's own sequence number, 1, 2, 3 … without gaps; 0 if there is no object
  std::uint32_t extra = 0;  ///< see kinds.def and event_flag
  WorkerId worker = kNoWorker;
  ObjectId object = kNoObject;
  SiteId site = 0;
  EventKind kind = EventKind::worker_begin;
  std::uint8_t flags = 0;

  Value value() const { return {static_cast<ValueType>(flags & event_flag::kValueTypeMask), arg}; }
  bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
  friend bool operator==(const Event&, const Event&) = default;
};
static_assert(sizeof(Event) == 32 && std::is_trivially_copyable_v<Event>);

/// What kind of thing an object is; the names are the field's.
enum class ObjectKind : std::uint8_t {
  none,
  thread,
  process,
  lock,
  rlock,
  semaphore,
  bounded_semaphore,
  condition,
  event,
  barrier,
  queue,
  joinable_queue,
  shared,
  local,
  global,
  file,
  console,
  check,
  pipe,     ///< one direction of a Pipe or of a connection; owner = the process that opened it
  socket,   ///< an address that a server may listen on
  pool,     ///< the tasks of a Pool or an Executor; limit = its size
  future,   ///< related = its pool
  managed,  ///< a dict or list that lives in a manager's server; owner = the server
};
inline constexpr std::size_t kObjectKindCount = 23;
/// "Lock", "JoinableQueue", "File" …
std::string_view name_of(ObjectKind kind) noexcept;

enum class WorkerKind : std::uint8_t { main, thread, process };
/// "main", "thread", "process"
std::string_view name_of(WorkerKind kind) noexcept;

/// Where a worker stands. Which may follow which is the table in worker_state.hpp.
enum class WorkerState : std::uint8_t {
  created,  ///< the object exists, start() was not called
  ready,    ///< start() was called, the worker has not begun
  running,
  waiting,   ///< for an object
  sleeping,  ///< until a time
  finished,  ///< ended by itself, with an exit code or an uncaught error
  zombie,    ///< ended, but its parent process has not waited for it
  killed,    ///< ended by a signal, or cut off as a daemon
};
inline constexpr std::size_t kWorkerStateCount = 8;
std::string_view name_of(WorkerState state) noexcept;

}  // namespace lockstep
