// Looking things up in the words of pending.hpp.
#pragma once

#include "core/analysis/pending_phrases.hpp"
#include "core/analysis/speaker.hpp"

namespace lockstep::analysis {

inline const PendingBook& pending_book_of(Language language) {
  return language == Language::zh ? kChinesePending : kEnglishPending;
}
inline std::string_view text_of(const PendingBook& book, PendingPhrase phrase) {
  return book.phrases[static_cast<std::size_t>(phrase)].text;
}
inline bool is_subtraction(const Event& add) { return add.value().type == ValueType::integer && add.arg < 0; }

}  // namespace lockstep::analysis
