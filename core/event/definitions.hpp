// What a trace tells about the things its events name: workers, objects, source sites. Plain values; a run
// declares them before the first event that refers to them, a trace file carries them, a test writes them by
// hand.
#pragma once

#include <string>

#include "core/event/event.hpp"

namespace lockstep {

struct WorkerInfo {
  WorkerId id = 0;
  std::string name{};
  WorkerKind kind = WorkerKind::thread;
  WorkerId parent = kNoWorker;  ///< who created it; kNoWorker for main
  ObjectId object = kNoObject;  ///< its own Thread or Process object: what join waits for
  int pid = 0;                  ///< of the process it runs in; 0 until it has begun
  bool daemon = false;
  std::uint32_t created_after = 0;  ///< events that its parent had recorded when it created it
  friend bool operator==(const WorkerInfo&, const WorkerInfo&) = default;
};

struct ObjectInfo {
  ObjectId id = 0;
  std::string name{};
  ObjectKind kind = ObjectKind::none;
  std::int64_t initial = 0;  ///< permits, start value, parties …; bits of a Value for Shared, Global, File
  std::int64_t limit = 0;    ///< capacity of a queue (0 = unbounded), bound of a BoundedSemaphore, else 0
  ValueType initial_type = ValueType::integer;
  WorkerId owner = kNoWorker;    ///< Local: whose variable it is; Pipe: the process that opened it
  ObjectId related = kNoObject;  ///< Condition: its lock; Pipe: the other direction; Future: its pool
  friend bool operator==(const ObjectInfo&, const ObjectInfo&) = default;
};

struct SiteInfo {
  SiteId id = 0;
  std::string file{};  ///< relative to the project, for example "scenarios/hotdog/scenario.cpp"
  std::string function{};
  int line = 0;  ///< from 1
  friend bool operator==(const SiteInfo&, const SiteInfo&) = default;
};

}  // namespace lockstep
