#include "app/cli/arguments.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>
#include <limits>

#include "app/cli/failure.hpp"
#include "core/schedule/policy.hpp"

namespace lockstep::cli {
namespace {

constexpr std::size_t kLongestValue = 100;
constexpr std::size_t kLongestPath = 4096;  // PATH_MAX

/// "FILE...": all words that are no options.
bool is_list(const OptionSpec& spec) { return std::string_view(spec.value).ends_with("..."); }

std::size_t longest(const OptionSpec& spec) {
  if (is_list(spec)) return std::numeric_limits<std::size_t>::max();
  return std::string_view(spec.value).find("FILE") != std::string_view::npos ? kLongestPath : kLongestValue;
}

const char* help_of(const OptionSpec& spec) {
  return spoken_language() == Language::zh ? spec.help_zh : spec.help;
}

void check_value(const OptionSpec& spec, const std::string& value) {
  if (value.empty()) fail_usage(Text::bad_empty, spec.name, spec.value, help_of(spec));
  if (value.size() > longest(spec))
    fail_usage(Text::bad_too_long, spec.name, in_quotes(value), longest(spec));
}

/// Arguments reads what was typed from the option itself.
CLI::Option* add(CLI::App& app, const OptionSpec& spec) {
  const std::string help = help_of(spec);
  if (*spec.value == '\0') return app.add_flag(spec.name, help);
  if (is_list(spec)) {
    return app
        .add_option_function<std::vector<std::string>>(
            spec.name, [](const std::vector<std::string>&) {}, help)
        ->type_name("FILE");
  }
  if (*spec.name != '-') {
    return app
        .add_option_function<std::string>(
            spec.name, [](const std::string&) {}, help)
        ->type_name(spec.value);
  }
  // A list even of what is given once, so that giving it twice gets a sentence of ours.
  return app
      .add_option_function<std::vector<std::string>>(
          spec.name, [](const std::vector<std::string>&) {}, help)
      ->type_name(spec.value)
      ->allow_extra_args(false);
}

/// The whole text as a number, or nothing.
template <class Number>
std::optional<Number> parsed(const std::string& text) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

}  // namespace

void declare(CLI::App& app, const OptionSpec& spec) { add(app, spec); }

Arguments::Arguments(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->count() == 0) continue;
    const std::string name =
        option->get_positional() ? option->get_name(true) : "--" + option->get_lnames().front();
    const bool flag = option->get_items_expected_max() == 0;
    if (flag && option->results().front() != "true") fail_usage(Text::bad_flag_value, name, name);
    values_[name] = option->results();
  }
}

bool Arguments::has(const OptionSpec& spec) const { return values_.contains(spec.name); }

std::vector<std::string> Arguments::all(const OptionSpec& spec) const {
  const auto found = values_.find(spec.name);
  if (found == values_.end()) return {};
  for (const std::string& value : found->second)
    check_value(spec, value);
  return found->second;
}

std::optional<std::string> Arguments::text(const OptionSpec& spec) const {
  std::vector<std::string> values = all(spec);
  if (values.empty()) return std::nullopt;
  if (values.size() > 1) {
    fail_usage(Text::bad_repeated, spec.name, values.size(), in_quotes(values[0]), in_quotes(values[1]));
  }
  return std::move(values[0]);
}

std::string Arguments::required(const OptionSpec& spec, std::string_view example) const {
  if (auto value = text(spec)) return *std::move(value);
  fail_usage(Text::bad_missing, spec.name, example);
}

std::optional<std::uint64_t> Arguments::whole(const OptionSpec& spec, std::uint64_t min, std::uint64_t max,
                                              std::string_view example) const {
  const auto typed = text(spec);
  if (!typed) return std::nullopt;
  const auto number = parsed<std::uint64_t>(*typed);
  if (!number || *number < min || *number > max) {
    fail_usage(Text::bad_whole, spec.name, in_quotes(*typed), min, max, example);
  }
  return number;
}

std::uint64_t Arguments::seed() const {
  return whole(option::kSeed, 0, kLargestSeed, "--seed 7").value_or(0);
}

std::optional<double> Arguments::real(const OptionSpec& spec, double min, double max,
                                      std::string_view example) const {
  const auto typed = text(spec);
  if (!typed) return std::nullopt;
  const auto number = parsed<double>(*typed);
  if (!number || !std::isfinite(*number) || *number < min || *number > max) {
    fail_usage(Text::bad_real, spec.name, in_quotes(*typed), min, max, example);
  }
  return number;
}

std::optional<std::size_t> Arguments::alternative(const OptionSpec& spec) const {
  const auto typed = text(spec);
  if (!typed) return std::nullopt;
  const std::vector<std::string> known = alternatives_of(spec.value);
  const auto found = std::ranges::find(known, *typed);
  if (found == known.end()) {
    const std::string example =
        *spec.name == '-' ? fmt::format("{} {}", spec.name, known.back()) : known.front();
    fail_usage(Text::bad_word, spec.name, in_quotes(*typed), fmt::format("{}", fmt::join(known, ", ")),
               example);
  }
  return static_cast<std::size_t>(found - known.begin());
}

std::vector<std::string> alternatives_of(std::string_view value) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t bar = value.find('|');
    parts.emplace_back(value.substr(0, bar));
    if (bar == std::string_view::npos) return parts;
    value.remove_prefix(bar + 1);
  }
}

}  // namespace lockstep::cli
