// Three writers share one page. Each wants to write its lines as one block, with nothing of the others
// between.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

/// `block` is the number of the writer whose block was begun last.
void write_block(Shared<int> block, int writer, int lines) {
  block.store(writer);  //@ begin
  for (int i = 1; i <= lines; ++i) {
    print("line {}", i);                                   //@ print
    check("one block at a time", block.load() == writer);  //@ check
    sleep(20ms, "writing");                                //@ write
  }
}

void writer_without_lock(Lock, Shared<int> block, int writer, int lines) {
  write_block(block, writer, lines);  //@ block
}

void writer_with_lock(Lock lock, Shared<int> block, int writer, int lines) {
  const With held(lock);              //@ lock
  write_block(block, writer, lines);  //@ block, locked
}

void fill_page(const Setup& setup) {
  const auto body = setup.is("lock") ? writer_with_lock : writer_without_lock;
  const Lock lock("page lock");
  const Shared<int> block("block");

  std::vector<Thread> writers;
  for (int i = 1; i <= 3; ++i) {
    writers.emplace_back(WorkerOptions{.name = fmt::format("Writer {}", i)}, body, lock, block, i,
                         setup.param("lines"));
  }
  for (const Thread& writer : writers)
    writer.start();  //@ start
  for (const Thread& writer : writers)
    writer.join();            //@ join
  print("the page is full");  //@ tell
}

const Registration registered{{
    .id = "mutex-print",
    .chapter = Chapter::locks,
    .position = 2,
    .difficulty = 1,
    .related = {"race-counter", "file-append"},
    .variants =
        {{"lock",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "Whoever holds the lock writes all its lines; the others wait, and their blocks follow.",
            "拿到锁的一口气写完自己的所有行，其他线程等着，随后再写自己的一整块。"},
           {Outcome::failed_check, Expectation::forbidden, "Nobody begins a block while another one writes.",
            "一个线程在写的时候，谁也不会另起一块。"}}},
         {"no-lock",
          Verdict::can_fail,
          {{Outcome::ok, Expectation::required, "Each writer is done before the next one begins, by luck.",
            "碰巧前一个写完之后，后一个才开始。"},
           {Outcome::failed_check, Expectation::required,
            "A second writer begins its block while the first still writes: the lines are mixed.",
            "第一个还没写完，第二个就开始写，两块的行混在一起。"}}}},
    .params = {{.name = "lines", .value = 100, .step_value = 3, .min = 1, .max = 200}},
    .main = fill_page,
}};

}  // namespace
