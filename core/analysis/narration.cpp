// Findings as sentences, but for those of workers that wait for ever.
#include <algorithm>

#include "core/analysis/narrator.hpp"
#include "core/analysis/served_call.hpp"

namespace lockstep {
namespace analysis {

using fmt::arg;

constexpr std::size_t kMostTakers = 3;  // named in one sentence

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

// --- endings

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
  const ElementAccess done = element_access(store_.text(store_[call].extra));
  const EventIndex request = request_of(store_, call);
  const Event& by = store_[request == kNoEvent ? call : request];
  return say_.say(
      done.writes ? Phrase::did_write : Phrase::did_read, arg("worker", say_.worker(by.worker)),
      arg("what", shorten(done.element, kLongestText)),
      arg("value", shorten(done.writes ? std::string(done.value) : answer_to(store_, call), kLongestText)),
      arg("at", say_.at_event(call, by.site)));
}

}  // namespace analysis

using namespace analysis;

std::string narrate(const Finding& finding, const TraceStore& store, Language language) {
  return Narrator(finding, store, language).tell();
}

std::string heading(FindingKind kind, Language language) {
  return std::string(book_of(language).headings[static_cast<std::size_t>(kind)].text);
}

}  // namespace lockstep
