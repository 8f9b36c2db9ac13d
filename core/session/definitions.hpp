// Tells a trace store about the workers, objects, lines and texts that events name, as a run's arena knows
// them.
#pragma once

#include <span>
#include <vector>

#include "core/arena/arena.hpp"
#include "core/trace/store.hpp"

namespace lockstep {

class Definitions {
 public:
  Definitions(Arena& arena, TraceStore& store) : arena_(arena), store_(store) {}
  /// Declares whatever the store does not know yet and these events may refer to.
  void declare_for(std::span<const Event> events);
  /// Declares again the workers whose pid has become known.
  void refresh_workers();

 private:
  void declare_new_objects();
  /// False if it is still being made.
  bool declare_object(ObjectId id);
  void declare_worker(WorkerId id);
  void declare_site(SiteId id);
  void declare_text(TextId id);
  std::string text(TextId id) const { return std::string(arena_.text(id)); }

  Arena& arena_;
  TraceStore& store_;
  std::vector<std::uint32_t> worker_versions_;
  std::vector<bool> sites_;
  std::vector<bool> texts_;
  std::uint32_t objects_ = 1;
  /// Their makers have lost the core, perhaps their lives, in between; later objects are in use all the same.
  std::vector<ObjectId> being_made_;
};

}  // namespace lockstep
