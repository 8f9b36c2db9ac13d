// Findings of workers that wait for ever.
#include <algorithm>

#include "core/analysis/exchange.hpp"
#include "core/analysis/narrator.hpp"
#include "core/analysis/replay.hpp"

namespace lockstep::analysis {

using fmt::arg;

std::string Narrator::deadlock() const {
  if (finding_.workers.size() == 1) {
    const WorkerId worker = first_worker();
    const ObjectId lock = first_object();
    return say_.say(Phrase::deadlock_self, arg("worker", say_.worker(worker)),
                    arg("object", say_.object(lock)), arg("at", place(worker, EventKind::block, lock)),
                    arg("held_at", place(worker, EventKind::acquire, lock)));
  }
  std::string result;
  for (std::size_t i = 0; i < finding_.workers.size(); ++i) {
    if (i > 0) result += say_.phrase(Phrase::deadlock_and);
    result += deadlock_link(i);
  }
  return result += say_.phrase(Phrase::deadlock_end);
}

/// What workers[i] waits for, and what it holds that the one before it waits for.
std::string Narrator::deadlock_link(std::size_t i) const {
  const std::size_t before = (i + finding_.objects.size() - 1) % finding_.objects.size();
  const WorkerId worker = finding_.workers[i];
  const ObjectId wanted = finding_.objects[i];
  const ObjectId held = finding_.objects[before];
  const bool joins = is_worker(wanted);
  Phrase phrase = joins ? Phrase::deadlock_holds_joins : Phrase::deadlock_holds_waits;
  if (is_worker(held)) phrase = joins ? Phrase::deadlock_joins : Phrase::deadlock_waits;
  const std::string target = say_.object(wanted);
  return say_.say(phrase, arg("worker", say_.worker(worker)), arg("held", say_.object(held)),
                  arg("held_at", place(worker, EventKind::acquire, held)), arg("object", target),
                  arg("target", target), arg("at", place(worker, EventKind::block, wanted)));
}

/// The stuck workers with the lines where they wait.
std::string Narrator::stuck_workers() const {
  std::vector<std::string> names;
  for (const WorkerId id : finding_.workers) {
    names.push_back(say_.worker(id) + place(id, EventKind::block, first_object()));
  }
  return say_.list(names);
}

std::string Narrator::stuck() const { return stuck_reason(stuck_workers()) + held_up(); }

/// Those who only wait behind the stuck ones: their waits are in the evidence.
std::string Narrator::held_up() const {
  std::vector<std::string> names;
  for (const EventIndex index : finding_.events) {
    const Event& one = store_[index];
    const bool named =
        std::find(finding_.workers.begin(), finding_.workers.end(), one.worker) != finding_.workers.end();
    if (one.kind == EventKind::block && !named) names.push_back(say_.worker(one.worker) + say_.at(one.site));
  }
  return names.empty() ? "" : say_.say(Phrase::stuck_also, arg("workers", say_.list(names)));
}

std::string Narrator::stuck_lock(const std::string& workers) const {
  const WorkerId owner = store_.object_after(first_object(), finding_.at).owner;
  if (owner == kNoWorker) {
    return say_.say(Phrase::stuck_other, arg("workers", workers), arg("object", say_.object(first_object())));
  }
  const bool killed = store_.worker_after(owner, finding_.at).exit_code < 0;
  return say_.say(killed ? Phrase::stuck_lock_killed : Phrase::stuck_lock, arg("workers", workers),
                  arg("object", say_.object(first_object())), arg("owner", say_.worker(owner)),
                  arg("held_at", place(owner, EventKind::acquire, first_object())));
}

std::string Narrator::stuck_reason(const std::string& workers) const {
  const ObjectInfo& info = store_.objects()[first_object()];
  const ObjectView view = store_.object_after(info.id, finding_.at);
  const WorkerView waiting = store_.worker_after(first_worker(), finding_.at);
  const auto sentence = [&](Phrase phrase, std::int64_t count, std::int64_t limit) {
    return say_.say(phrase, arg("workers", workers), arg("object", say_.object(info.id)), arg("count", count),
                    arg("limit", limit));
  };
  switch (info.kind) {
    case ObjectKind::lock:
    case ObjectKind::rlock: return stuck_lock(workers);
    case ObjectKind::semaphore:
    case ObjectKind::bounded_semaphore: return sentence(Phrase::stuck_semaphore, 0, 0);
    case ObjectKind::condition: return sentence(Phrase::stuck_condition, 0, 0);
    case ObjectKind::event: return sentence(Phrase::stuck_event, 0, 0);
    case ObjectKind::barrier: return sentence(Phrase::stuck_barrier, view.count, parties_of(info));
    case ObjectKind::queue:
    case ObjectKind::joinable_queue:
      if (waiting.wants == EventKind::queue_put) return sentence(Phrase::stuck_put, view.count, info.limit);
      if (waiting.wants == EventKind::queue_get) return sentence(Phrase::stuck_get, 0, 0) + stop_items();
      return sentence(Phrase::stuck_queue_join, view.unfinished, 0);
    case ObjectKind::pipe: return stuck_pipe(workers, waiting.wants);
    case ObjectKind::pool: return sentence(Phrase::stuck_tasks, 0, 0);
    case ObjectKind::future: return sentence(Phrase::stuck_future, 0, 0);
    case ObjectKind::socket: return sentence(Phrase::stuck_accept, 0, 0);
    default: return sentence(Phrase::stuck_other, 0, 0);
  }
}

/// Who keeps the write end open: processes that have not ended.
std::string Narrator::stuck_pipe(const std::string& workers, EventKind wants) const {
  const auto tell = [&](Phrase phrase, const std::string& holders) {
    return say_.say(phrase, arg("workers", workers), arg("object", say_.object(first_object())),
                    arg("holders", holders));
  };
  if (wants == EventKind::pipe_send) return tell(Phrase::stuck_send, "");
  const Exchange pipe = exchange_after(store_, first_object(), finding_.at);
  std::vector<std::string> holders;
  for (WorkerId id = 0; id < store_.workers().size(); ++id) {
    if (pipe.has_writer(id)) holders.push_back(say_.worker(id));
  }
  if (holders.empty()) return tell(Phrase::stuck_recv, "");
  return tell(Phrase::stuck_recv_holders, say_.list(holders));
}

/// That others took the stop items that a stuck consumer waits for.
std::string Narrator::stop_items() const {
  std::int64_t put = 0;
  std::vector<std::string> takers;
  for (const EventIndex index : store_.events_of_object(first_object())) {
    const Event& one = store_[index];
    if (index >= finding_.at || !one.value().is_none()) continue;
    if (one.kind == EventKind::queue_put) ++put;
    if (one.kind == EventKind::queue_get) takers.push_back(say_.worker(one.worker) + say_.at_event(index));
  }
  if (takers.empty()) return {};
  return say_.say(Phrase::stuck_sentinel, arg("object", say_.object(first_object())), arg("count", put),
                  arg("workers", say_.list(takers)));
}

std::string Narrator::lost_wakeup() const {
  EventIndex signal = kNoEvent;
  EventIndex clear = kNoEvent;
  for (const EventIndex index : finding_.events) {
    const EventKind kind = store_[index].kind;
    if (kind == EventKind::notify || kind == EventKind::event_set) signal = index;
    if (kind == EventKind::event_clear) clear = index;
  }
  if (signal == kNoEvent) return stuck();
  const bool event = store_[signal].kind == EventKind::event_set;
  return say_.say(event ? Phrase::lost_set : Phrase::lost_notify, arg("workers", stuck_workers()),
                  arg("object", say_.object(first_object())),
                  arg("signaller", say_.worker(store_[signal].worker)),
                  arg("signal_at", say_.at_event(signal)), arg("clear_at", say_.at_event(clear))) +
         held_up();
}

}  // namespace lockstep::analysis
