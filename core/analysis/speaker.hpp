// Names, lines and values of a trace in words, and sentences filled with them.
#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/analysis/phrases.hpp"

namespace lockstep::analysis {

const PhraseBook& book_of(Language language);

inline constexpr std::size_t kLongestText = 60;  ///< bytes shown of a text
/// The first `bytes` of a text without a torn character; line breaks become spaces.
std::string shorten(std::string_view text, std::size_t bytes);

/// Without the blanks that follow a full-width bracket, which templates cannot know of.
std::string tidy(std::string text);

/// The row's text, or `otherwise` if the table has none.
template <class Key>
std::string_view text_of(std::span<const Row<Key>> rows, Key key, std::string_view otherwise) {
  for (const Row<Key>& row : rows) {
    if (row.key == key) return row.text;
  }
  return otherwise;
}

class Speaker {
 public:
  Speaker(const TraceStore& store, Language language) : store_(store), book_(book_of(language)) {}

  const PhraseBook& book() const { return book_; }
  std::string worker(WorkerId id) const;
  std::string object(ObjectId id) const;
  /// Who a Thread or Process object is.
  WorkerId worker_of(ObjectId object) const;
  /// " (line 12)", or nothing.
  std::string at(SiteId site) const;
  /// The same of an event; in a stepped run " (line 12, step 5)", but for a wait.
  std::string at_event(EventIndex event) const;
  /// The same with the line of whoever asked for the event.
  std::string at_event(EventIndex event, SiteId site) const;
  /// " since step 5" in a stepped run, else the event's line.
  std::string since(EventIndex event) const;
  /// True if times are steps.
  bool stepped() const { return store_.run().mode == "step"; }
  /// The step of an event of a stepped run, from 1.
  std::int64_t step_of(EventIndex event) const;
  /// A value in one short line; an empty text and a text with blanks at its ends are quoted.
  std::string value(Value value) const;
  std::string text(TextId id) const;
  /// The whole text of a value that is one, else nothing.
  std::string_view text_of(Value value) const;
  /// "1.5 s", "20 ms"
  std::string duration(RunTime ns) const;
  /// The time between two events: "1.5 s", in a stepped run "12 steps".
  std::string time_between(EventIndex begin, EventIndex end) const;
  std::string list(const std::vector<std::string>& names) const;

  std::string_view phrase(Phrase phrase) const {
    return book_.phrases[static_cast<std::size_t>(phrase)].text;
  }
  /// The phrase with its arguments: say(Phrase::at_line, fmt::arg("line", 3)).
  template <class... Arguments>
  std::string say(Phrase which, const Arguments&... arguments) const {
    return fill(phrase(which), arguments...);
  }
  template <class... Arguments>
  static std::string fill(std::string_view text, const Arguments&... arguments) {
    return tidy(fmt::format(fmt::runtime(text), arguments...));
  }

 private:
  const TraceStore& store_;
  const PhraseBook& book_;
};

/// The thing that an event reads or writes: the variable, or the key of a file that holds one.
std::string subject_of(const Event& event, const TraceStore& store, const Speaker& speaker);
/// The key's text if the event reads or writes a number in a file under a key, else 0.
TextId key_of(const Event& event);

}  // namespace lockstep::analysis
