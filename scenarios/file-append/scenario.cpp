// Two processes append lines to one file, a line a second. Do the lines of one writer stay together?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void write_lines(File log, char writer, int lines) {
  for (int i = 1; i <= lines; ++i) {
    log.append(fmt::format("{}{} ", writer, i));  //@ append
    sleep(1s, "writing");                         //@ write
  }
}

void writer_without_lock(Lock, File log, char writer, int lines) {
  write_lines(log, writer, lines);  //@ lines
}

void writer_with_lock(Lock lock, File log, char writer, int lines) {
  const With held(lock);            //@ lock
  write_lines(log, writer, lines);  //@ lines, locked
}

/// How often a line of one writer follows a line of the other.
int changes_of_writer(std::string_view content) {
  int changes = 0;
  for (std::size_t i = 3; i < content.size(); i += 3)
    changes += content[i] != content[i - 3];
  return changes;
}

void keep_log(const Setup& setup) {
  const auto body = setup.is("lock") ? writer_with_lock : writer_without_lock;
  const Lock lock("lock", Among::processes);
  const File log("log.txt", "");
  const Process a({.name = "Writer A"}, body, lock, log, 'A', setup.param("first"));
  const Process b({.name = "Writer B"}, body, lock, log, 'B', setup.param("second"));
  a.start();  //@ start A
  b.start();  //@ start B
  a.join();   //@ join A
  b.join();   //@ join B

  const std::string content = log.read();  //@ read
  print("{}", content);                    //@ tell
  const std::size_t lines = static_cast<std::size_t>(setup.param("first") + setup.param("second"));
  check("no line is lost", content.size() == 3 * lines);  //@ check lines
  if (setup.is("lock")) {
    check("the lines of a writer stay together", changes_of_writer(content) == 1);  //@ check blocks
  }
}

const Registration registered{{
    .id = "file-append",
    .chapter = Chapter::locks,
    .position = 4,
    .difficulty = 1,
    .related = {"ticket-lock", "mutex-print"},
    .variants =
        {{"lock",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "Whoever holds the lock writes all its lines before the other one gets it.",
            "拿到锁的写完自己所有的行，另一个才能拿到锁。"},
           {Outcome::failed_check, Expectation::forbidden,
            "Nobody appends while the other one holds the lock.", "一个拿着锁的时候，另一个不会追加。"}}},
         {"no-lock",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "Each append is one step, so every line is there; the lines of the two are mixed.",
            "每次追加都是一步，所以一行不少；只是两个进程的行混在一起。"},
           {Outcome::failed_check, Expectation::forbidden,
            "An append goes to the end of the file as it is at that moment, so no line overwrites another.",
            "追加总是写在当时的文件末尾，不会覆盖别的行。"}}}},
    .params = {{.name = "first", .value = 3, .step_value = 2, .min = 1, .max = 9},
               {.name = "second", .value = 4, .step_value = 2, .min = 1, .max = 9}},
    .main = keep_log,
}};

}  // namespace
