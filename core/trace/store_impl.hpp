// The inside of a TraceStore, for the sources of core/trace alone.
#pragma once

#include <array>
#include <unordered_map>

#include "core/trace/object_track.hpp"
#include "core/trace/store.hpp"
#include "core/trace/worker_track.hpp"

namespace lockstep {

/// Why an event is refused.
enum class Fault : std::uint8_t {
  none,
  kind,
  full,
  time_range,
  time_back,
  worker,
  object,
  sequence,
  stray_sequence,
  site,
  worker_argument,
  kind_argument,
  value_type,
  start,
  transition,
};

struct TraceStore::Impl {
  RunInfo run;
  std::vector<WorkerInfo> workers;
  std::vector<ObjectInfo> objects{1};
  std::vector<SiteInfo> sites{1};
  std::vector<bool> site_known{true};
  std::unordered_map<TextId, std::string> texts;

  Column<Event, 1024> events;
  /// Null until the definition (workers) or the first event (objects). Tracks keep their addresses: views
  /// point there.
  std::array<std::unique_ptr<WorkerTrack>, kMaxWorkers> worker_tracks;
  std::vector<std::unique_ptr<ObjectTrack>> object_tracks{1};
  std::vector<bool> object_known{false};
  WorkerTrack sandbox{WorkerState::running};
  RunTime end = 0;

  const WorkerTrack* worker(WorkerId id) const {
    return id < kMaxWorkers ? worker_tracks[id].get() : nullptr;
  }
  const ObjectTrack* object(ObjectId id) const {
    return id < object_tracks.size() ? object_tracks[id].get() : nullptr;
  }

  bool knows_object(ObjectId id) const { return id < object_known.size() && object_known[id]; }
  bool knows_site(SiteId id) const { return id < site_known.size() && site_known[id]; }

  // --- appending (store_append.cpp) ---
  Fault fault_in(const Event& event) const;
  /// A fault as the rest of a sentence.
  std::string explain(Fault fault, const Event& event) const;
  /// The event is known to have no fault.
  void append(const Event& event);

  // --- state (store_state.cpp) ---
  WorkerView worker_view(const WorkerTrack& track, std::size_t rows) const;
  /// Fills in everything but the waiters; returns their number.
  std::size_t view_object(ObjectId id, EventIndex n, ObjectView& view) const;
  /// Oldest wait first.
  std::vector<WorkerId> waiters_of(ObjectId id, EventIndex n) const;

 private:
  std::size_t next_seq(ObjectId id) const {
    return object(id) == nullptr ? 1 : object(id)->rows().own_size() + 1;
  }
  Fault fault_in_object(const Event& event) const;
  Fault fault_in_argument(const Event& event) const;
  Fault fault_in_transition(const Event& event) const;
  ObjectTrack& object_track(ObjectId id);
};

}  // namespace lockstep
