#include "app/cli/schedule_input.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include "app/cli/failure.hpp"
#include "app/cli/target.hpp"
#include "core/scenario/scenario.hpp"

namespace lockstep::cli {
namespace {

/// More than the longest schedule takes.
constexpr std::streamsize kLongestFile = std::streamsize{4} << 20;

std::string all_of(std::istream& in, const std::string& name) {
  std::string text(static_cast<std::size_t>(kLongestFile) + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) fail_usage(Text::bad_input_read, in_quotes(name));
  if (in.gcount() > kLongestFile) fail_usage(Text::bad_input_size, in_quotes(name));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

bool is_file(const std::string& typed) {
  std::error_code error;
  return std::filesystem::exists(std::filesystem::status(typed, error));
}

/// A schedule contains spaces, and quotes around it are forgotten easily.
std::string schedule_text(const std::vector<std::string>& words, const char* name) {
  const std::string& first = words.front();
  if (words.size() > 1 || first.starts_with("LS")) return fmt::format("{}", fmt::join(words, " "));
  if (first == "-") return all_of(std::cin, say(Text::standard_input));
  if (!is_file(first)) return first;
  check_input(name, first);
  std::ifstream file(first, std::ios::binary);
  return all_of(file, first);
}

}  // namespace

Schedule schedule_in(const std::vector<std::string>& words, const char* option, const char* example,
                     Language language) {
  const auto parsed = parse_schedule(schedule_text(words, option));
  if (const auto* error = std::get_if<ScheduleError>(&parsed)) {
    const bool one_word = error->kind == ScheduleError::Kind::not_a_schedule && words.size() == 1;
    if (one_word && words.front() != "-" && !is_file(words.front()))
      fail_usage(Text::replay_neither, in_quotes(words.front()), example);
    const std::string what = one_word ? in_quotes(words.front()) + ": " : "";
    fail_usage(what + (language == Language::zh ? in_chinese(*error) : in_english(*error)));
  }
  Schedule schedule = std::get<Schedule>(parsed);

  const Scenario* scenario = find_scenario(schedule.scenario);
  if (scenario == nullptr) fail_usage(unknown_scenario_message(schedule.scenario));
  std::map<std::string, std::string> params;
  for (const auto& [name, value] : schedule.params)
    params[name] = std::to_string(value);
  const auto setup = make_setup(*scenario, schedule.variant, params, ParamDefaults::step);
  if (const auto* sentence = std::get_if<std::string>(&setup)) fail_usage(*sentence);
  return schedule;
}

}  // namespace lockstep::cli
