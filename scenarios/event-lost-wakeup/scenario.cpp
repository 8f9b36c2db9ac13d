// A producer tells of each new item by an event: set, and at once clear again. Who hears it?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void produce(Queue items, Event added, int count) {
  for (int i = 1; i <= count; ++i) {
    sleep(2s, "making an item");  //@ make
    items.put(i);                 //@ append
    added.set();                  //@ set
    added.clear();                //@ clear
  }
}

void consume_for_ever(Queue items, Event added) {
  for (;;) {
    sleep(2s, "busy");                     //@ busy
    added.wait();                          //@ wait
    const Item item = items.get_nowait();  //@ pop
    print("takes {}", item);               //@ takes
  }
}

void produce_then_none(Queue items, Event added, int count) {
  for (int i = 1; i <= count; ++i) {
    sleep(2s, "making an item");  //@ make, fixed
    items.put(i);                 //@ append, fixed
    added.set();                  //@ set, fixed
  }
  items.put(None);  //@ None
  added.set();      //@ set last
}

void consume_all(Queue items, Event added, int count) {
  int taken = 0;
  for (;;) {
    sleep(2s, "busy");                       //@ busy, fixed
    added.wait();                            //@ wait, fixed
    added.clear();                           //@ clear, fixed
    while (!items.empty()) {                 //@ something there
      const Item item = items.get_nowait();  //@ pop, fixed
      if (item.is_none()) {
        check("every item was taken", taken == count);  //@ check
        return;
      }
      ++taken;
      print("takes {}", item);  //@ takes, fixed
    }
  }
}

void run_event(const Setup& setup) {
  const int count = setup.param("items");
  const Queue items("items");
  const Event added("added");
  const bool fixed = setup.is("fixed");
  const Thread producer({.name = "Producer"}, fixed ? produce_then_none : produce, items, added, count);
  const Thread consumer = fixed ? Thread({.name = "Consumer"}, consume_all, items, added, count)
                                : Thread({.name = "Consumer"}, consume_for_ever, items, added);
  producer.start();        //@ start producer
  consumer.start();        //@ start consumer
  producer.join();         //@ join producer
  consumer.join();         //@ join consumer
  print("both are done");  //@ tell
}

const Registration registered{{
    .id = "event-lost-wakeup",
    .chapter = Chapter::signals,
    .position = 6,
    .difficulty = 3,
    .related = {"event-server", "condition-buffer"},
    .variants =
        {{"set-then-clear",
          Verdict::always_fails,
          {{Outcome::ok, Expectation::forbidden, "The consumer's loop has no end.", "消费者的循环没有尽头。"},
           {Outcome::stuck, Expectation::required,
            "A set() that nobody waits for is gone after clear(); at the latest after the last item the "
            "consumer waits for ever.",
            "没人等的时候 set()，clear() 之后就像没发生过；最晚到最后一件，消费者会永远等下去。"},
           {Outcome::error, Expectation::required,
            "The flag is still up for an item that was taken already, and the next pop finds nothing.",
            "东西已经取走，旗还没有放下，下一次就取了个空。"}}},
         {"fixed",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "The consumer lowers the flag first and then looks, and None tells it that this was all.",
            "消费者先放下旗再去看，None 告诉它到此为止。"},
           {Outcome::failed_check, Expectation::forbidden,
            "Whatever comes after clear() raises the flag again.",
            "clear() 之后再来的东西，会让旗重新升起。"},
           {Outcome::stuck, Expectation::forbidden,
            "While something is there that the consumer has not looked at, the flag is up.",
            "只要还有没看过的东西，旗就是升着的。"}}}},
    .params = {{.name = "items", .value = 10, .step_value = 2, .min = 1, .max = 50}},
    .main = run_event,
}};

}  // namespace
