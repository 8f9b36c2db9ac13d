// lockstep export: a saved trace for other viewers.
#include <fmt/format.h>

#include <filesystem>

#include "app/cli/commands.hpp"
#include "app/cli/failure.hpp"
#include "app/cli/language.hpp"
#include "app/cli/output.hpp"
#include "app/cli/target.hpp"
#include "core/trace/file.hpp"

namespace lockstep::cli {
namespace {

constexpr OptionSpec kFile{"FILE", "FILE", "A trace that lockstep run --trace saved",
                           "lockstep run --trace 保存的轨迹"};
constexpr OptionSpec kOut{"--out", "FILE", "The JSON file to write (default: FILE with the ending .json)",
                          "要写的 JSON 文件（默认：FILE，结尾换成 .json）"};
constexpr const char* kExample = "lockstep export deadlock.trace --out deadlock.json";

void declare_options(CLI::App& app) {
  declare(app, kFile);
  declare(app, kOut);
  declare(app, option::kLang);
}

int run(const Arguments& arguments) {
  const Language language = chosen_language(arguments);
  const std::string in = arguments.required(kFile, kExample);
  const std::string out_path =
      arguments.text(kOut).value_or(std::filesystem::path(in).replace_extension(".json").string());
  check_input(kFile.name, in);
  if (out_path == in || same_file(in, out_path)) {
    fail_usage(Text::bad_overwrite, in_quotes(in), kExample);
  }
  check_target(kOut.name, out_path);

  auto loaded = load_trace(in);
  if (const auto* error = std::get_if<TraceFileError>(&loaded)) fail_usage(error->message);
  const TraceStore& store = std::get<TraceStore>(loaded);
  if (const auto error = export_chrome_json(store, out_path)) fail_sandbox(error->message);

  Output out;
  out.write(fmt::format(fmt::runtime(text_of(Text::exported, language)), out_path, store.size()) + '\n');
  return out.error() == 0 ? kOk : status_of_failed_output(out);
}

}  // namespace

const Command kExportCommand{"export", Text::help_export, Text::footer_export, &declare_options, &run};

}  // namespace lockstep::cli
