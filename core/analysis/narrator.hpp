// A finding in words. Who waits for ever, and why: narration_stuck.cpp; all else: narration.cpp.
#pragma once

#include <string>

#include "core/analysis/finding.hpp"
#include "core/analysis/speaker.hpp"

namespace lockstep::analysis {

class Narrator {
 public:
  Narrator(const Finding& finding, const TraceStore& store, Language language)
      : finding_(finding), store_(store), language_(language), say_(store, language) {}

  std::string tell() const;

 private:
  std::string deadlock() const;
  std::string deadlock_link(std::size_t i) const;
  std::string stuck() const;
  std::string stuck_reason(const std::string& workers) const;
  std::string stuck_lock(const std::string& workers) const;
  std::string stop_items() const;
  std::string stuck_pipe(const std::string& workers, EventKind wants) const;
  std::string lost_wakeup() const;
  std::string held_up() const;
  std::string killed() const;
  std::string unfinished() const;
  std::string last_seen() const;
  std::string starvation() const;
  std::string lock_order() const;
  std::string atomicity() const;
  std::string access(EventIndex event) const;
  std::string served_access(EventIndex call) const;

  /// The last such event of the evidence, or kNoEvent.
  EventIndex find(WorkerId worker, EventKind kind, ObjectId object) const;
  std::string place(WorkerId worker, EventKind kind, ObjectId object) const {
    return say_.at_event(find(worker, kind, object));
  }
  bool is_worker(ObjectId object) const { return say_.worker_of(object) != kNoWorker; }
  std::string stuck_workers() const;
  WorkerId first_worker() const { return finding_.workers.empty() ? kNoWorker : finding_.workers.front(); }
  ObjectId first_object() const { return finding_.objects.empty() ? kNoObject : finding_.objects.front(); }
  std::string first_place() const {
    return finding_.events.empty() ? "" : say_.at_event(finding_.events.front());
  }
  const Event& event(std::size_t i) const { return store_[finding_.events[i]]; }

  const Finding& finding_;
  const TraceStore& store_;
  Language language_;
  Speaker say_;
};

}  // namespace lockstep::analysis
