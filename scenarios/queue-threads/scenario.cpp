// One producer, three consumers that loop for ever. What must main wait for, so that the program ends?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void produce(JoinableQueue queue, int items) {
  for (int i = 1; i <= items; ++i) {
    sleep(1s, "making a number");  //@ make
    queue.put(i);                  //@ put
  }
  print("has put everything");  //@ all put
}

void consume_for_ever(JoinableQueue queue, Shared<int> taken) {
  for (;;) {
    const Item number = queue.get();  //@ get
    print("takes {}", number);        //@ takes
    taken.add(1);                     //@ count
    queue.task_done();                //@ done
  }
}

void run_queue(const Setup& setup) {
  const int items = setup.param("items");
  const bool daemons = setup.is("queue-join");
  const JoinableQueue queue("queue");
  const Shared<int> taken("taken");
  const Thread producer({.name = "Producer"}, produce, queue, items);
  std::vector<Thread> consumers;
  for (int i = 1; i <= setup.param("consumers"); ++i) {
    const WorkerOptions options{.name = fmt::format("Consumer {}", i), .daemon = daemons};
    consumers.emplace_back(options, consume_for_ever, queue, taken);  //@ consumer
  }
  producer.start();  //@ start producer
  for (const Thread& consumer : consumers)
    consumer.start();  //@ start consumers

  producer.join();  //@ join producer
  if (setup.is("join-consumers")) {
    for (const Thread& consumer : consumers)
      consumer.join();  //@ join consumers
  } else {
    queue.join();  //@ join queue
  }
  Local total("total", taken.load());                        //@ total
  print("{} of {} numbers were taken", total.get(), items);  //@ tell
  check("all numbers were taken", total == items);           //@ check
}

const Registration registered{{
    .id = "queue-threads",
    .chapter = Chapter::queues,
    .position = 2,
    .difficulty = 2,
    .related = {"hotdog", "thread-daemon"},
    .variants =
        {{"join-consumers",
          Verdict::always_fails,
          {{Outcome::ok, Expectation::forbidden, "main waits for consumers that never end.",
            "main 等的是永远不会结束的消费者。"},
           {Outcome::stuck, Expectation::required,
            "The queue is empty, the consumers wait in get() for ever, and main waits for the consumers.",
            "队列空了，消费者永远停在 get() 里，main 又在等消费者。"}}},
         {"queue-join",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "queue.join() waits for the work, not for the workers; they are daemons and are cut off.",
            "queue.join() 等的是活干完，不是人走光；消费者是守护线程，随后被中断。"},
           {Outcome::failed_check, Expectation::forbidden, "Every number is counted before its task_done().",
            "每个数都是先计数，后调用 task_done()。"},
           {Outcome::stuck, Expectation::forbidden, "There is a task_done() for each put().",
            "每个 put() 都有一个 task_done()。"}}}},
    .params = {{.name = "items", .value = 10, .step_value = 2, .min = 1, .max = 50},
               {.name = "consumers", .value = 3, .step_value = 2, .min = 1, .max = 10}},
    .main = run_queue,
}};

}  // namespace
