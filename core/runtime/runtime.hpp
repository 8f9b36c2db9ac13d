// The interface between the primitives and whoever schedules the workers: live (the operating system), gated
// and fiber. Scenario code does not know which one it runs under.
#pragma once

#include <array>
#include <atomic>
#include <cassert>
#include <functional>
#include <source_location>
#include <stdexcept>

#include "core/runtime/files.hpp"
#include "core/runtime/operation.hpp"

namespace lockstep {

/// An error of a scenario's program, as Python would raise it: type() is "RuntimeError", "ValueError", "Full"
/// …
class Error : public std::runtime_error {
 public:
  Error(std::string type, const std::string& message, bool recorded = false)
      : std::runtime_error(message.empty() ? type : type + ": " + message),
        type_(std::move(type)),
        recorded_(recorded) {}
  const std::string& type() const { return type_; }
  /// True if an event tells of it already.
  bool recorded() const { return recorded_; }

 private:
  std::string type_;
  bool recorded_;
};

/// What a worker runs: its life, around the work that the program gave it.
struct Body {
  /// Returns the exit code, having recorded the worker's own end.
  int (*life)(const std::function<void()>& work) = nullptr;
  std::function<void()> work;
  int operator()() const { return life(work); }
};

class Runtime {
 public:
  virtual ~Runtime() = default;

  Arena& arena() { return arena_; }
  /// The worker that calls.
  WorkerId self() const { return self_; }

  /// Announces the call, waits until it is possible (or its time is out), does it and records it. Blocks.
  /// `context` reaches Application::context.
  virtual Reply perform(const PendingCall& call, void* context = nullptr) = 0;
  /// Records an event that touches nothing that others could see: no object, or one that only this worker
  /// uses (a Local). Does not block but for a full ring.
  virtual void note(Event event) = 0;
  /// Blocks for that much run time.
  virtual void sleep(RunTime duration, TextId activity, SiteId site) = 0;
  /// Keeps a core busy for that much processor time of the run's clock. In a stepped run only time passes.
  virtual void compute(RunTime duration, TextId activity, SiteId site) = 0;
  virtual RunTime now() const = 0;
  /// A random number in [0, n), from the run's seed; n >= 1.
  virtual std::uint64_t choose(std::uint64_t n) = 0;

  /// True if processes are the kernel's, so that pids, process states and sockets can be had from it; false
  /// where they are only modelled (fibers).
  virtual bool has_kernel() const { return true; }

  /// A word of the calling worker's process's own memory: threads share it, a new process gets a copy.
  virtual std::atomic<std::int64_t>& private_word(ObjectId object) = 0;

  /// The run's files. Operations on them are not visible by themselves: `perform` makes them so.
  virtual Files& files() = 0;

  /// Lets `child`, a slot that is set up and whose start has been recorded, run `body` as a thread of this
  /// process. Throws Error if the system cannot start it.
  virtual void start_thread(WorkerId child, Body body) = 0;
  /// The same as a process forked from this one.
  virtual void start_process(WorkerId child, Body body) = 0;
  /// Waits for the process of `child`, whose end has been recorded, to be gone, and returns its exit code.
  virtual int reap(WorkerId child) = 0;
  /// Sends a signal to the process of `child`; nothing happens if it has ended.
  virtual void signal(WorkerId child, int number) = 0;

 protected:
  Runtime(Arena& arena, WorkerId self) : arena_(arena), self_(self) {}

  Arena& arena_;
  WorkerId self_;
};

namespace detail {

struct CachedSite {
  std::uint64_t arena = 0;  ///< its identity
  const char* file = nullptr;
  std::uint32_t line = 0;
  SiteId id = 0;
};
extern constinit thread_local Runtime* current_runtime;
extern constinit thread_local std::array<CachedSite, 64> site_cache;
SiteId look_up_site(const std::source_location& where, CachedSite& cached);
[[noreturn]] void raise(const Reply& reply);

}  // namespace detail

inline bool has_runtime() { return detail::current_runtime != nullptr; }
/// The runtime that the calling worker runs under. Calling it outside a worker is a bug (asserts).
inline Runtime& runtime() {
  assert(has_runtime() && "only a worker of a run may use primitives");
  return *detail::current_runtime;
}
/// For runtimes: makes this thread a worker's thread.
inline void set_runtime(Runtime* runtime) { detail::current_runtime = runtime; }

/// The id of a source line; cheap after the first time (a per-thread cache). 0 for a default location.
inline SiteId site_of(const std::source_location& where) {
  const std::uint32_t line = where.line();
  if (line == 0) return 0;  // no line of the program
  detail::CachedSite& cached = detail::site_cache[line % detail::site_cache.size()];
  const bool is_known =
      cached.line == line && cached.file == where.file_name() && cached.arena == runtime().arena().identity();
  return is_known ? cached.id : detail::look_up_site(where, cached);
}

/// A worker's random numbers: SplitMix64 (Steele, Lea, Flood 2014), the same under every runtime.
std::uint64_t first_random(std::uint64_t seed, WorkerId worker);
inline std::uint64_t next_random(std::uint64_t& state) {
  state += 0x9E37'79B9'7F4A'7C15;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9;
  z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EB;
  return z ^ (z >> 31);
}

/// Performs a call and raises what it raises (recorded first).
inline Reply call(const PendingCall& call, void* context = nullptr) {
  Reply reply = runtime().perform(call, context);
  if (reply.status == Reply::Status::error) [[unlikely]]
    detail::raise(reply);
  return reply;
}
/// Records the error in the worker's name and throws it.
[[noreturn]] void raise(std::string_view type, std::string_view message, SiteId site);

}  // namespace lockstep
