#include "app/model/fault_words.hpp"

#include <fmt/format.h>

namespace lockstep {
namespace {

struct Pair {
  std::string_view english;  ///< at most one {}, which stands for anything
  std::string_view chinese;
};

constexpr Pair kSentences[] = {
    {"Shared memory for a run could not be had: {}.", "无法为运行分配共享内存：{}。"},
    {"The run's memory could not be mapped: {}.", "无法映射运行的共享内存：{}。"},
    {"A folder for the run's files could not be made: {}.", "无法为这次运行建立文件夹：{}。"},
    {"A socket for the run could not be made: {}.", "无法为这次运行建立套接字：{}。"},
    {"A process for the run could not be started: {}.", "无法为这次运行启动进程：{}。"},
    {"A thread for the run could not be started: {}.", "无法为这次运行启动线程：{}。"},
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
    {"The program used more than {} MiB of memory and was ended.", "程序用的内存超过 {} MiB，已被终止。"},
};

/// What the system says.
constexpr Pair kReasons[] = {
    {"Too many open files", "打开的文件太多"},
    {"Too many open files in system", "整个系统打开的文件太多"},
    {"Resource temporarily unavailable", "进程或线程的数量已到上限"},
    {"Cannot allocate memory", "内存不足"},
    {"No space left on device", "磁盘已满"},
    {"Permission denied", "没有权限"},
};

std::string reason_in_chinese(std::string_view reason) {
  for (const Pair& pair : kReasons) {
    if (pair.english == reason) return std::string(pair.chinese);
  }
  return std::string(reason);
}

}  // namespace

std::string tell_fault(std::string_view sentence, Language language) {
  if (language == Language::en) return std::string(sentence);
  for (const Pair& pair : kSentences) {
    const std::size_t gap = pair.english.find("{}");
    const std::string_view before = pair.english.substr(0, gap);
    const std::string_view after = pair.english.substr(gap + 2);
    if (sentence.size() < before.size() + after.size()) continue;
    if (!sentence.starts_with(before) || !sentence.ends_with(after)) continue;
    const std::string_view inside =
        sentence.substr(before.size(), sentence.size() - before.size() - after.size());
    return fmt::format(fmt::runtime(pair.chinese), reason_in_chinese(inside));
  }
  return std::string(sentence);
}

}  // namespace lockstep
