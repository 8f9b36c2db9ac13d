#include "app/model/fault_words.hpp"

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
}

TEST_CASE("what is not known as a fault stays as it is") {
  for (const char* sentence : {"", "x", "The main worker could not be started", "Something else happened."})
    CHECK(tell_fault(sentence, Language::zh) == sentence);
}
