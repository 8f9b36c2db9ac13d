// Raising an error that is known as a text.
#pragma once

#include <string_view>

#include "core/runtime/runtime.hpp"

namespace lockstep {

/// Raises what Error::what() or an event says: "ValueError: no", or the type alone.
[[noreturn]] inline void raise_text(std::string_view text, SiteId site) {
  const std::size_t colon = text.find(": ");
  raise(text.substr(0, colon), colon == text.npos ? std::string_view() : text.substr(colon + 2), site);
}

}  // namespace lockstep
