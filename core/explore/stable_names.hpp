// Names of workers and objects that are the same in all interleavings of a program. Ids are given in the
// order of creation, which a schedule can change when several workers create things. A worker's name is its
// parent's name and its how-manieth child it is; an object's is its creator's and its how-manieth object it
// is; a check, a Local and a worker's own object are told by what they are.
//
// Names are numbers: small ones for what the main worker makes, hashes for the rest. Two different things
// that hash alike are noticed, and throw std::runtime_error (chance about n² / 2³², n things of one program).
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "core/arena/arena.hpp"

namespace lockstep {

class StableNames {
 public:
  explicit StableNames(Arena& arena) : arena_(arena) {}
  std::uint32_t worker(WorkerId id);
  std::uint32_t object(ObjectId id);
  /// What two operations must have in common to touch the same thing: the object, and for a Global also the
  /// process whose copy it is. 0 for kNoObject.
  std::uint32_t location(ObjectId object, WorkerId worker);
  /// A new execution has begun: ids mean other things.
  void forget();

 private:
  struct Origin {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    friend bool operator==(const Origin&, const Origin&) = default;
  };
  std::uint32_t hashed(const Origin& origin);
  std::uint32_t name_worker(WorkerId id);
  std::uint32_t name_object(ObjectId id);

  Arena& arena_;
  std::vector<std::uint32_t> workers_;  ///< name + 1; 0 = not known yet
  std::vector<std::uint32_t> objects_;  ///< name; 0 = not known yet
  std::unordered_map<std::uint32_t, Origin> origins_;
};

}  // namespace lockstep
