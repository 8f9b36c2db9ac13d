#include "app/model/event_list.hpp"

#include <algorithm>

namespace lockstep {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool passes(const Event& event, const EventFilter& filter, const TraceStore& store) {
  if (filter.worker != kNoWorker && event.worker != filter.worker) return false;
  if (filter.object != kNoObject && event.object != filter.object) return false;
  if (!filter.kinds.test(static_cast<std::size_t>(event.kind))) return false;
  if (filter.text.empty()) return true;
  return argument_of(event.kind) == ArgumentType::text &&
         contains_ignoring_case(store.text(static_cast<TextId>(event.arg)), filter.text);
}

}  // namespace

bool contains_ignoring_case(std::string_view text, std::string_view part) {
  return !std::ranges::search(text, part, {}, lower, lower).empty() || part.empty();
}

bool EventList::update(const TraceStore& store, int generation, const EventFilter& filter,
                       EventIndex budget) {
  if (generation != generation_ || filter != filter_ || store.size() < seen_) {
    generation_ = generation;
    filter_ = filter;
    everything_ = filter.passes_all();
    rows_.clear();
    seen_ = 0;
  }
  const EventIndex end = everything_ ? store.size() : std::min(store.size() - seen_, budget) + seen_;
  if (!everything_) {
    for (EventIndex i = seen_; i < end; ++i) {
      if (passes(store[i], filter_, store)) rows_.push_back(i);
    }
  }
  seen_ = end;
  complete_ = seen_ == store.size();
  return complete_;
}

std::int64_t EventList::rows_before(EventIndex n) const {
  if (everything_) return std::min(n, seen_);
  return std::ranges::lower_bound(rows_, n) - rows_.begin();
}

}  // namespace lockstep
