#include "core/process/slice.hpp"

#include <algorithm>

namespace lockstep::api {

std::vector<int> places_of(const Slice& slice, int size, const Where& at) {
  const int step = slice.step.value_or(1);
  if (step == 0) raise("ValueError", "slice step cannot be zero", site_of(at));
  const int before_first = step < 0 ? -1 : 0;  // where a bound that is too low ends up; too high: one size on
  const auto bound = [&](const std::optional<int>& given, int otherwise) {
    if (!given) return otherwise;
    const int from_start = *given < 0 ? *given + size : *given;
    return std::clamp(from_start, before_first, before_first + size);
  };
  const int start = bound(slice.start, step < 0 ? size - 1 : 0);
  const int stop = bound(slice.stop, step < 0 ? -1 : size);
  std::vector<int> places;
  for (std::int64_t i = start; step < 0 ? i > stop : i < stop; i += step)
    places.push_back(static_cast<int>(i));
  return places;
}

}  // namespace lockstep::api
