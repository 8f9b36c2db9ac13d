// What events tell of a pipe, a socket, a pool's queue or a future: whether something can be taken out of it
// or put into it, and whether that can still change.
#pragma once

#include <bitset>

#include "core/trace/store.hpp"

namespace lockstep::analysis {

class Exchange {
 public:
  Exchange() = default;
  explicit Exchange(const ObjectInfo& info);

  static bool models(ObjectKind kind) noexcept;
  /// `process`: that of the event's worker.
  void apply(const Event& event, WorkerId process, const TraceStore& store);
  /// Whether an operation of that kind could be done now.
  bool possible(EventKind wants) const;
  /// Pipe: nothing is under way, and nobody can send any more.
  bool at_end() const { return count_ == 0 && writers_.none(); }
  /// Pipe: nobody can receive any more.
  bool is_broken() const { return readers_.none(); }
  bool has_writer(WorkerId process) const { return process < kMaxWorkers && writers_.test(process); }
  bool has_reader(WorkerId process) const { return process < kMaxWorkers && readers_.test(process); }
  std::int64_t count() const { return count_; }

 private:
  using Processes = std::bitset<kMaxWorkers>;

  ObjectKind kind_ = ObjectKind::none;
  std::int64_t limit_ = 0;
  std::int64_t count_ = 0;      ///< messages, connections, tasks
  std::int64_t bytes_ = 0;      ///< pipe: under way
  bool over_ = false;           ///< the future is set or cancelled; the pool or the socket is closed
  bool tells_of_loss_ = false;  ///< pipe: a pool's, whose reader goes on when a writer is gone
  bool writer_gone_ = false;
  Processes writers_;
  Processes readers_;
};

/// The object after the first `n` events. Looks at all events of the object.
Exchange exchange_after(const TraceStore& store, ObjectId object, EventIndex n);

}  // namespace lockstep::analysis
