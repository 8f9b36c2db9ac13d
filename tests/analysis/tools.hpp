// What the tests of the analysis share.
#pragma once

#include <algorithm>
#include <vector>

#include "core/analysis/diagnosis.hpp"
#include "tests/catch.hpp"
#include "tests/trace/trace_builder.hpp"

namespace lockstep::test {

inline std::vector<Finding> diagnose(const TraceStore& store) {
  Diagnosis diagnosis(store);
  diagnosis.update();
  return diagnosis.findings();
}

inline std::vector<Finding> of_kind(const std::vector<Finding>& findings, FindingKind kind) {
  std::vector<Finding> result;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(result),
               [&](const Finding& finding) { return finding.kind == kind; });
  return result;
}

inline std::vector<Finding> found(const TraceBuilder& t, FindingKind kind) {
  return of_kind(diagnose(t.store()), kind);
}

/// The findings that mean a failed run.
inline std::vector<Finding> failures(const TraceBuilder& t) {
  std::vector<Finding> result;
  for (const Finding& finding : diagnose(t.store())) {
    if (is_failure(finding.kind)) result.push_back(finding);
  }
  return result;
}

inline bool is_all_stuck(const TraceBuilder& t) {
  Diagnosis diagnosis(t.store());
  diagnosis.update();
  return diagnosis.all_stuck();
}

inline void make_daemon(TraceBuilder& t, WorkerId id) {
  WorkerInfo info = t.store().workers()[id];
  info.daemon = true;
  t.store().declare(info);
}

inline WorkerId running_daemon(TraceBuilder& t, const std::string& name,
                               WorkerKind kind = WorkerKind::thread) {
  const WorkerId id = t.worker(name, kind);
  make_daemon(t, id);
  t.start(kMainWorker, id);
  t.begin(id);
  return id;
}

/// A JoinableQueue.
inline ObjectId tasks(TraceBuilder& t, const std::string& name = "tasks") {
  return t.object(ObjectKind::joinable_queue, name);
}

/// Waits on a condition as the runtime records it: joins the waiters, releases the lock, blocks.
inline EventIndex wait_on(TraceBuilder& t, WorkerId worker, ObjectId condition, ObjectId lock,
                          bool timed = false) {
  t.cond_wait(worker, condition);
  t.release(worker, lock);
  return t.block(worker, condition, EventKind::cond_resume, timed);
}

/// Two workers that run, and two variables.
struct TwoWorkers {
  TraceBuilder t;
  WorkerId a = t.running("A");
  WorkerId b = t.running("B");
  ObjectId x = t.shared(0, "x");
  ObjectId y = t.shared(0, "y");
};

/// a holds `first` and waits for `second`; b the other way round.
struct Crossed {
  TraceBuilder t;
  WorkerId a = t.running("Worker 1");
  WorkerId b = t.running("Worker 2");
  ObjectId first = t.lock("Fork");
  ObjectId second = t.lock("Plate");
  EventIndex a_took = t.line(12).acquire(a, first);
  EventIndex b_took = t.line(20).acquire(b, second);
  EventIndex a_waits = t.line(14).block(a, second, EventKind::acquire);
};

}  // namespace lockstep::test
