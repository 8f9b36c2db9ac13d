// The language of a command's output, and the sentences it is made of.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "app/cli/arguments.hpp"
#include "core/analysis/finding.hpp"
#include "core/scenario/scenario.hpp"

namespace lockstep::cli {

/// --lang, else LC_ALL, LC_MESSAGES or LANG (the first that is set; zh… is Chinese), else English.
Language chosen_language(const Arguments& arguments);
/// What the environment alone says; nothing if it says nothing.
std::optional<Language> environment_language();

/// From now on complaints and --help are in the language that these words and the environment ask for. The
/// words need not be right: a complaint about them is the first thing that needs a language.
void choose_spoken_language(int argc, char** argv);
/// English until it was chosen.
Language spoken_language();

/// Every sentence of the command line that is shown in both languages; {} are filled in order.
enum class Text {
#define LOCKSTEP_TEXT(name, en, zh) name,
#include "app/cli/texts.def"
#undef LOCKSTEP_TEXT
};
const char* text_of(Text text, Language language);
template <class... Values>
std::string say(Language language, Text text, const Values&... values) {
  return fmt::format(fmt::runtime(text_of(text, language)), values...);
}

template <class... Values>
std::string say(Text text, const Values&... values) {
  return say(spoken_language(), text, values...);
}

/// "deadlock: workers wait for each other in a ring; …"
const char* words(Outcome outcome, Language language);

/// "can fail", "可能失败"
const char* words(Verdict verdict, Language language);
/// "Locks and races", "锁与竞争"
const char* title(Chapter chapter, Language language);

}  // namespace lockstep::cli
