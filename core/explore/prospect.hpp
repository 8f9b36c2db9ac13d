// What can come of each state, from the table of all of them.
#pragma once

#include <optional>
#include <vector>

#include "core/explore/state_table.hpp"

namespace lockstep {

/// What can come of a state.
struct Prospect {
  double failing_share = 0;
  std::uint32_t steps = 0;        ///< of the shortest way to a failure
  Outcome outcome = Outcome::ok;  ///< of that way; ok: no failure can be reached
  bool must_fail = false;
  bool known = false;

  bool can_fail() const { return outcome != Outcome::ok; }
};

/// Of each state of a table that lacks none, by node. Nothing if there is a cycle: two states that have the
/// same digest by accident. O(states + edges).
std::optional<std::vector<Prospect>> prospects_of(const StateTable& states);

}  // namespace lockstep
