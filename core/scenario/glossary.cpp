#include "core/scenario/glossary.hpp"

#include <algorithm>

#include "assets/resources.hpp"
#include "core/scenario/text_lines.hpp"

namespace lockstep {
namespace {

/// The words between commas.
std::vector<std::string> words_of(std::string_view list) {
  std::vector<std::string> words;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    if (const auto word = trim(list.substr(0, end)); !word.empty()) words.emplace_back(word);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return words;
}

}  // namespace

bool Term::has(std::string_view word) const {
  return std::ranges::find(en, word) != en.end() || std::ranges::find(zh, word) != zh.end();
}

std::vector<Term> parse_glossary(std::string_view text) {
  std::vector<Term> terms;
  for (const std::string_view line : split_lines(text)) {
    const std::size_t bar = line.find('|');
    if (line.starts_with('#') || bar == std::string_view::npos) continue;
    Term term{words_of(line.substr(0, bar)), words_of(line.substr(bar + 1))};
    if (!term.en.empty() && !term.zh.empty()) terms.push_back(std::move(term));
  }
  return terms;
}

const std::vector<Term>& glossary() {
  static const std::vector<Term> terms = parse_glossary(find_resource("assets/glossary.txt").value_or(""));
  return terms;
}

}  // namespace lockstep
