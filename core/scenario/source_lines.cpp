// The listings of a scenario without their markers, and which lines of the two correspond.
#include <cctype>
#include <map>
#include <mutex>

#include "assets/resources.hpp"
#include "core/scenario/lesson.hpp"
#include "core/scenario/text_lines.hpp"

namespace lockstep {
namespace {

struct Source {
  std::vector<std::string_view> lines;
  std::vector<std::string_view> labels;  ///< empty where there is none

  void append(std::string_view line);
};

void Source::append(std::string_view line) {
  for (const std::string_view marker : {"//@", "#@"}) {
    const auto at = line.rfind(marker);
    if (at == std::string_view::npos) continue;
    const std::string_view text = line.substr(0, at);
    lines.push_back(text.substr(0, text.find_last_not_of(" \t") + 1));
    labels.push_back(trim(line.substr(at + marker.size())));
    return;
  }
  lines.push_back(line);
  labels.emplace_back();
}

const Source& source(std::string_view id, std::string_view file) {
  static std::mutex mutex;
  static std::map<std::string, Source, std::less<>> kept;
  const std::lock_guard lock(mutex);
  const std::string path = "scenarios/" + std::string(id) + "/" + std::string(file);
  const auto [found, inserted] = kept.try_emplace(path);
  if (inserted) {
    for (const std::string_view line : split_lines(find_resource(path).value_or("")))
      found->second.append(line);
  }
  return found->second;
}

/// Functions begin in the first column, and everything in them is indented.
bool begins_function(std::string_view line) {
  return !line.empty() &&
         (std::isalpha(static_cast<unsigned char>(line.front())) != 0 || line.front() == '_');
}

std::optional<int> line_with(const Source& listing, std::string_view label) {
  for (std::size_t i = 0; i < listing.labels.size(); ++i) {
    if (listing.labels[i] == label) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

}  // namespace

const std::vector<std::string_view>& source_lines(std::string_view scenario_id, std::string_view file) {
  return source(scenario_id, file).lines;
}

std::optional<int> matching_line(std::string_view scenario_id, int cpp_line) {
  const Source& program = source(scenario_id, "scenario.cpp");
  const auto count = static_cast<int>(program.lines.size());
  if (cpp_line > count) return std::nullopt;
  for (int line = cpp_line; line >= 1; --line) {
    const auto at = static_cast<std::size_t>(line - 1);
    if (!program.labels[at].empty()) return line_with(source(scenario_id, "listing.py"), program.labels[at]);
    if (begins_function(program.lines[at])) break;
  }
  return std::nullopt;
}

}  // namespace lockstep
