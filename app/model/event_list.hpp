// The events that pass a filter, as a list that grows with the trace: for the console and the table of
// events. Rows are looked at in portions, so that a million events never cost a frame.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <vector>

#include "core/trace/store.hpp"

namespace lockstep {

using KindSet = std::bitset<kKindCount>;
inline KindSet all_kinds() { return KindSet().set(); }

struct EventFilter {
  WorkerId worker = kNoWorker;  ///< kNoWorker: of all
  ObjectId object = kNoObject;  ///< kNoObject: of all
  KindSet kinds = all_kinds();
  std::string text;  ///< in a printed line or an error's message, whatever the case; "" = any
  bool passes_all() const {
    return worker == kNoWorker && object == kNoObject && kinds.all() && text.empty();
  }
  friend bool operator==(const EventFilter&, const EventFilter&) = default;
};

class EventList {
 public:
  /// Takes in what the store got since the last call, at most `budget` events of it. A new generation or
  /// another filter begins anew. True if it has seen everything.
  bool update(const TraceStore& store, int generation, const EventFilter& filter, EventIndex budget = 50'000);

  std::int64_t size() const { return everything_ ? seen_ : static_cast<std::int64_t>(rows_.size()); }
  EventIndex operator[](std::int64_t row) const {
    return everything_ ? static_cast<EventIndex>(row) : rows_[static_cast<std::size_t>(row)];
  }
  /// The number of rows among the first `n` events. O(log n).
  std::int64_t rows_before(EventIndex n) const;
  bool complete() const { return complete_; }

 private:
  std::vector<EventIndex> rows_;
  EventFilter filter_;
  int generation_ = -1;
  EventIndex seen_ = 0;
  bool everything_ = true;  ///< no filter: row i is event i
  bool complete_ = true;
};

/// True if `text` contains `part`, whatever the case of ASCII letters. An empty part is in every text.
bool contains_ignoring_case(std::string_view text, std::string_view part);

}  // namespace lockstep
