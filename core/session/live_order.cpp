#include "core/session/live_order.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <unordered_map>

#include "core/analysis/process_of.hpp"
#include "core/arena/layout.hpp"

namespace lockstep {
namespace {

enum class Role : std::uint8_t {
  note,     ///< no step: it belongs to the step before it
  waits,    ///< begins to wait
  acts,     ///< an operation came to an end
  dies,     ///< a signal that the program sent arrives
  outside,  ///< a signal from outside
};

/// Signals by which a program ends itself: they come again when it is run again.
bool is_a_fault(std::int64_t signal) {
  constexpr std::array kFaults = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGPIPE};
  return std::find(kFaults.begin(), kFaults.end(), signal) != kFaults.end();
}

bool sends_signal(const Event& event) {
  return event.kind == EventKind::terminate || event.kind == EventKind::kill;
}

class OrderMaker {
 public:
  OrderMaker(const TraceStore& live, EventIndex count)
      : live_(live), count_(std::min(count, live.size())), roles_(count_, Role::note) {}

  LiveOrder make();

 private:
  /// A step after which a process does nothing more in a stepped run, but what belongs to its end.
  struct Ending {
    EventIndex by;  ///< the first step of its own end, or that somebody sends it a signal
    WorkerId process;
    bool is_own = false;
  };

  Role role_of(const Event& event) const;
  Role role_of_loss(WorkerId worker) const;
  void find_steps();
  void note_ending(EventIndex i);
  void put_before(const Ending& ending);
  void cut(std::size_t length, LiveDifference::Kind kind);
  EventIndex birth_of(const WorkerInfo& child) const;
  void number_workers(LiveOrder& order) const;

  const TraceStore& live_;
  EventIndex count_;
  std::vector<Role> roles_;
  std::vector<EventIndex> steps_;
  std::vector<Ending> endings_;
  WorkerSet signalled_;     ///< by the program, at any time
  WorkerSet asked_to_end_;  ///< by the program, so far
  std::optional<LiveDifference> difference_;
};

/// Of the loss of a pipe's end with its process: a step if the process ends itself or by a signal of the
/// program. A signal that is sent after it found the process in its own end.
Role OrderMaker::role_of_loss(WorkerId worker) const {
  const Event& last = live_[live_.events_of_worker(worker).back()];
  const bool befallen = last.kind == EventKind::worker_killed || last.kind == EventKind::worker_cut_off;
  const bool asked_later = signalled_.contains(worker) && !asked_to_end_.contains(worker);
  return befallen && !asked_later ? role_of(last) : Role::acts;
}

Role OrderMaker::role_of(const Event& event) const {
  if (event.worker == kSandbox) return Role::note;
  switch (event.kind) {
    case EventKind::local_set:
    case EventKind::core:
    case EventKind::stall: return Role::note;
    case EventKind::block: return Role::waits;
    case EventKind::sleep_end:
    case EventKind::compute_end: return Role::acts;
    case EventKind::worker_cut_off:
    case EventKind::worker_killed:
      // A thread goes with its process.
      if (live_.workers()[event.worker].kind == WorkerKind::thread) return Role::note;
      if (event.kind == EventKind::worker_cut_off || asked_to_end_.contains(event.worker)) return Role::dies;
      return is_a_fault(event.arg) ? Role::note : Role::outside;
    case EventKind::pipe_close: return event.extra == 0 ? Role::acts : role_of_loss(event.worker);
    default: return event.object == kNoObject ? Role::note : Role::acts;
  }
}

void OrderMaker::cut(std::size_t length, LiveDifference::Kind kind) {
  const Event& event = live_[steps_[length]];
  difference_ = {kind, static_cast<std::uint32_t>(length), live_.workers()[event.worker].name};
  steps_.resize(length);
}

void OrderMaker::find_steps() {
  for (EventIndex i = 0; i < live_.size(); ++i) {
    const Event& event = live_[i];
    if (sends_signal(event)) signalled_.insert(static_cast<WorkerId>(event.arg));
  }
  for (EventIndex i = 0; i < count_; ++i) {
    const Event& event = live_[i];
    roles_[i] = role_of(event);
    if (roles_[i] != Role::note) steps_.push_back(i);
    note_ending(i);
    if (roles_[i] == Role::outside) return cut(steps_.size() - 1, LiveDifference::Kind::killed_from_outside);
  }
}

void OrderMaker::note_ending(EventIndex i) {
  const Event& event = live_[i];
  if (sends_signal(event)) {
    const auto target = static_cast<WorkerId>(event.arg);
    asked_to_end_.insert(target);
    endings_.push_back({.by = i, .process = target});
  }
  const bool is_loss = event.kind == EventKind::pipe_close && event.extra != 0;
  const bool is_end =
      event.kind == EventKind::worker_end && live_.workers()[event.worker].kind != WorkerKind::thread;
  if (!is_loss && !is_end) return;
  const auto is_it = [&](const Ending& one) { return one.is_own && one.process == event.worker; };
  if (std::none_of(endings_.begin(), endings_.end(), is_it))
    endings_.push_back({.by = i, .process = event.worker, .is_own = true});
}

/// A live process may go on for a moment after the step that ends it in a stepped run, as its other threads
/// may after its main one: what it still did, and what that needed, is put before that step.
void OrderMaker::put_before(const Ending& ending) {
  const auto from = std::find(steps_.begin(), steps_.end(), ending.by);
  if (from == steps_.end()) return;
  const auto is_late = [&](EventIndex i) {
    const WorkerId worker = live_[i].worker;
    const bool belongs_to_end = ending.is_own && worker == ending.process;
    return roles_[i] != Role::dies && !belongs_to_end &&
           analysis::process_of(live_, worker) == ending.process;
  };
  const auto last = std::find_if(steps_.rbegin(), std::make_reverse_iterator(from + 1), is_late).base();
  if (last == from + 1) return;
  const WorkerId sender = live_[ending.by].worker;
  WorkerSet workers;
  std::vector<bool> objects(live_.objects().size(), false);
  std::vector<bool> needed(static_cast<std::size_t>(last - from), false);
  const auto cut_at_first_late = [&] {
    const auto first = std::find_if(from + 1, last, is_late);
    cut(static_cast<std::size_t>(first - steps_.begin()), LiveDifference::Kind::after_signal);
  };
  for (auto at = last; --at != from;) {
    const Event& event = live_[*at];
    if (!is_late(*at) && !workers.contains(event.worker) && !objects[event.object]) continue;
    if (event.worker == sender) return cut_at_first_late();
    needed[static_cast<std::size_t>(at - from)] = true;
    workers.insert(event.worker);
    if (event.object != kNoObject) objects[event.object] = true;
  }
  // The sending of a signal is an operation on the process, which may have got as far as its own end.
  if (!ending.is_own && objects[live_[ending.by].object]) return cut_at_first_late();
  std::vector<EventIndex> earlier;
  std::vector<EventIndex> later;
  for (auto at = from; at != last; ++at)
    (needed[static_cast<std::size_t>(at - from)] ? earlier : later).push_back(*at);
  std::copy(later.begin(), later.end(), std::copy(earlier.begin(), earlier.end(), from));
}

/// The step of its parent after which the worker was created, or kNoEvent.
EventIndex OrderMaker::birth_of(const WorkerInfo& child) const {
  const EventIndices events = live_.events_of_worker(child.parent);
  if (child.created_after > events.size()) return kNoEvent;
  if (child.created_after > 0 && events[child.created_after - 1] >= count_) return kNoEvent;
  for (std::size_t i = child.created_after; i-- > 0;) {
    if (events[i] < count_ && roles_[events[i]] != Role::note) return events[i];
  }
  return kNoEvent;
}

/// Workers are numbered as they are created. In a live run several may be created at once; in a stepped run
/// they are created when their parents' steps come.
void OrderMaker::number_workers(LiveOrder& order) const {
  std::unordered_map<EventIndex, std::vector<WorkerId>> born;
  for (const WorkerInfo& info : live_.workers()) {
    order.names.push_back(info.name);
    if (info.parent != kNoWorker) born[birth_of(info)].push_back(info.id);
  }
  order.stepped_worker.resize(live_.workers().size());
  for (std::size_t id = 0; id < order.stepped_worker.size(); ++id)
    order.stepped_worker[id] = static_cast<WorkerId>(id);
  WorkerId next = kMainWorker + 1;
  for (const EventIndex step : steps_) {
    const auto children = born.find(step);
    if (children == born.end()) continue;
    for (const WorkerId child : children->second)
      order.stepped_worker[child] = next++;
  }
}

LiveOrder OrderMaker::make() {
  find_steps();
  for (const Ending& ending : endings_)
    put_before(ending);
  if (steps_.size() > kMaxSteps) cut(kMaxSteps, LiveDifference::Kind::too_long);
  LiveOrder order;
  number_workers(order);
  for (const EventIndex i : steps_) {
    order.choices.push_back({order.stepped_worker[live_[i].worker], roles_[i] == Role::waits, 0});
    order.steps.push_back({live_[i], i});
  }
  order.difference = difference_;
  return order;
}

}  // namespace

LiveOrder order_of(const TraceStore& live, EventIndex count) { return OrderMaker(live, count).make(); }

}  // namespace lockstep
