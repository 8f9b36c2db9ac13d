// A message that programs exchange in a form of their own begins with a caption: what its readers are shown
// of it.
#pragma once

#include <string_view>

namespace lockstep {

/// Between the caption and the rest: the ASCII record separator, which no program here sends by itself.
inline constexpr char kCaptionEnd = '\x1e';

/// The caption of a text, or all of it if it has none.
constexpr std::string_view caption_of(std::string_view text) {
  return text.substr(0, text.find(kCaptionEnd));
}

}  // namespace lockstep
