#include "app/cli/language.hpp"

#include <cstdlib>

namespace lockstep::cli {
namespace {

struct Both {
  const char* en;
  const char* zh;
};
constexpr auto kTexts = std::to_array<Both>({
#define LOCKSTEP_TEXT(name, en, zh) {en, zh},
#include "app/cli/texts.def"
#undef LOCKSTEP_TEXT
});

Language spoken = Language::en;

}  // namespace

void choose_spoken_language(int argc, char** argv) {
  constexpr std::string_view kName = option::kLang.name;
  spoken = environment_language().value_or(Language::en);
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    std::string_view value;
    if (word == kName && i + 1 < argc) value = argv[i + 1];
    if (word.starts_with(kName) && word.size() > kName.size() && word[kName.size()] == '=')
      value = word.substr(kName.size() + 1);
    if (value == "zh") spoken = Language::zh;
    if (value == "en") spoken = Language::en;
  }
}

Language spoken_language() { return spoken; }

std::optional<Language> environment_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') {
      return std::string_view(value).starts_with("zh") ? Language::zh : Language::en;
    }
  }
  return std::nullopt;
}

Language chosen_language(const Arguments& arguments) {
  if (const auto typed = arguments.alternative(option::kLang))
    return *typed == 1 ? Language::zh : Language::en;
  return environment_language().value_or(Language::en);
}

const char* text_of(Text text, Language language) {
  const Both& both = kTexts[static_cast<std::size_t>(text)];
  return language == Language::zh ? both.zh : both.en;
}

const char* words(Outcome outcome, Language language) {
  const auto first = static_cast<std::size_t>(Text::outcome_ok);
  return text_of(static_cast<Text>(first + static_cast<std::size_t>(outcome)), language);
}

const char* words(Verdict verdict, Language language) {
  switch (verdict) {
    case Verdict::ok: return text_of(Text::verdict_ok, language);
    case Verdict::can_fail: return text_of(Text::verdict_can_fail, language);
    case Verdict::always_fails: break;
  }
  return text_of(Text::verdict_always_fails, language);
}

const char* title(Chapter chapter, Language language) {
  const auto first = static_cast<std::size_t>(Text::chapter_threads);
  return text_of(static_cast<Text>(first + static_cast<std::size_t>(chapter)), language);
}

}  // namespace lockstep::cli
