// A consumer needs a number that a producer makes. A semaphore without permits tells it when.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void produce(Semaphore ready, Shared<int> number, int round) {
  sleep(10s, "making a number");        //@ make
  number.store(round * round);          //@ store
  print("has made {}", round * round);  //@ tell made
  ready.release();                      //@ release
}

void consume(Semaphore ready, Shared<int> number, int round) {
  ready.acquire();                                   //@ acquire
  Local got("got", number.load());                   //@ load
  print("has got {}", got.get());                    //@ tell got
  check("got what was made", got == round * round);  //@ check
}

void hand_over(const Setup& setup) {
  const Semaphore ready("ready", 0);  //@ no permit
  const Shared<int> number("number");
  for (int round = 1; round <= setup.param("rounds"); ++round) {
    const Thread consumer({.name = fmt::format("Consumer {}", round)}, consume, ready, number, round);
    const Thread producer({.name = fmt::format("Producer {}", round)}, produce, ready, number, round);
    consumer.start();  //@ start consumer
    producer.start();  //@ start producer
    consumer.join();   //@ join consumer
    producer.join();   //@ join producer
  }
  print("all numbers were handed over");  //@ tell
}

const Registration registered{{
    .id = "semaphore-handoff",
    .chapter = Chapter::signals,
    .position = 2,
    .difficulty = 1,
    .related = {"semaphore", "event-server"},
    .variants = {{"handoff",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "The permit comes into being when the number is there, so nobody takes it too early.",
                    "数放好之后才有许可，所以没有谁会取得太早。"},
                   {Outcome::failed_check, Expectation::forbidden,
                    "The consumer gets through acquire() only after release(), so after the number was made.",
                    "消费者要等 release() 之后才能通过 acquire()，那时数已经放好了。"},
                   {Outcome::stuck, Expectation::forbidden,
                    "Each round has one release for one acquire, and a permit is kept until it is taken.",
                    "每一轮一次 release 对一次 acquire，许可没人取就一直留着。"}}}},
    .params = {{.name = "rounds", .value = 5, .step_value = 2, .min = 1, .max = 20}},
    .main = hand_over,
}};

}  // namespace
