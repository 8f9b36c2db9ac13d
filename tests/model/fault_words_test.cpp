#include "app/model/fault_words.hpp"

#include "core/scenario/availability.hpp"
#include "core/scenario/scenario.hpp"
#include "core/schedule/policy.hpp"
#include "tests/catch.hpp"

using namespace lockstep;

TEST_CASE("a fault of the machine is told in both languages, with what the system says") {
  const std::string refused = "A socket for the run could not be made: Too many open files.";
  CHECK(tell_fault(refused, Language::en) == refused);
  CHECK(tell_fault(refused, Language::zh) == "无法为这次运行建立套接字：打开的文件太多。");
  CHECK(tell_fault("The main worker could not be started: Odd.", Language::zh) == "无法启动主进程：Odd。");
  CHECK(tell_fault(
            "The run's host process was ended by signal 9; everything that belonged to the run was ended.",
            Language::zh) == "这次运行的宿主进程被信号 9 终止，属于这次运行的进程都已结束。");
  CHECK(tell_fault(
            "A folder for the run's files could not be made in /a: Permission denied. Name one that can be "
            "written (TMPDIR=/var/tmp).",
            Language::zh) ==
        "无法在 /a 中为这次运行建立文件夹：没有权限。请指定一个可写的文件夹（TMPDIR=/var/tmp）。");
  CHECK(tell_fault("a.trace is damaged: its end is missing.", Language::zh) == "a.trace 已损坏：结尾缺失。");
  CHECK(tell_fault("a.trace is damaged: its definitions are not sound.", Language::zh) ==
        "a.trace 已损坏：其中的声明不正确。");
  CHECK(tell_fault("a.trace is damaged: worker 3 refers to something that was not declared.", Language::zh) ==
        "a.trace 已损坏：3 号工作者引用了没有声明的东西。");
  CHECK(
      tell_fault("a.trace is damaged: Event 7 (acquire, worker 1, object 2) does not fit the trace: worker 1 "
                 "was not declared.",
                 Language::zh) ==
      "a.trace 已损坏：第 7 个事件（acquire，1 号工作者，2 号对象）与它前面的内容不符。");
  CHECK(tell_fault("A thread for the explorer could not be started: Too many open files.", Language::zh) ==
        "无法为探索器启动线程：打开的文件太多。");
  CHECK(tell_fault(
            "The explorer's process was ended by signal 9; nothing else was affected. Start it once more.",
            Language::zh) == "探索器的进程被信号 9 终止，其他部分不受影响。请重新开始探索。");
  CHECK(tell_fault("Cannot write a: b.trace: No space left on device.", Language::zh) ==
        "无法写入 a：b.trace: No space left on device。");
}

TEST_CASE("every refusal of a request is told in Chinese, with what was typed and what is allowed") {
  const auto refused = [](const auto& answer) { return std::get<std::string>(answer); };
  std::vector<std::string> sentences{unknown_scenario_message("nonsense"),
                                     unknown_scenario_message("dedlock")};
  for (const Scenario* scenario : all_scenarios()) {
    if (reason_unavailable(scenario->id) != nullptr) continue;
    const auto set_up = [&](std::string_view variant, std::map<std::string, std::string> params) {
      sentences.push_back(refused(make_setup(*scenario, variant, params, ParamDefaults::live)));
    };
    set_up("nonsense", {});
    set_up("", {{"nonsense", "1"}});
    for (const Param& param : scenario->params)
      set_up("", {{std::string(param.name), "; got x"}});
  }
  for (const char* policy : {"nonsense", "pct:0", "pct:3:x", "bounded:99", "random:-1", "pos:x", "first:1"})
    sentences.push_back(refused(parse_policy(policy)));
  for (const std::string& sentence : sentences) {
    INFO(sentence);
    const std::string told = tell_fault(sentence, Language::zh);
    CHECK(told != sentence);
    CHECK(told.ends_with("。") + told.ends_with("？") == 1);
    for (const char* kept : {"nonsense", "got x", "pct:3", "bounded:2"})
      CHECK((told.find(kept) == std::string::npos) == (sentence.find(kept) == std::string::npos));
  }
  CHECK(tell_fault("deadlock has no param \"x\"; it has philosophers, for example --param philosophers=2.",
                   Language::zh) ==
        "deadlock 没有参数 \"x\"；可用的参数有 philosophers，例如 --param philosophers=2。");
}

TEST_CASE("an error of the program that the machine caused is told apart from others") {
  CHECK(is_fault_of_machine("OSError: No space left on device"));
  CHECK(is_fault_of_machine("OSError: Too many open files"));
  CHECK_FALSE(is_fault_of_machine("OSError: Permission denied"));
  CHECK_FALSE(is_fault_of_machine("ValueError: semaphore released too many times"));
  CHECK_FALSE(is_fault_of_machine(""));
}

TEST_CASE("what is not known as a fault stays as it is") {
  for (const char* sentence : {"", "x", "The main worker could not be started", "Something else happened."})
    CHECK(tell_fault(sentence, Language::zh) == sentence);
}
