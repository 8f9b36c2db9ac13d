// Words of the field that mean the same, in both languages: what a search may be typed in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep {

/// One meaning: "deadlock" | "死锁". English words are in lower case.
struct Term {
  std::vector<std::string> en;
  std::vector<std::string> zh;
  /// Of any language.
  bool has(std::string_view word) const;
};

/// Parses lines "word, word | 词, 词"; empty ones and those that begin with # say nothing. A line without
/// words in both languages is left out.
std::vector<Term> parse_glossary(std::string_view text);

/// assets/glossary.txt. Parsed once and kept.
const std::vector<Term>& glossary();

}  // namespace lockstep
