// The definitions of a trace as bytes: the part of a trace file before the events.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/trace/store.hpp"

namespace lockstep {

/// The run, workers, objects, sites and texts of a store.
std::string encode_definitions(const TraceStore& store);

/// Declares what `bytes` holds in `store`. Safe for any input: a sentence if it is not sound. Allocates no
/// more than a small multiple of the input, plus 10 MB for numbers that leave gaps.
[[nodiscard]] std::optional<std::string> decode_definitions(std::string_view bytes, TraceStore& store);

}  // namespace lockstep
