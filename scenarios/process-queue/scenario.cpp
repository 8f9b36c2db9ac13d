// A child puts three different things into a queue, main takes them out. In what order do they come?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void put_things(Queue queue) {
  queue.put(42);       //@ put number
  queue.put(None);     //@ put None
  queue.put("hello");  //@ put text
}

void take_things(const Setup&) {
  const Queue queue("queue", 0, Among::processes);
  const Process child({.name = "Child"}, put_things, queue);
  child.start();                    //@ start
  const Item first = queue.get();   //@ get first
  print("first: {}", first);        //@ tell first
  const Item second = queue.get();  //@ get second
  print("second: {}", second);      //@ tell second
  const Item third = queue.get();   //@ get third
  print("third: {}", third);        //@ tell third
  child.join();                     //@ join
  const bool in_order = first == Item(42) && second.is_none() && third == Item("hello");
  check("first in, first out", in_order);  //@ check
}

const Registration registered{{
    .id = "process-queue",
    .chapter = Chapter::communication,
    .position = 3,
    .difficulty = 1,
    .related = {"pipe", "hotdog", "queue-blocking"},
    .variants =
        {{"fifo",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "What was put first is taken first, across processes as well.", "先放的先取出，跨进程也一样。"},
           {Outcome::failed_check, Expectation::forbidden, "Nothing overtakes in a queue.",
            "队列里没有谁会插队。"},
           {Outcome::stuck, Expectation::forbidden, "Three puts for three gets.", "放三次，取三次。"}}}},
    .params = {},
    .main = take_things,
}};

}  // namespace
