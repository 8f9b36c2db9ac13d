// The options of all commands, and what was typed for them. CLI11 cuts the command line into options; every
// value stays text until a command asks for it here, so that each bad one gets a sentence of our own.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {  // NOLINT: its name
class App;
}

namespace lockstep::cli {

/// One option or positional of a command. `value` is what --help calls its value: "" for a flag; alternatives
/// separated by "|" are what completion offers.
struct OptionSpec {
  const char* name;
  const char* value;
  const char* help;
  const char* help_zh;
};

namespace option {
inline constexpr OptionSpec kId{"ID", "ID", "Scenario, as lockstep list names it",
                                "情景的 id，见 lockstep list"};
inline constexpr OptionSpec kVariant{"--variant", "NAME", "Variant of the scenario (default: its first)",
                                     "情景的方案（默认：第一个）"};
inline constexpr OptionSpec kParam{"--param", "NAME=NUMBER",
                                   "A number of the scenario; may be given several times",
                                   "情景的一个数字；可以给多次"};
inline constexpr OptionSpec kSeed{"--seed", "NUMBER",
                                  "Seed of the random choices (default 0: a new one each run)",
                                  "随机选择的种子（默认 0：每次运行换一个）"};
inline constexpr OptionSpec kMode{
    "--mode", "live|step",
    "live (default): the operating system schedules; step: you do, one operation at a time",
    "live（默认）：由操作系统调度；step：由你调度，一次一个操作"};
/// Of run and screenshot; the window has one of its own.
inline constexpr OptionSpec kPolicy{
    "--policy", "NAME",
    "With --mode step: first, random:SEED, pct:DEPTH, pos or bounded:PREEMPTIONS goes to the end",
    "配合 --mode step：first、random:种子、pct:深度、pos 或 bounded:抢占次数 走到底"};
inline constexpr OptionSpec kSpeed{"--speed", "FACTOR", "How many times faster sleeps pass: 0.25 to 64",
                                   "睡眠快多少倍：0.25 到 64"};
inline constexpr OptionSpec kJson{"--json", "", "Print JSON (its schema is in README.md)",
                                  "输出 JSON（格式见 README.md）"};
inline constexpr OptionSpec kLang{"--lang", "en|zh", "Language (default: from LC_ALL or LANG)",
                                  "语言（默认按 LC_ALL 或 LANG）"};
}  // namespace option

void declare(CLI::App& app, const OptionSpec& spec);

class Arguments {
 public:
  explicit Arguments(const CLI::App& app);

  bool has(const OptionSpec& spec) const;
  /// The value of an option that may be given once: nothing if it was not given. Fails if it is empty, too
  /// long or was given several times.
  std::optional<std::string> text(const OptionSpec& spec) const;
  /// The same for one that must be given; `example` ends the sentence that asks for it.
  std::string required(const OptionSpec& spec, std::string_view example) const;
  /// All values of an option that may be given several times.
  std::vector<std::string> all(const OptionSpec& spec) const;

  /// Numbers in a closed range; fail with the value, the range and an example.
  std::optional<std::uint64_t> whole(const OptionSpec& spec, std::uint64_t min, std::uint64_t max,
                                     std::string_view example) const;
  std::optional<double> real(const OptionSpec& spec, double min, double max, std::string_view example) const;
  /// --seed, 0 if it was not given.
  std::uint64_t seed() const;
  /// One of the alternatives in the spec's `value`, as its position.
  std::optional<std::size_t> alternative(const OptionSpec& spec) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

/// The parts of "en|zh".
std::vector<std::string> alternatives_of(std::string_view value);

}  // namespace lockstep::cli
