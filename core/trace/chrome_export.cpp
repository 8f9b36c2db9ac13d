// Chrome trace-event JSON, written in one pass over the events.
// The format: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "core/platform/atomic_file.hpp"
#include "core/trace/file.hpp"
#include "core/trace/object_track.hpp"
#include "core/trace/worker_track.hpp"

namespace lockstep {
namespace {

/// As a JSON string. Bytes that are not UTF-8 become the replacement character.
std::string json_string(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// The format counts in microseconds.
std::string microseconds(RunTime ns) { return fmt::format("{}.{:03}", ns / 1000, ns % 1000); }

class ChromeExport {
 public:
  ChromeExport(const TraceStore& store, platform::AtomicFile& file) : store_(store), file_(file) {}

  void write() {
    file_.write("{\"displayTimeUnit\":\"ns\",\"otherData\":{\"scenario\":");
    file_.write(json_string(store_.run().scenario));
    file_.write(",\"variant\":");
    file_.write(json_string(store_.run().variant));
    file_.write("},\"traceEvents\":[\n");
    name_tracks();
    begin_counters();
    for (EventIndex i = 0; i < store_.size() && good_; ++i)
      take(i);
    for (WorkerId w = 0; w < lanes_.size(); ++w)
      end_state(w, store_.end_time());
    file_.write("\n]}\n");
  }

 private:
  /// What a worker's track shows now, and since when.
  struct Lane {
    WorkerNow now;
    RunTime since = 0;
    EventIndex event = kNoEvent;
  };

  // --- one JSON object of the list ---

  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    line_.clear();
    line_.append(std::string_view(first_ ? "" : ",\n"));
    fmt::format_to(std::back_inserter(line_), format, std::forward<Args>(args)...);
    good_ = file_.write({line_.data(), line_.size()});
    first_ = false;
  }

  int pid(WorkerId worker) const {
    return worker < store_.workers().size() ? std::max(1, store_.workers()[worker].pid) : 1;
  }
  /// Track 0 would be taken for the kernel's idle thread.
  static int tid(WorkerId worker) { return worker + 1; }

  void name_tracks() {
    std::map<int, std::string_view> processes;
    for (const WorkerInfo& info : store_.workers()) {
      if (!store_.has_worker(info.id)) continue;
      const bool is_own = info.kind != WorkerKind::thread;
      if (is_own) processes[pid(info.id)] = info.name;
      processes.try_emplace(pid(info.id), info.name);
      put(R"({{"ph":"M","name":"thread_name","pid":{},"tid":{},"args":{{"name":{}}}}})", pid(info.id),
          tid(info.id), json_string(info.name));
      put(R"({{"ph":"M","name":"thread_sort_index","pid":{},"tid":{},"args":{{"sort_index":{}}}}})",
          pid(info.id), tid(info.id), info.id);
    }
    for (const auto& [id, name] : processes) {
      put(R"({{"ph":"M","name":"process_name","pid":{},"tid":0,"args":{{"name":{}}}}})", id,
          json_string(name));
    }
    lanes_.resize(store_.workers().size());
    if (!lanes_.empty()) lanes_[kMainWorker].now.state = WorkerState::ready;
  }

  void begin_counters() {
    for (const ObjectInfo& info : store_.objects()) {
      names_.push_back(info.name);
      counts_.push_back(initial_state(info).count);
      if (is_counted(info.id)) put_count(info.id, 0);
    }
  }

  // --- events ---

  void take(EventIndex index) {
    const Event& event = store_[index];
    const auto time = static_cast<RunTime>(event.time);
    if (event.worker == kSandbox) {
      put(R"({{"ph":"i","s":"g","cat":"sandbox","name":{},"pid":1,"tid":1,"ts":{}}})",
          json_string(name_of(event.kind)), microseconds(time));
    } else {
      change_state(event.worker, now_after(lanes_[event.worker].now, event), index);
      put_operation(event, time);
    }
    if (event.kind == EventKind::worker_start) {
      const auto child = static_cast<WorkerId>(event.arg);
      if (lanes_[child].now.state == WorkerState::created)
        change_state(child, {.state = WorkerState::ready}, index);
    }
    count(event, time);
    if (const EventIndex waker = store_.waker_of(index); waker != kNoEvent) put_arrow(waker, index);
  }

  void change_state(WorkerId worker, const WorkerNow& next, EventIndex index) {
    Lane& lane = lanes_[worker];
    const Event& event = store_[index];
    if (!begins_state(lane.now, next, event)) return;
    end_state(worker, static_cast<RunTime>(event.time));
    lane = {next, static_cast<RunTime>(event.time), index};
  }

  void end_state(WorkerId worker, RunTime end) {
    const Lane& lane = lanes_[worker];
    const bool has_ended = (class_mark(lane.now.state) & mark::ended) != 0;
    if (lane.event == kNoEvent || has_ended) return;
    std::string name(name_of(lane.now.state));
    if (lane.now.object != kNoObject) name += " for " + names_[lane.now.object];
    const TextId activity = store_[lane.event].extra;
    if (lane.now.state == WorkerState::sleeping && activity != 0)
      name += ": " + std::string(store_.text(activity));
    put(R"({{"ph":"X","cat":"state","name":{},"pid":{},"tid":{},"ts":{},"dur":{},"args":{{"state":"{}"}}}})",
        json_string(name), pid(worker), tid(worker), microseconds(lane.since), microseconds(end - lane.since),
        name_of(lane.now.state));
  }

  void put_operation(const Event& event, RunTime time) {
    if (event.kind == EventKind::block || event.kind == EventKind::sleep_begin)
      return;  // their states say it
    std::string name(name_of(event.kind));
    if (event.object != kNoObject) name += " " + names_[event.object];
    put(R"({{"ph":"i","s":"t","cat":"operation","name":{},"pid":{},"tid":{},"ts":{},"args":{{"argument":{},"line":{}}}}})",
        json_string(name), pid(event.worker), tid(event.worker), microseconds(time),
        json_string(argument(event)), json_string(line(event.site)));
  }

  std::string argument(const Event& event) const {
    switch (argument_of(event.kind)) {
      case ArgumentType::none: return {};
      case ArgumentType::value: return store_.to_string(event.value());
      case ArgumentType::text: return std::string(store_.text(static_cast<TextId>(event.arg)));
      case ArgumentType::worker: return store_.workers()[static_cast<std::size_t>(event.arg)].name;
      case ArgumentType::kind: return std::string(name_of(static_cast<EventKind>(event.arg)));
      case ArgumentType::duration:
        if (event.kind == EventKind::core)
          return fmt::format("core {} after {} us", event.extra, microseconds(event.arg));
        return microseconds(event.arg) + " us";
      case ArgumentType::integer: break;
    }
    return std::to_string(event.arg);
  }

  std::string line(SiteId site) const {
    if (site == 0) return {};
    const SiteInfo& info = store_.sites()[site];
    return info.file + ":" + std::to_string(info.line);
  }

  // --- counters and arrows ---

  bool is_counted(ObjectId object) const {
    switch (store_.objects()[object].kind) {
      case ObjectKind::queue:
      case ObjectKind::joinable_queue:
      case ObjectKind::semaphore:
      case ObjectKind::bounded_semaphore: return true;
      default: return false;
    }
  }

  void count(const Event& event, RunTime time) {
    if (event.object == kNoObject || !is_counted(event.object)) return;
    std::int64_t& count = counts_[event.object];
    switch (event.kind) {
      case EventKind::queue_put: ++count; break;
      case EventKind::queue_get: count = std::max<std::int64_t>(0, count - 1); break;
      case EventKind::sem_acquire:
      case EventKind::sem_release: count = event.arg; break;
      default: return;
    }
    put_count(event.object, time);
  }

  void put_count(ObjectId object, RunTime time) {
    put(R"({{"ph":"C","name":{},"pid":{},"ts":{},"args":{{"{}":{}}}}})", json_string(names_[object]),
        pid(kMainWorker), microseconds(time),
        family_of(store_.objects()[object].kind) == ObjectFamily::queue ? "items" : "permits",
        counts_[object]);
  }

  void put_arrow(EventIndex waker, EventIndex woken) {
    put_arrow_end("s", waker, woken);
    put_arrow_end(R"(f","bp":"e)", woken, woken);
  }

  void put_arrow_end(std::string_view phase, EventIndex at, EventIndex id) {
    const Event& event = store_[at];
    if (event.worker == kSandbox) return;
    put(R"({{"ph":"{}","cat":"wake","name":"wakes","id":{},"pid":{},"tid":{},"ts":{}}})", phase, id,
        pid(event.worker), tid(event.worker), microseconds(static_cast<RunTime>(event.time)));
  }

  const TraceStore& store_;
  platform::AtomicFile& file_;
  fmt::memory_buffer line_;
  std::vector<Lane> lanes_;
  std::vector<std::string> names_;    ///< of objects
  std::vector<std::int64_t> counts_;  ///< of objects
  bool first_ = true;
  bool good_ = true;
};

}  // namespace

std::optional<TraceFileError> export_chrome_json(const TraceStore& store, const std::string& path) {
  platform::AtomicFile file(path);
  ChromeExport(store, file).write();
  if (const auto fault = file.commit()) return TraceFileError{*fault};
  return std::nullopt;
}

}  // namespace lockstep
