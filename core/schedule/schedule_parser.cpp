#include <algorithm>
#include <charconv>
#include <optional>

#include "core/schedule/schedule.hpp"
#include "core/schedule/schedule_text.hpp"

namespace lockstep {
namespace {
using namespace schedule_text;
using Kind = ScheduleError::Kind;

constexpr std::string_view kSpace = " \t\r\n\f\v";
constexpr std::string_view kLineBreaks = "\r\n\f\v";
constexpr std::string_view kQuotes = "'\"`";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_one_of(char c, std::string_view characters) { return characters.find(c) != std::string_view::npos; }
bool is_known(char c) { return is_name_character(c) || is_one_of(c, kSpace) || is_one_of(c, "=/*:#"); }

/// Without white space and quotation marks around it.
std::string_view bare(std::string_view text) {
  const auto trim = [&] {
    const std::size_t first = std::min(text.find_first_not_of(kSpace), text.size());
    text.remove_prefix(first);
    text = text.substr(0, text.find_last_not_of(kSpace) + 1);
  };
  trim();
  while (text.size() >= 2 && text.front() == text.back() && is_one_of(text.front(), kQuotes)) {
    text = text.substr(1, text.size() - 2);
    trim();
  }
  return text;
}

/// One space for each row of white space. A line is broken at a space, which is then gone, or anywhere.
std::string on_one_line(std::string_view text, bool broken_at_spaces) {
  std::string line;
  for (const char c : text) {
    if (is_one_of(c, kLineBreaks) && !broken_at_spaces) continue;
    const bool space = is_one_of(c, kSpace);
    if (space && (line.empty() || line.back() == ' ')) continue;
    line += space ? ' ' : c;
  }
  return line;
}

bool has_fitting_checksum(std::string_view line) {
  const std::size_t hash = line.rfind('#');
  return hash != std::string_view::npos && checksum(line.substr(0, hash)) == line.substr(hash + 1);
}

template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number value{};
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = !text.empty() && failure == std::errc{} && stop == text.data() + text.size();
  return good ? std::optional(value) : std::nullopt;
}

/// The character at `place`, all its bytes.
std::string character_at(std::string_view text, std::size_t place) {
  std::size_t end = place + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    ++end;
  return std::string(text.substr(place, end - place));
}

/// Reads a line whose checksum fits.
class Reader {
 public:
  explicit Reader(std::string_view line) : rest_(line.substr(0, line.rfind('#'))) {}

  std::variant<Schedule, ScheduleError> read() {
    word();  // LS1, which has been looked at
    read_names();
    while (!error_ && !rest_.empty() && rest_.front() != ':')
      read_param(word());
    if (word() != ":") fail(Kind::malformed, ":");
    while (!error_ && !rest_.empty() && rest_.front() != '.')
      read_choice(word());
    if (!error_) read_marks(word());
    if (error_) return *error_;
    return schedule_;
  }

 private:
  void fail(Kind kind, std::string_view word, std::uint64_t number = 0) {
    if (!error_) error_ = {kind, std::string(word), number};
  }

  std::string_view word() {
    const std::size_t end = std::min(rest_.find(' '), rest_.size());
    const std::string_view word = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return word;
  }

  void read_names() {
    const std::string_view names = word();
    const std::size_t slash = names.find('/');
    if (slash == std::string_view::npos) return fail(Kind::malformed, names);
    schedule_.scenario = names.substr(0, slash);
    schedule_.variant = names.substr(slash + 1);
    if (!std::ranges::all_of(schedule_.scenario + schedule_.variant, is_name_character))
      fail(Kind::malformed, names);
  }

  void read_param(std::string_view word) {
    const std::size_t equals = std::min(word.find('='), word.size());
    const std::string_view name = word.substr(0, equals);
    const std::string_view value = word.substr(std::min(equals + 1, word.size()));
    if (name == kSeedName) {
      const auto seed = number_in<std::uint64_t>(value);
      return seed ? void(schedule_.seed = *seed) : fail(Kind::malformed, word);
    }
    const auto number = number_in<std::int64_t>(value);
    const bool good = number && !name.empty() && std::ranges::all_of(name, is_name_character);
    if (!good || !schedule_.params.emplace(name, *number).second) fail(Kind::malformed, word);
  }

  void read_choice(std::string_view word) {
    const std::size_t star = std::min(word.find('*'), word.size());
    std::string_view who = word.substr(0, star);
    Choice choice;
    choice.by_hand = who.ends_with('w');
    if (choice.by_hand) who.remove_suffix(1);
    if (who.empty() || !std::ranges::all_of(who, is_digit)) return fail(Kind::malformed, word);
    const auto worker = number_in<std::uint64_t>(who);
    if (!worker || *worker >= kMaxWorkers) return fail(Kind::worker_too_large, who);
    choice.worker = static_cast<WorkerId>(*worker);

    const auto times = star == word.size() ? 1 : number_in<std::uint64_t>(word.substr(star + 1));
    if (!times || *times == 0) return fail(Kind::malformed, word);
    if (*times > kMaxScheduleSteps - schedule_.choices.size())
      return fail(Kind::too_many_steps, word, kMaxScheduleSteps);
    schedule_.choices.insert(schedule_.choices.end(), *times, choice);
  }

  void read_marks(std::string_view word) {
    if (word.empty() || !rest_.empty()) return fail(Kind::malformed, rest_.empty() ? "." : rest_);
    const std::string_view digits = word.substr(1);
    for (const char digit : digits) {
      const std::size_t mark = kDigits.find(digit);
      if (mark == std::string_view::npos) return fail(Kind::malformed, word);
      schedule_.marks.push_back(static_cast<std::uint8_t>(mark));
    }
    if (!digits.empty() && digits.size() != schedule_.choices.size()) fail(Kind::malformed, word);
  }

  std::string_view rest_;
  Schedule schedule_;
  std::optional<ScheduleError> error_;
};

/// The number behind LS at the start of the text.
std::optional<std::uint64_t> version_of(std::string_view text) {
  if (!text.starts_with(kMagic)) return std::nullopt;
  text.remove_prefix(kMagic.size());
  const std::size_t end = std::min(text.find_first_of(kSpace), text.size());
  return number_in<std::uint64_t>(text.substr(0, end));
}

ScheduleError fault_of_checksum(std::string_view text) {
  const std::size_t hash = text.rfind('#');
  const bool incomplete = hash == std::string_view::npos || text.size() - hash - 1 < kChecksumDigits;
  return {incomplete ? Kind::cut_off : Kind::edited, {}, 0};
}

}  // namespace

std::variant<Schedule, ScheduleError> parse_schedule(std::string_view text) {
  text = bare(text);
  if (text.empty()) return ScheduleError{};
  const auto version = version_of(text);
  if (!version) return ScheduleError{Kind::not_a_schedule, {}, 0};
  if (*version != kScheduleVersion) return ScheduleError{Kind::other_version, {}, *version};
  const auto stranger = std::ranges::find_if_not(text, is_known);
  if (stranger != text.end()) {
    const auto place = static_cast<std::size_t>(stranger - text.begin());
    return ScheduleError{Kind::unknown_character, character_at(text, place), place + 1};
  }
  std::string line = on_one_line(text, true);
  if (!has_fitting_checksum(line)) line = on_one_line(text, false);
  if (!has_fitting_checksum(line)) return fault_of_checksum(text);
  auto result = Reader(line).read();
  // There is one way to write a schedule; what fits its checksum and is written otherwise is none of ours.
  const auto* schedule = std::get_if<Schedule>(&result);
  if (schedule != nullptr && to_text(*schedule) != line)
    return ScheduleError{Kind::malformed, line.substr(0, 40), 0};
  return result;
}

}  // namespace lockstep
