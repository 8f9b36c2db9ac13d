#include "app/model/fault_words.hpp"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "core/scenario/availability.hpp"
#include "core/scenario/scenario.hpp"

namespace lockstep {
namespace {

struct Pair {
  std::string_view english;  ///< {} stands for anything; a longer sentence before one that it also fits
  std::string_view chinese;  ///< the same {} in this order, or {0}, {1} …
};

constexpr Pair kSentences[] = {
    {"Shared memory for a run could not be had: {}.", "无法为运行分配共享内存：{}。"},
    {"The run's memory could not be mapped: {}.", "无法映射运行的共享内存：{}。"},
    {"A folder for the run's files could not be made in {}: {}. Name one that can be written "
     "(TMPDIR=/var/tmp).",
     "无法在 {} 中为这次运行建立文件夹：{}。请指定一个可写的文件夹（TMPDIR=/var/tmp）。"},
    {"A socket for the run could not be made: {}.", "无法为这次运行建立套接字：{}。"},
    {"A process for the run could not be started: {}.", "无法为这次运行启动进程：{}。"},
    {"A thread for the run could not be started: {}.", "无法为这次运行启动线程：{}。"},
    {"A socket for the explorer could not be made: {}.", "无法为探索器建立套接字：{}。"},
    {"A thread for the explorer could not be started: {}.", "无法为探索器启动线程：{}。"},
    {"The run's supervisor could not be set up: {}.", "无法建立这次运行的监护进程：{}。"},
    {"The main worker could not be started: {}.", "无法启动主进程：{}。"},
    {"The run's host process could not be started: {}. Allow more (ulimit -n 1024).",
     "无法启动这次运行的宿主进程：{}。请放宽上限（ulimit -n 1024）。"},
    {"A process of the run could not be watched: {}. Allow more open files (ulimit -n 1024).",
     "这次运行有一个进程无法监视：{}。请放宽打开文件数的上限（ulimit -n 1024）。"},
    {"The run's host process was ended by signal {}; everything that belonged to the run was ended.",
     "这次运行的宿主进程被信号 {} 终止，属于这次运行的进程都已结束。"},
    {"The run's host process ended with status {}; everything that belonged to the run was ended.",
     "这次运行的宿主进程以状态 {} 结束，属于这次运行的进程都已结束。"},
    {"The record of the run is broken: {}", "运行的记录有误：{}"},
    {"The program used more than {} MiB of memory and was ended.", "程序用的内存超过 {} MiB，已被终止。"},
    {"The explorer's process was ended by signal {}; nothing else was affected. Start it once more.",
     "探索器的进程被信号 {} 终止，其他部分不受影响。请重新开始探索。"},
    {"The explorer's process ended with status {}; nothing else was affected. Start it once more.",
     "探索器的进程以状态 {} 结束，其他部分不受影响。请重新开始探索。"},
    {"The failing schedule that was found came to another end when it was run again.",
     "找到的失败调度在重新运行时有了另一种结局。"},
    {"The explorer's memory is used up; explore with smaller params or fewer schedules.",
     "探索器的内存已用完；请用更小的参数，或限制调度的数目。"},
    {"Two things of the program have got the same name; it is too large to explore.",
     "程序里有两样东西得到了相同的编号：程序太大，无法探索。"},

    // What cannot be run: core/scenario, core/schedule.
    {"Unknown scenario {}; did you mean {}?", "没有情景 {}；你要的是 {} 吗？"},
    {"Unknown scenario {}; \"lockstep list\" shows all of them, for example {}.",
     "没有情景 {}；用 lockstep list 可以看到全部情景，例如 {}。"},
    {"{} has no variant {}; it has {}, for example --variant {}.",
     "{} 没有方案 {}；可用的方案有 {}，例如 --variant {}。"},
    {"{} has no params; got {}.", "{} 没有参数；输入的是 {}。"},
    {"{} has no param {}; it has {}, for example --param {}.",
     "{} 没有参数 {}；可用的参数有 {}，例如 --param {}。"},
    {"{} must be a whole number from {} to {}, for example --param {}; got {}.",
     "{} 必须是 {} 到 {} 之间的整数，例如 --param {}；输入的是 {}。"},
    {"There is no policy {}; there are first, random, pct, pos and bounded, for example random:7.",
     "没有策略 {}；可用的策略有 first、random、pct、pos 和 bounded，例如 random:7。"},
    {"The depth of the policy {} must be a whole number from {} to {}, for example {} or {}; got {}.",
     "策略 {} 的深度必须是 {} 到 {} 之间的整数，例如 {} 或 {}；输入的是 {}。"},
    {"The number of preemptions of the policy {} must be a whole number from {} to {}, for example {} or {}; "
     "got {}.",
     "策略 {} 的抢占次数必须是 {} 到 {} 之间的整数，例如 {} 或 {}；输入的是 {}。"},
    {"The seed of the policy {} must be a whole number from {} to {}, for example {}; got {}.",
     "策略 {} 的种子必须是 {} 到 {} 之间的整数，例如 {}；输入的是 {}。"},
    {"{} says too much; write for example {}.", "{} 的内容过多；可以写成 {}。"},

    // Files: core/trace, core/platform.
    {"Cannot write {}: it has too many texts.", "无法写入 {}：文字太多。"},
    {"Cannot write {}: {}.", "无法写入 {}：{}。"},
    {"{} does not exist.", "{} 不存在。"},
    {"{} cannot be read: {}.", "{} 无法读取：{}。"},
    {"{} is a folder, not a trace.", "{} 是文件夹，不是轨迹文件。"},
    {"{} is not a file.", "{} 不是文件。"},
    {"{} is not a trace of Lockstep.", "{} 不是 Lockstep 的轨迹文件。"},
    {"{} was written by a newer version of Lockstep (trace format {}; this one reads {}).",
     "{} 由更新版本的 Lockstep 写成（轨迹格式 {}；本版本读 {}）。"},
    {"{} was written by an older version of Lockstep (trace format {}; this one reads {}).",
     "{} 由更早版本的 Lockstep 写成（轨迹格式 {}；本版本读 {}）。"},
    {"{} is damaged: its end is missing.", "{} 已损坏：结尾缺失。"},
    {"{} is damaged: its checksum does not fit.", "{} 已损坏：校验和不符。"},
    {"{} is damaged: there is something behind its end.", "{} 已损坏：结尾之后还有内容。"},
    {"{} is damaged: its definitions are not sound.", "{} 已损坏：其中的声明不正确。"},
    {"{} is damaged: worker {} refers to something that was not declared.",
     "{} 已损坏：{} 号工作者引用了没有声明的东西。"},
    {"{} is damaged: object {} refers to something that was not declared.",
     "{} 已损坏：{} 号对象引用了没有声明的东西。"},
    {"{} is damaged: Event {} ({}, worker {}, object {}) does not fit the trace: {}.",
     "{0} 已损坏：第 {1} 个事件（{2}，{3} 号工作者，{4} 号对象）与它前面的内容不符。"},
    {"{} is damaged: {}.", "{} 已损坏：{}。"},
    {"{} does not fit into the memory of this computer.", "{} 太大，这台计算机的内存放不下。"},
};

/// What the system says.
constexpr Pair kReasons[] = {
    {"Too many open files", "打开的文件太多"},
    {"Too many open files in system", "整个系统打开的文件太多"},
    {"Resource temporarily unavailable", "进程或线程的数量已到上限"},
    {"Cannot allocate memory", "内存不足"},
    {"No space left on device", "磁盘已满"},
    {"Disk quota exceeded", "磁盘配额已用完"},
    {"File too large", "文件太大"},
    {"Permission denied", "没有权限"},
    {"Operation not permitted", "不允许这样做"},
    {"Read-only file system", "文件系统是只读的"},
    {"No such file or directory", "没有这个文件或文件夹"},
    {"Not a directory", "路径中有一段不是文件夹"},
    {"Is a directory", "这是一个文件夹"},
    {"File name too long", "文件名太长"},
    {"Input/output error", "输入输出错误"},
};
constexpr std::size_t kOfMachine = 7;  // so many of them say that the machine has no more to give

/// The texts that stand at the {} of `form`, if `sentence` is of that form.
std::optional<std::vector<std::string_view>> gaps_of(std::string_view sentence, std::string_view form) {
  std::vector<std::string_view> gaps;
  for (std::size_t gap = form.find("{}"); gap != std::string_view::npos; gap = form.find("{}")) {
    if (!sentence.starts_with(form.substr(0, gap))) return std::nullopt;
    sentence.remove_prefix(gap);
    form.remove_prefix(gap + 2);
    const std::string_view next = form.substr(0, form.find("{}"));
    const bool last = next.size() == form.size();
    if (last && sentence.size() < next.size()) return std::nullopt;
    const std::size_t end = last ? sentence.size() - next.size() : sentence.find(next);
    if (end == std::string_view::npos) return std::nullopt;
    gaps.push_back(sentence.substr(0, end));
    sentence.remove_prefix(end);
  }
  return sentence == form ? std::optional(gaps) : std::nullopt;
}

/// Why a scenario cannot run here has its own Chinese.
const Reason* reason_with(std::string_view english) {
  for (const Scenario* scenario : all_scenarios()) {
    const Reason* reason = reason_unavailable(scenario->id);
    if (reason != nullptr && reason->en == english) return reason;
  }
  return nullptr;
}

}  // namespace

std::string reason_in(std::string_view reason, Language language) {
  const auto* const known = std::ranges::find(kReasons, reason, &Pair::english);
  return std::string(language == Language::en || known == std::end(kReasons) ? reason : known->chinese);
}

bool is_fault_of_machine(std::string_view text) {
  return std::any_of(kReasons, kReasons + kOfMachine,
                     [&](const Pair& pair) { return text.ends_with(pair.english); });
}

std::string tell_fault(std::string_view sentence, Language language) {
  if (language == Language::en) return std::string(sentence);
  if (const Reason* reason = reason_with(sentence)) return std::string(reason->zh);
  for (const Pair& pair : kSentences) {
    const auto gaps = gaps_of(sentence, pair.english);
    if (!gaps) continue;
    fmt::dynamic_format_arg_store<fmt::format_context> values;
    for (const std::string_view gap : *gaps)
      values.push_back(reason_in(gap, language));
    return fmt::vformat(pair.chinese, values);
  }
  return std::string(sentence);
}

}  // namespace lockstep
