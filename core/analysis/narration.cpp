// Findings as sentences.
#include <algorithm>

#include "core/analysis/exchange.hpp"
#include "core/analysis/replay.hpp"
#include "core/analysis/served_call.hpp"
#include "core/analysis/speaker.hpp"

namespace lockstep {
namespace {

using namespace analysis;
using fmt::arg;

constexpr std::size_t kMostTakers = 3;  // named in one sentence

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

/// The last such event of the evidence, or kNoEvent.
EventIndex Narrator::find(WorkerId worker, EventKind kind, ObjectId object) const {
  for (auto at = finding_.events.rbegin(); at != finding_.events.rend(); ++at) {
    const Event& one = store_[*at];
    if (one.worker == worker && one.kind == kind && one.object == object) return *at;
  }
  return kNoEvent;
}

std::string Narrator::tell() const {
  const std::string worker = say_.worker(first_worker());
  const std::string object = say_.object(first_object());
  switch (finding_.kind) {
    case FindingKind::deadlock_cycle: return deadlock();
    case FindingKind::stuck: return stuck();
    case FindingKind::lost_wakeup: return lost_wakeup();
    case FindingKind::broken_check:
      return say_.say(Phrase::broken_check, arg("worker", worker), arg("object", object),
                      arg("at", first_place()));
    case FindingKind::error_raised:
      return say_.say(Phrase::error_raised, arg("worker", worker),
                      arg("text", std::string(store_.text(finding_.text))), arg("at", first_place()));
    case FindingKind::killed: return killed();
    case FindingKind::unfinished_worker: return unfinished();
    case FindingKind::busy_wait:
      return say_.say(Phrase::busy_wait, arg("worker", worker), arg("object", object),
                      arg("at", first_place()));
    case FindingKind::starvation: return starvation();
    case FindingKind::lock_order_inversion: return lock_order();
    case FindingKind::data_race:
      return say_.say(Phrase::data_race, arg("first", access(finding_.events[0])),
                      arg("second", access(finding_.events[1])));
    case FindingKind::atomicity_violation: return atomicity();
  }
  return heading(finding_.kind, Language::en);
}

// --- waiting for ever
// --------------------------------------------------------------------------------------------------

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

// --- endings
// -----------------------------------------------------------------------------------------------------------

std::string Narrator::killed() const {
  const std::int64_t signal = finding_.events.empty() ? 0 : store_[finding_.events.back()].arg;
  std::string result =
      say_.say(Phrase::killed, arg("worker", say_.worker(first_worker())), arg("count", signal));
  std::vector<std::string> locks;
  for (const ObjectId lock : finding_.objects)
    locks.push_back(say_.object(lock));
  result += last_seen();
  if (!locks.empty()) result += say_.say(Phrase::killed_holding, arg("objects", say_.list(locks)));
  return result;
}

std::string Narrator::unfinished() const {
  const WorkerId id = first_worker();
  const bool process = id < store_.workers().size() && store_.workers()[id].kind == WorkerKind::process;
  return say_.say(process ? Phrase::unfinished_process : Phrase::unfinished_thread,
                  arg("worker", say_.worker(id))) +
         last_seen();
}

/// What a worker that did not come to its end did last: the event before the last of the evidence.
std::string Narrator::last_seen() const {
  if (finding_.events.size() < 2) return {};
  const EventIndex last = finding_.events[finding_.events.size() - 2];
  if (store_[last].worker != first_worker()) return {};
  return say_.say(Phrase::last_seen, arg("text", describe(store_[last], store_, language_)),
                  arg("at", say_.at_event(last)));
}

// --- what went well by luck
// --------------------------------------------------------------------------------------------

std::string Narrator::starvation() const {
  const Event& begin = event(0);
  std::size_t grants = 0;
  std::vector<WorkerId> takers;  // in the order of their first time
  for (const EventIndex index : store_.events_of_object(begin.object)) {
    const Event& one = store_[index];
    if (index <= finding_.events[0] || index >= finding_.events[1] ||
        one.kind != static_cast<EventKind>(begin.arg)) {
      continue;
    }
    ++grants;
    if (std::find(takers.begin(), takers.end(), one.worker) == takers.end()) takers.push_back(one.worker);
  }
  std::vector<std::string> names;
  for (const WorkerId id : takers)
    names.push_back(names.size() < kMostTakers ? say_.worker(id) : "…");
  names.resize(std::min(names.size(), kMostTakers + 1));
  return say_.say(Phrase::starvation, arg("worker", say_.worker(begin.worker)),
                  arg("object", say_.object(begin.object)), arg("at", say_.at(begin.site)),
                  arg("count", grants), arg("workers", say_.list(names)),
                  arg("duration", say_.time_between(finding_.events[0], finding_.events[1])));
}

std::string Narrator::lock_order() const {
  std::string result;
  for (std::size_t i = 0; i < finding_.workers.size(); ++i) {
    const WorkerId worker = finding_.workers[i];
    const ObjectId first = finding_.objects[i];
    const ObjectId second = finding_.objects[(i + 1) % finding_.objects.size()];
    if (i > 0) result += say_.phrase(Phrase::lock_order_and);
    result += say_.say(
        Phrase::lock_order, arg("worker", say_.worker(worker)), arg("first", say_.object(first)),
        arg("first_at", place(worker, EventKind::acquire, first)), arg("second", say_.object(second)),
        arg("second_at", place(worker, EventKind::acquire, second)));
  }
  return result += say_.phrase(Phrase::lock_order_end);
}

std::string Narrator::atomicity() const {
  if (finding_.events.size() == 2) {
    return say_.say(Phrase::atomicity_ahead, arg("read", access(finding_.events[0])),
                    arg("other", access(finding_.events[1])), arg("worker", say_.worker(first_worker())),
                    arg("victim", say_.worker(finding_.workers[1])));
  }
  return say_.say(Phrase::atomicity, arg("read", access(finding_.events[0])),
                  arg("other", access(finding_.events[1])), arg("write", access(finding_.events[2])),
                  arg("victim", say_.worker(finding_.workers[1])));
}

std::string Narrator::access(EventIndex index) const {
  const Event& one = store_[index];
  if (one.kind == EventKind::managed_call) return served_access(index);
  Phrase phrase = Phrase::did_write;
  switch (one.kind) {
    case EventKind::load:
    case EventKind::file_read: phrase = Phrase::did_read; break;
    case EventKind::add: phrase = Phrase::did_add; break;
    case EventKind::file_truncate: phrase = Phrase::did_truncate; break;
    case EventKind::file_append: phrase = Phrase::did_append; break;
    default: break;
  }
  return say_.say(phrase, arg("worker", say_.worker(one.worker)), arg("what", subject_of(one, store_, say_)),
                  arg("value", say_.value(one.value())), arg("at", say_.at_event(index)));
}

/// By whoever asked the server for it.
std::string Narrator::served_access(EventIndex call) const {
  const std::string text = say_.text(store_[call].extra);
  const ElementAccess done = element_access(text);
  const EventIndex request = request_of(store_, call);
  const Event& by = store_[request == kNoEvent ? call : request];
  return say_.say(done.writes ? Phrase::did_write : Phrase::did_read, arg("worker", say_.worker(by.worker)),
                  arg("what", done.element),
                  arg("value", done.writes ? std::string(done.value) : answer_to(store_, call)),
                  arg("at", say_.at_event(call, by.site)));
}

}  // namespace

std::string narrate(const Finding& finding, const TraceStore& store, Language language) {
  return Narrator(finding, store, language).tell();
}

std::string heading(FindingKind kind, Language language) {
  return std::string(book_of(language).headings[static_cast<std::size_t>(kind)].text);
}

}  // namespace lockstep
