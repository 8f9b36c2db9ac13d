// Wakeup trees (Abdulla, Aronsson, Jonsson, Sagonas: "Source sets", JACM 64(4), 2017, section 6): the steps
// that are still to be explored from a state, as an ordered tree of sequences. Following one of its branches
// never ends in a state where everything is asleep.
#pragma once

#include <span>
#include <vector>

#include "core/explore/dpor/footprint.hpp"

namespace lockstep::dpor {

/// Where a step stands in a sequence that some execution could begin with.
enum class Place : std::uint8_t {
  first,        ///< it is in there, and nothing before it depends on it: it might as well come first
  independent,  ///< it is not in there and nothing depends on it
  later,        ///< neither
};
/// `at` is set for Place::first.
Place place_in(const Footprint& step, std::span<const Footprint> sequence, std::size_t& at);

/// True if an execution that begins with `sequence` is equivalent to one that begins with a sleeping step
/// ("weak initials").
bool begins_asleep(std::span<const Footprint> sleep, std::span<const Footprint> sequence);

/// The nodes of many trees. A list of siblings is told by its first node.
class WakeupTrees {
 public:
  using Ref = std::int32_t;
  static constexpr Ref kNone = -1;
  struct Node {
    Footprint step;
    Ref child = kNone;
    Ref next = kNone;
  };

  const Node& operator[](Ref ref) const { return nodes_[static_cast<std::size_t>(ref)]; }
  /// Adds the sequence below the siblings `list` unless a leaf there stands for it already; false then.
  /// `sequence` is used up. `list` may become another.
  bool insert(Ref& list, std::vector<Footprint>& sequence);
  /// Takes the first node off the list, which must not be empty. Its children become the caller's.
  Node pop(Ref& list);
  /// A list of one node with these children.
  Ref make_tree(const Footprint& step, Ref children);
  std::size_t length(Ref list) const;
  /// Copies a list with all that hangs below it out of another object.
  Ref copy(const WakeupTrees& other, Ref list);
  /// Gives the nodes of a list back.
  void release(Ref list);

 private:
  Ref make(const Footprint& step);
  Node& at(Ref ref) { return nodes_[static_cast<std::size_t>(ref)]; }

  std::vector<Node> nodes_;
  Ref free_ = kNone;
};

}  // namespace lockstep::dpor
