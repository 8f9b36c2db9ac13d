#include "core/session/ingest.hpp"

#include <chrono>
#include <utility>

#include "core/platform/futex.hpp"

namespace lockstep {
namespace {

// The doorbell rings when a ring is a quarter full or something has ended; in between a look now and then is
// enough.
constexpr std::int64_t kBusyNs = 4'000'000;
constexpr std::int64_t kQuietNs = 16'000'000;
constexpr int kQuietAfter = 32;  ///< looks that found nothing

}  // namespace

Ingest::Ingest(Arena& arena, HostProcess& host, std::function<void()> on_start, std::function<void()> on_data)
    : arena_(arena),
      host_(host),
      on_start_(std::move(on_start)),
      on_data_(std::move(on_data)),
      merger_(arena),
      thread_([this] { run(); }) {}

Ingest::~Ingest() {
  quit_.store(true, std::memory_order_release);
  ring_doorbell(arena_.header());
  thread_.join();
}

void Ingest::take(std::vector<Event>& out) {
  const std::lock_guard lock(mutex_);
  halted_ = false;
  if (out.empty()) {
    out.swap(ready_);
  } else {
    out.insert(out.end(), ready_.begin(), ready_.end());
    ready_.clear();
  }
}

void Ingest::inject(Event event) {
  {
    const std::lock_guard lock(mutex_);
    event.worker = kSandbox;
    injected_.push_back(event);
  }
  ring_doorbell(arena_.header());
}

void Ingest::wait(int ms) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(ms),
                    [this] { return !ready_.empty() || halted_ || finished(); });
}

bool Ingest::drain_once() {
  scratch_.clear();
  merger_.drain(scratch_);
  fill_.store(merger_.fill(), std::memory_order_relaxed);
  {
    const std::lock_guard lock(mutex_);
    for (Event& event : injected_)
      scratch_.push_back(merger_.stamp_now(event));
    injected_.clear();
    ready_.insert(ready_.end(), scratch_.begin(), scratch_.end());
  }
  return !scratch_.empty();
}

/// Whether a stepped run has halted, or its halted state has changed, since the last call.
bool Ingest::has_halted_again() {
  const StepControl& step = arena_.header().step;
  if (step.halted.load(std::memory_order_acquire) == Halt::none) return false;
  const std::uint32_t version = step.offers_version.load(std::memory_order_acquire);
  return std::exchange(halts_seen_, version) != version;
}

void Ingest::publish() {
  changed_.notify_all();
  if (on_data_) on_data_();
}

void Ingest::run() {
  ArenaHeader& header = arena_.header();
  bool started = false;
  int quiet = 0;
  while (!quit_.load(std::memory_order_acquire)) {
    const std::uint32_t bell = header.doorbell.load(std::memory_order_acquire);
    if (!started && header.ready.load(std::memory_order_acquire) != 0) {
      started = true;
      on_start_();
    }
    const bool over = host_.ended().has_value();
    const bool halted = has_halted_again();
    const bool any = drain_once() || halted;
    if (halted) {
      const std::lock_guard lock(mutex_);
      halted_ = true;
    }
    quiet = any ? 0 : quiet + 1;
    if (over) {
      // The supervisor was the last to write: what has just been drained is all there is.
      host_.kill_all();
      finished_.store(true, std::memory_order_release);
      publish();
      return;
    }
    if (any) publish();
    platform::futex_wait(header.doorbell, bell, quiet > kQuietAfter ? kQuietNs : kBusyNs);
  }
}

}  // namespace lockstep
