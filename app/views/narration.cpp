#include "app/views/narration.hpp"

#include <algorithm>
#include <cctype>

namespace lockstep {
namespace {

struct NarrationCache {
  std::vector<std::string> texts;
  int generation = -1;
  Language language = Language::en;
};

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

/// Where `name` stands in `text` as a whole word ("Eater 1" is not in "Eater 12"); npos if nowhere.
std::size_t find_name(std::string_view text, std::string_view name) {
  if (name.empty()) return std::string_view::npos;
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !is_word(text[at - 1])) && (end >= text.size() || !is_word(text[end]))) return at;
  }
  return std::string_view::npos;
}

}  // namespace

bool matters(FindingKind kind) {
  return is_failure(kind) || kind == FindingKind::data_race || kind == FindingKind::atomicity_violation;
}

const std::string& narration(AppModel& model, Ui& ui, std::size_t index) {
  auto& cache = ui.state<NarrationCache>();
  if (cache.generation != model.run.generation() || cache.language != ui.language()) {
    cache = {{}, model.run.generation(), ui.language()};
  }
  const auto& findings = model.run.findings();
  while (cache.texts.size() <= index)
    cache.texts.push_back(narrate(findings[cache.texts.size()], model.run.store(), ui.language()));
  return cache.texts[index];
}

void add_narration(Ui& ui, RichText& text, const Finding& finding, std::string_view sentences) {
  while (!sentences.empty()) {
    std::size_t first = std::string_view::npos;
    WorkerId who = kNoWorker;
    for (const WorkerId worker : finding.workers) {
      const std::size_t at = find_name(sentences, ui.name_of(worker));
      if (at < first) {
        first = at;
        who = worker;
      }
    }
    if (who == kNoWorker) break;
    const std::size_t length = ui.name_of(who).size();
    text.text(sentences.substr(0, first)).badge(who);
    text.text(sentences.substr(first, length), 0, ui.fonts().semi);
    sentences.remove_prefix(first + length);
  }
  text.text(sentences);
}

}  // namespace lockstep
