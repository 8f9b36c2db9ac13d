#include "core/explore/cost_table.hpp"

#include <utility>

namespace lockstep {

CostTable::Entry& CostTable::find(std::uint64_t key) {
  const std::size_t mask = entries_.size() - 1;
  std::size_t at = key & mask;
  while (entries_[at].key != 0 && entries_[at].key != key)
    at = (at + 1) & mask;
  return entries_[at];
}

void CostTable::grow() {
  std::vector<Entry> old(entries_.size() * 2);
  std::swap(old, entries_);
  for (const Entry& entry : old) {
    if (entry.key != 0) find(entry.key) = entry;
  }
}

bool CostTable::improve(std::uint64_t key, std::uint64_t cost) {
  if (key == 0) key = 1;
  Entry* entry = &find(key);
  if (entry->key == key) {
    if (entry->cost <= cost) return false;
    entry->cost = cost;
    return true;
  }
  if ((size_ + 1) * 2 > entries_.size()) {
    grow();
    entry = &find(key);
  }
  *entry = {key, cost};
  ++size_;
  return true;
}

}  // namespace lockstep
