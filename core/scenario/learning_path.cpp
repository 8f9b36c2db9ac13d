#include "core/scenario/learning_path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <mutex>
#include <numeric>
#include <utility>

#include "assets/resources.hpp"
#include "core/scenario/text_lines.hpp"

namespace lockstep {
namespace {

constexpr std::array<std::string_view, 4> kTasks{"predict", "break", "explain", "prove"};
constexpr int kLongest = 60;  // minutes of a step

/// Takes the prefix off; false if the line does not begin with it.
bool take(std::string_view& line, std::string_view prefix) {
  if (!line.starts_with(prefix)) return false;
  line = trim(line.substr(prefix.size()));
  return true;
}

/// The part before the next comma, which is taken off.
std::string_view take_item(std::string_view& list) {
  const std::size_t end = std::min(list.find(','), list.size());
  const std::string_view item = trim(list.substr(0, end));
  list.remove_prefix(std::min(end + 1, list.size()));
  return item;
}

/// Joins two lines of one paragraph. Chinese needs no space there.
void append(std::string& text, std::string_view more) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (!text.empty() && is_ascii(text.back()) && is_ascii(more.front())) text += ' ';
  text += more;
}

class Parser {
 public:
  std::optional<LearningPath> parse(std::string_view markdown, std::string& error) {
    for (const std::string_view line : split_lines(markdown)) {
      ++number_;
      if (const auto text = trim(line); !text.empty()) read(text);
      if (!error_.empty()) break;
    }
    if (error_.empty()) check_complete();
    error = error_;
    if (!error_.empty()) return std::nullopt;
    return std::move(path_);
  }

 private:
  void fail(std::string_view what) {
    if (error_.empty()) error_ = fmt::format("line {}: {}", number_, what);
  }

  void read(std::string_view line) {
    if (take(line, "## ")) return begin_part(line);
    if (take(line, "# ")) return read_title(line);
    if (line.starts_with('#')) return fail("a heading is \"# Title\" or \"## Part\"");
    if (take(line, "- ")) return read_step(line);
    if (path_.title.empty()) return fail("a path begins with \"# Title\"");
    append(path_.parts.empty()                ? path_.intro
           : path_.parts.back().steps.empty() ? path_.parts.back().goal
                                              : path_.parts.back().steps.back().text,
           line);
  }

  void read_title(std::string_view line) {
    if (!path_.title.empty()) return fail("a path has one title");
    path_.title = line;
  }

  void begin_part(std::string_view line) {
    check_part();
    path_.parts.push_back({.title = std::string(line), .goal = {}, .steps = {}});
  }

  /// "id, 8 min, predict, break: text"
  void read_step(std::string_view line) {
    if (path_.parts.empty()) return fail("a step before the first \"## Part\"");
    constexpr std::string_view kWide = "：";
    const auto wide = line.find(kWide);
    const auto colon = std::min(line.find(": "), wide);
    if (colon == std::string_view::npos)
      return fail("\"- id, 8 min, predict, break: text\" is expected here");
    std::string_view head = line.substr(0, colon);
    PathStep step;
    step.scenario = take_item(head);
    step.minutes = minutes_of(take_item(head));
    while (!head.empty())
      read_task(step, take_item(head));
    step.text = trim(line.substr(colon + (colon == wide ? kWide.size() : 2)));
    if (step.scenario.empty() || step.text.empty()) return fail("a step has a scenario and a text");
    if (step.tasks.empty()) return fail("a step has a task: predict, break, explain or prove");
    path_.parts.back().steps.push_back(std::move(step));
  }

  int minutes_of(std::string_view text) {
    int minutes = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), minutes);
    const bool well =
        failure == std::errc{} && text.substr(static_cast<std::size_t>(end - text.data())) == " min";
    if (!well || minutes < 1 || minutes > kLongest)
      fail(fmt::format("a step takes 1 min to {} min, for example 8 min; got \"{}\"", kLongest, text));
    return minutes;
  }

  void read_task(PathStep& step, std::string_view text) {
    const auto found = std::ranges::find(kTasks, text);
    const auto task = static_cast<Task>(found - kTasks.begin());
    if (found == kTasks.end())
      return fail(fmt::format("\"{}\" is not predict, break, explain or prove", text));
    if (!step.tasks.empty() && step.tasks.back() >= task)
      return fail("the order is predict, break, explain, prove; each once");
    step.tasks.push_back(task);
  }

  void check_part() {
    if (path_.parts.empty()) return;
    if (path_.parts.back().goal.empty()) fail("a part without a goal ends here");
    if (path_.parts.back().steps.empty()) fail("a part without steps ends here");
  }

  void check_complete() {
    check_part();
    if (path_.title.empty() || path_.intro.empty()) fail("a path has a title and a paragraph under it");
    if (path_.parts.empty()) fail("a path has at least one part");
  }

  LearningPath path_;
  int number_ = 0;
  std::string error_;
};

/// A text that does not parse fails the tests; a learner still gets the reason.
LearningPath read_path(std::string_view id, std::string_view language) {
  const std::string name = fmt::format("assets/paths/{}.{}.md", id, language);
  std::string error;
  auto parsed = parse_path(find_resource(name).value_or(""), error);
  if (!parsed)
    parsed = LearningPath{.id = {}, .title = std::string(id), .intro = name + ": " + error, .parts = {}};
  parsed->id = id;
  return std::move(*parsed);
}

}  // namespace

std::string_view name_of(Task task) noexcept { return kTasks[static_cast<std::size_t>(task)]; }

int PathPart::minutes() const {
  return std::accumulate(steps.begin(), steps.end(), 0,
                         [](int sum, const PathStep& step) { return sum + step.minutes; });
}

int LearningPath::minutes() const {
  return std::accumulate(parts.begin(), parts.end(), 0,
                         [](int sum, const PathPart& part) { return sum + part.minutes(); });
}

std::vector<const PathStep*> LearningPath::steps() const {
  std::vector<const PathStep*> all;
  for (const PathPart& part : parts) {
    for (const PathStep& step : part.steps)
      all.push_back(&step);
  }
  return all;
}

bool is_path(std::string_view id) noexcept { return std::ranges::find(kPaths, id) != kPaths.end(); }

std::optional<LearningPath> parse_path(std::string_view markdown, std::string& error) {
  return Parser().parse(markdown, error);
}

const LearningPath& learning_path(std::string_view id, std::string_view language) {
  static const LearningPath kNone;
  if (!is_path(id)) return kNone;
  static std::mutex mutex;
  static std::map<std::pair<std::string, std::string>, LearningPath> kept;
  const std::lock_guard lock(mutex);
  const auto [found, inserted] = kept.try_emplace({std::string(id), std::string(language)});
  if (inserted) found->second = read_path(id, language);
  return found->second;
}

}  // namespace lockstep
