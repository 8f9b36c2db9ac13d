// A process that writes with a lock in its hand is to be stopped. By force, or by a question?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void write_pages(Lock lock, Event stop, int pages) {
  for (int page = 1; page <= pages; ++page) {
    if (stop.is_set()) return;           //@ asked to stop
    const With held(lock);               //@ lock to write
    sleep(1s, "writing a page");         //@ write
    print("has written page {}", page);  //@ written
  }
}

void read_page(Lock lock) {
  const With held(lock);         //@ lock to read
  print("reads the last page");  //@ read
}

void stop_writer(const Setup& setup) {
  const Lock lock("lock", Among::processes);
  const Event stop("stop");
  const Process writer({.name = "Writer"}, write_pages, lock, stop, setup.param("pages"));
  const Process reader({.name = "Reader"}, read_page, lock);
  writer.start();                                 //@ start writer
  sleep(1500ms, "waiting");                       //@ wait
  if (setup.is("terminate")) writer.terminate();  //@ terminate
  if (setup.is("ask-to-stop")) stop.set();        //@ ask
  writer.join();                                  //@ join writer
  reader.start();                                 //@ start reader
  reader.join();                                  //@ join reader
  print("the reader has read");                   //@ tell
}

const Registration registered{{
    .id = "process-terminate-holding-lock",
    .chapter = Chapter::processes,
    .position = 6,
    .difficulty = 2,
    .related = {"process-lifecycle", "with-statement"},
    .variants = {{"terminate",
                  Verdict::can_fail,
                  {{Outcome::ok, Expectation::required,
                    "The signal comes while the writer has the lock not yet, or not any more.",
                    "信号到来时，写进程还没拿到锁，或者已经放开了。"},
                   {Outcome::stuck, Expectation::required,
                    "The writer dies with the lock in its hand. Nobody is left to release it.",
                    "写进程死的时候锁还在手里，再也没有谁来释放。"}}},
                 {"ask-to-stop",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "The writer looks at the event between two pages, when it does not hold the lock.",
                    "写进程在两页之间查看事件，那时锁不在手里。"},
                   {Outcome::stuck, Expectation::forbidden, "The writer releases the lock before it ends.",
                    "写进程结束之前会释放锁。"}}}},
    .params = {{.name = "pages", .value = 5, .step_value = 2, .min = 1, .max = 20}},
    .main = stop_writer,
}};

}  // namespace
