#include "app/model/library_search.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/scenario/glossary.hpp"
#include "core/scenario/lesson.hpp"

namespace lockstep {
namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

std::string lowered(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower);
  return result;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    const bool separates = c == ' ' || c == '\t' || c == ',';
    if (!separates) word += c;
    if (separates && !word.empty()) words.push_back(std::exchange(word, {}));
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

/// What can be found of one scenario, in lower case.
struct Texts {
  std::string about;       ///< title, id and goal in both languages
  std::string primitives;  ///< their names
  std::string mentioned;   ///< the rest of both lessons
};

template <class Map, class Text>
void add_all(std::string& out, const Map& map, Text text) {
  for (const auto& [variant, value] : map)
    out += text(value) + '\n';
}

void add(Texts& texts, const Lesson& lesson) {
  texts.about += lowered(lesson.title) + '\n' + lowered(lesson.goal) + '\n';
  std::string rest;
  for (const auto* list : {&lesson.watch, &lesson.hints}) {
    for (const std::string& item : *list)
      rest += item + '\n';
  }
  add_all(rest, lesson.variants, [](const LessonVariant& v) { return v.title + ' ' + v.sentence; });
  add_all(rest, lesson.explanations, [](const std::string& text) { return text; });
  add_all(rest, lesson.predictions, [](const Prediction& p) { return p.question; });
  texts.mentioned += lowered(rest);
}

Texts read_texts(const Scenario& scenario) {
  Texts texts;
  texts.about = lowered(scenario.id) + '\n';
  for (const std::string_view language : {"en", "zh"})
    add(texts, lesson(scenario.id, language));
  for (const std::string& name : primitives_of(scenario.id))
    texts.primitives += lowered(name) + '\n';
  return texts;
}

/// Read once and kept; one thread searches.
const Texts& texts_of(const Scenario& scenario) {
  static std::map<std::string, Texts, std::less<>> kept;
  const auto found = kept.find(scenario.id);
  if (found != kept.end()) return found->second;
  return kept.emplace(scenario.id, read_texts(scenario)).first->second;
}

/// An English word at the beginning of a word, a Chinese one anywhere.
bool holds(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    if (at == 0 || !is_word(text[at - 1]) || !is_ascii(word.front())) return true;
  }
  return false;
}

/// Words of which one has to be found.
using Alternatives = std::vector<std::string>;

/// All that mean the same as a term that `fits`.
template <class Fits>
Alternatives meanings(Fits fits) {
  Alternatives all;
  for (const Term& term : glossary()) {
    if (!fits(term)) continue;
    all.insert(all.end(), term.en.begin(), term.en.end());
    all.insert(all.end(), term.zh.begin(), term.zh.end());
  }
  return all;
}

/// A word that may not be whole yet: its own letters, and the terms that begin with them.
Alternatives begun(const std::string& word) {
  constexpr std::size_t kFewest = 3;  // bytes: three letters or one Chinese character
  Alternatives all{word};
  if (word.size() < kFewest) return all;
  const auto begins = [&](const std::string& name) { return name.starts_with(word); };
  const Alternatives more = meanings([&](const Term& term) {
    return std::ranges::any_of(term.en, begins) || std::ranges::any_of(term.zh, begins);
  });
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

/// Cuts what was typed into terms of as many words as possible, and single words.
std::vector<Alternatives> needles_of(std::string_view search) {
  const std::vector<std::string> words = words_of(lowered(search));
  std::vector<Alternatives> needles;
  for (std::size_t at = 0; at < words.size();) {
    Alternatives found;
    std::size_t length = words.size() - at;
    for (; length > 0 && found.empty(); --length) {
      std::string phrase = words[at];
      for (std::size_t i = 1; i < length; ++i)
        phrase += ' ' + words[at + i];
      found = meanings([&](const Term& term) { return term.has(phrase); });
      if (!found.empty()) break;
    }
    needles.push_back(found.empty() ? begun(words[at]) : found);
    at += std::max<std::size_t>(length, 1);
  }
  return needles;
}

Hit hit(const Texts& texts, const Alternatives& needle) {
  const auto among = [&](auto is_in) { return std::ranges::any_of(needle, is_in); };
  if (among([&](const std::string& word) {
        return holds(texts.about, word) || texts.primitives.find(word) != std::string::npos;
      }))
    return Hit::about;
  return among([&](const std::string& word) { return holds(texts.mentioned, word); }) ? Hit::mentioned
                                                                                      : Hit::none;
}

}  // namespace

Hit search_hit(const Scenario& scenario, std::string_view search) {
  Hit least = Hit::about;
  for (const Alternatives& needle : needles_of(search))
    least = std::min(least, hit(texts_of(scenario), needle));
  return least;
}

std::vector<std::string> primitives_of(std::string_view scenario_id) {
  constexpr std::string_view kImport = " import ";
  std::vector<std::string> names;
  for (const std::string_view line : source_lines(scenario_id, "listing.py")) {
    const auto at = line.find(kImport);
    if (!line.starts_with("from ") || at == std::string_view::npos) continue;
    for (std::string& name : words_of(line.substr(at + kImport.size()))) {
      if (name.front() >= 'A' && name.front() <= 'Z') names.push_back(std::move(name));  // no functions
    }
  }
  return names;
}

}  // namespace lockstep
