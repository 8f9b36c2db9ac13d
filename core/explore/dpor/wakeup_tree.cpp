#include "core/explore/dpor/wakeup_tree.hpp"

#include <algorithm>

namespace lockstep::dpor {

Place place_in(const Footprint& step, std::span<const Footprint> sequence, std::size_t& at) {
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    if (sequence[i].worker == step.worker) {
      at = i;
      return Place::first;
    }
    if (dependent(step, sequence[i])) return Place::later;
  }
  return Place::independent;
}

bool begins_asleep(std::span<const Footprint> sleep, std::span<const Footprint> sequence) {
  std::size_t at = 0;
  return std::any_of(sleep.begin(), sleep.end(),
                     [&](const Footprint& step) { return place_in(step, sequence, at) != Place::later; });
}

WakeupTrees::Ref WakeupTrees::make(const Footprint& step) {
  if (free_ == kNone) {
    nodes_.push_back({step});
    return static_cast<Ref>(nodes_.size() - 1);
  }
  const Ref ref = free_;
  free_ = at(ref).next;
  at(ref) = {step};
  return ref;
}

bool WakeupTrees::insert(Ref& list, std::vector<Footprint>& sequence) {
  Ref parent = kNone;
  Ref last = kNone;
  for (Ref ref = list; ref != kNone;) {
    std::size_t where = 0;
    const Place place = place_in(at(ref).step, sequence, where);
    if (place == Place::later) {
      last = ref;
      ref = at(ref).next;
      continue;
    }
    if (place == Place::first) sequence.erase(sequence.begin() + static_cast<std::ptrdiff_t>(where));
    parent = ref;
    last = kNone;
    ref = at(ref).child;
    if (ref == kNone) return false;  // a leaf stands for it
  }
  if (sequence.empty()) return false;
  for (const Footprint& step : sequence) {
    const Ref added = make(step);
    if (last != kNone) {
      at(last).next = added;
    } else if (parent != kNone) {
      at(parent).child = added;
    } else {
      list = added;
    }
    parent = added;
    last = kNone;
  }
  return true;
}

WakeupTrees::Node WakeupTrees::pop(Ref& list) {
  const Ref ref = list;
  const Node node = at(ref);
  list = node.next;
  at(ref).next = free_;
  free_ = ref;
  return node;
}

WakeupTrees::Ref WakeupTrees::make_tree(const Footprint& step, Ref children) {
  const Ref made = make(step);
  at(made).child = children;
  return made;
}

std::size_t WakeupTrees::length(Ref list) const {
  std::size_t n = 0;
  for (Ref ref = list; ref != kNone; ref = (*this)[ref].next)
    ++n;
  return n;
}

WakeupTrees::Ref WakeupTrees::copy(const WakeupTrees& other, Ref list) {
  Ref first = kNone;
  Ref last = kNone;
  for (Ref ref = list; ref != kNone; ref = other[ref].next) {
    const Ref child = copy(other, other[ref].child);
    const Ref made = make_tree(other[ref].step, child);
    (last == kNone ? first : at(last).next) = made;
    last = made;
  }
  return first;
}

void WakeupTrees::release(Ref list) {
  while (list != kNone)
    release(pop(list).child);
}

}  // namespace lockstep::dpor
