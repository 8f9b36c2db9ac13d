// lockstep list: the catalogue, or a path through it.
#include <fmt/format.h>

#include <algorithm>

#include "app/cli/commands.hpp"
#include "app/cli/failure.hpp"
#include "app/cli/language.hpp"
#include "app/cli/output.hpp"
#include "app/cli/path_list.hpp"
#include "app/cli/run_json.hpp"
#include "app/model/settings.hpp"
#include "core/scenario/availability.hpp"
#include "core/scenario/lesson.hpp"
#include "core/scenario/scenario.hpp"

namespace lockstep::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr OptionSpec kPath{"--path", "lecture|week",
                           "Show a path instead: six programs for one lecture, or a week of self-study",
                           "改为显示一条学习路线：一堂课的六个程序，或一周自学"};

void declare_options(CLI::App& app) {
  declare(app, kPath);
  declare(app, option::kJson);
  declare(app, option::kLang);
}

const std::string& title_of(const Scenario& scenario, Language language) {
  return lesson(scenario.id, name_of(language)).title;
}

/// Why it cannot run here; empty if it can.
std::string reason_of(const Scenario& scenario, Language language) {
  const Reason* reason = reason_unavailable(scenario.id);
  if (reason == nullptr) return {};
  return std::string(language == Language::zh ? reason->zh : reason->en);
}

Json scenario_json(const Scenario& scenario, Language language) {
  Json variants = Json::array();
  for (const Variant& variant : scenario.variants) {
    variants.push_back({{"name", variant.name}, {"verdict", name_of(variant.verdict)}});
  }
  Json params = Json::array();
  for (const Param& param : scenario.params) {
    params.push_back({{"name", param.name},
                      {"default", param.value},
                      {"step_default", param.step_value},
                      {"min", param.min},
                      {"max", param.max}});
  }
  const std::string reason = reason_of(scenario, language);
  return {{"id", scenario.id},
          {"chapter", name_of(scenario.chapter)},
          {"title", title_of(scenario, language)},
          {"variants", variants},
          {"params", params},
          {"unavailable", reason.empty() ? Json() : Json(reason)}};
}

std::string list_json(Language language) {
  Json list = Json::array();
  for (const Scenario* scenario : all_scenarios())
    list.push_back(scenario_json(*scenario, language));
  return to_text(list);
}

std::string variants_line(const Scenario& scenario, const Output& out, Language language) {
  std::string line;
  for (const Variant& variant : scenario.variants) {
    const Ink ink = variant.verdict == Verdict::ok ? Ink::good : Ink::bad;
    line += fmt::format("{}{} ({})", line.empty() ? "" : ", ", variant.name,
                        out.ink(ink, words(variant.verdict, language)));
  }
  return line;
}

std::string params_line(const Scenario& scenario, Language language) {
  std::string line;
  for (const Param& param : scenario.params) {
    const std::string range =
        fmt::format(fmt::runtime(text_of(Text::list_range, language)), param.value, param.min, param.max);
    line += fmt::format("{}{} {}", line.empty() ? "" : ", ", param.name, range);
  }
  return line;
}

/// The id and the title, then what can be chosen, indented.
std::string entry(const Scenario& scenario, std::size_t id_width, const Output& out, Language language) {
  const auto detail = [&](Text label, const std::string& text) {
    if (text.empty()) return std::string();
    return fmt::format("  {}  {}: {}\n", padded("", id_width), out.ink(Ink::dim, text_of(label, language)),
                       text);
  };
  return fmt::format("  {}  {}\n", out.ink(Ink::strong, padded(scenario.id, id_width)),
                     title_of(scenario, language)) +
         detail(Text::list_variants, variants_line(scenario, out, language)) +
         detail(Text::list_params, params_line(scenario, language)) +
         detail(Text::list_unavailable, reason_of(scenario, language));
}

std::string list_table(const Output& out, Language language) {
  std::size_t width = 0;
  for (const Scenario* scenario : all_scenarios())
    width = std::max(width, scenario->id.size());
  std::string table;
  const Scenario* before = nullptr;
  for (const Scenario* scenario : all_scenarios()) {
    if (before == nullptr || before->chapter != scenario->chapter) {
      table +=
          (before == nullptr ? "" : "\n") + out.ink(Ink::strong, title(scenario->chapter, language)) + '\n';
    }
    table += entry(*scenario, width, out, language);
    before = scenario;
  }
  if (before != nullptr) {
    table += '\n' +
             fmt::format(fmt::runtime(text_of(Text::list_hint, language)), all_scenarios().front()->id) +
             '\n';
  }
  return table;
}

std::string listed(const Arguments& arguments, const Output& out) {
  const Language language = chosen_language(arguments);
  const bool json = arguments.has(option::kJson);
  if (const auto path = arguments.alternative(kPath)) {
    const LearningPath& chosen = learning_path(alternatives_of(kPath.value)[*path], name_of(language));
    return json ? path_json(chosen, language) : path_text(chosen, out, language);
  }
  return json ? list_json(language) : list_table(out, language);
}

int run(const Arguments& arguments) {
  Output out;
  out.write(listed(arguments, out));
  return out.error() == 0 ? kOk : status_of_failed_output(out);
}

}  // namespace

const Command kListCommand{"list", Text::help_list, Text::footer_list, &declare_options, &run};

}  // namespace lockstep::cli
