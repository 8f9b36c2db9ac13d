// Where a line of text may break.
#pragma once

#include <string_view>

namespace lockstep {

/// What `text` begins with up to the first place where a line may break, blanks before it included: a word,
/// or one Chinese character with the punctuation that clings to it.
std::string_view first_word(std::string_view text);

}  // namespace lockstep
