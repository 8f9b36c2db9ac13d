// Python's slices (docs.python.org/3/reference/datamodel.html#slice.indices).
#pragma once

#include <optional>
#include <vector>

#include "core/sync/object.hpp"

namespace lockstep::api {

/// start:stop:step; what is empty was left out. Slice{1, 3} is [1:3], Slice{.step = 2} is [::2].
struct Slice {
  std::optional<int> start{};
  std::optional<int> stop{};
  std::optional<int> step{};
};

/// The places, in their order, that it means in a sequence of that size. ValueError for a step of 0.
std::vector<int> places_of(const Slice& slice, int size, const Where& at);

}  // namespace lockstep::api
