// The least cost at which each state was reached: a hash table with open addressing, 16 bytes an entry.
#pragma once

#include <cstdint>
#include <vector>

namespace lockstep {

class CostTable {
 public:
  /// True if the key is new or was known at a higher cost; the cost is noted then.
  bool improve(std::uint64_t key, std::uint64_t cost);
  std::size_t size() const { return size_; }

 private:
  struct Entry {
    std::uint64_t key = 0;  ///< 0: free
    std::uint64_t cost = 0;
  };
  Entry& find(std::uint64_t key);
  void grow();

  std::vector<Entry> entries_ = std::vector<Entry>(1024);
  std::size_t size_ = 0;
};

}  // namespace lockstep
