#include "core/event/event.hpp"

#include <array>
#include <bit>

namespace lockstep {
namespace {

constexpr std::array<std::string_view, kKindCount> kKinds{
#define LOCKSTEP_KIND(identifier, name, argument) name,
#include "core/event/kinds.def"
#undef LOCKSTEP_KIND
};

constexpr std::array<std::string_view, kObjectKindCount> kObjectKinds{
    "None",    "Thread",  "Process", "Lock",          "RLock",  "Semaphore", "BoundedSemaphore", "Condition",
    "Event",   "Barrier", "Queue",   "JoinableQueue", "Shared", "Local",     "Global",           "File",
    "Console", "Check",   "Pipe",    "Socket",        "Pool",   "Future",    "Managed"};

constexpr std::array<std::string_view, kWorkerStateCount> kStates{
    "created", "ready", "running", "waiting", "sleeping", "finished", "zombie", "killed"};

}  // namespace

std::string_view name_of(EventKind kind) noexcept {
  const auto index = static_cast<std::size_t>(kind);
  return index < kKindCount ? kKinds[index] : "?";
}

std::optional<EventKind> kind_named(std::string_view name) noexcept {
  for (std::size_t i = 0; i < kKindCount; ++i) {
    if (kKinds[i] == name) return static_cast<EventKind>(i);
  }
  return std::nullopt;
}

std::string_view name_of(ObjectKind kind) noexcept {
  const auto index = static_cast<std::size_t>(kind);
  return index < kObjectKindCount ? kObjectKinds[index] : "?";
}

std::string_view name_of(WorkerKind kind) noexcept {
  switch (kind) {
    case WorkerKind::main: return "main";
    case WorkerKind::thread: return "thread";
    case WorkerKind::process: return "process";
  }
  return "?";
}

std::string_view name_of(WorkerState state) noexcept {
  const auto index = static_cast<std::size_t>(state);
  return index < kWorkerStateCount ? kStates[index] : "?";
}

Value Value::of_real(double v) { return {ValueType::real, std::bit_cast<std::int64_t>(v)}; }
double Value::as_real() const { return std::bit_cast<double>(bits); }

}  // namespace lockstep
