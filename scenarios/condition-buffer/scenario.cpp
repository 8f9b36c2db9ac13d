// Producers put items into a small buffer, consumers take them out. Each waits until there is room, or an
// item.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

struct Buffer {
  int capacity;
  Shared<int> items{"items"};
  Lock lock{"lock"};
  Condition not_full{"not_full", lock};
  Condition not_empty{"not_empty", lock};
};

void put(Buffer buffer) {
  const With held(buffer.lock);                   //@ lock to put
  while (buffer.items.load() == buffer.capacity)  //@ full
    buffer.not_full.wait();                       //@ wait for room
  buffer.items.add(1);                            //@ put
  buffer.not_empty.notify();                      //@ notify consumer
}

void put_silently(Buffer buffer) {
  const With held(buffer.lock);                   //@ lock to put, silent
  while (buffer.items.load() == buffer.capacity)  //@ full, silent
    buffer.not_full.wait();                       //@ wait for room, silent
  buffer.items.add(1);                            //@ put, silent
}

void pop(Buffer buffer) {
  if (buffer.items.load() == 0) raise("IndexError", "pop from empty list");  //@ empty list
  buffer.items.add(-1);                                                      //@ pop
  buffer.not_full.notify();                                                  //@ notify producer
}

void take(Buffer buffer) {
  const With held(buffer.lock);     //@ lock to take
  while (buffer.items.load() == 0)  //@ while
    buffer.not_empty.wait();        //@ wait for item
  pop(buffer);                      //@ take
}

void take_after_if(Buffer buffer) {
  const With held(buffer.lock);  //@ lock to take, if
  if (buffer.items.load() == 0)  //@ if
    buffer.not_empty.wait();     //@ wait for item, if
  pop(buffer);                   //@ take, if
}

void produce(Setup setup, Buffer buffer) {
  for (int i = 0; i < setup.param("items"); ++i) {
    sleep(1s, "making an item");  //@ make
    if (setup.is("notify-missing")) {
      put_silently(buffer);  //@ produce silently
    } else {
      put(buffer);  //@ produce
    }
  }
  print("has made everything");  //@ made
}

void consume(Setup setup, Buffer buffer, int share) {
  for (int i = 0; i < share; ++i) {
    if (setup.is("if")) {
      take_after_if(buffer);  //@ consume after if
    } else {
      take(buffer);  //@ consume
    }
    sleep(2s, "using an item");  //@ use
  }
  print("has had its share");  //@ had
}

void run_buffer(const Setup& setup) {
  const Buffer buffer{setup.param("capacity")};
  const int producers = setup.param("producers");
  const int consumers = setup.param("consumers");
  const int total = setup.param("items") * producers;
  std::vector<Thread> workers;
  for (int i = 1; i <= producers; ++i)
    workers.emplace_back(WorkerOptions{.name = fmt::format("Producer {}", i)}, produce, setup, buffer);
  for (int i = 1; i <= consumers; ++i) {
    const int share = total / consumers + (i <= total % consumers ? 1 : 0);  //@ share
    workers.emplace_back(WorkerOptions{.name = fmt::format("Consumer {}", i)}, consume, setup, buffer, share);
  }
  for (const Thread& worker : workers)
    worker.start();  //@ start
  for (const Thread& worker : workers)
    worker.join();                              //@ join
  Local left("left", buffer.items.load());      //@ left
  print("{} items are left over", left.get());  //@ tell
  check("nothing is left over", left == 0);     //@ check
}

const Registration registered{{
    .id = "condition-buffer",
    .chapter = Chapter::signals,
    .position = 4,
    .difficulty = 3,
    .related = {"hotdog", "event-lost-wakeup"},
    .variants =
        {{"while",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "Whoever wakes up looks again, with the lock in hand, before it takes anything.",
            "醒来的线程拿到锁之后会再看一遍，然后才动手取。"},
           {Outcome::error, Expectation::forbidden, "Nobody takes from an empty buffer.",
            "不会有谁从空的缓冲区里取。"},
           {Outcome::stuck, Expectation::forbidden,
            "Each change wakes one of those who wait for just that change.",
            "每次变化都会唤醒一个正在等这种变化的线程。"}}},
         {"if",
          Verdict::can_fail,
          {{Outcome::ok, Expectation::required,
            "Nobody comes in between the wake-up and the taking; with one consumer nobody can.",
            "从被唤醒到去取之间没有人插进来；只有一个消费者时，也没有谁能插进来。"},
           {Outcome::error, Expectation::required,
            "Another consumer takes the item first, and the one that was woken pops from an empty buffer.",
            "东西被另一个消费者先拿走，被唤醒的那个就从空的缓冲区里取。"},
           {Outcome::stuck, Expectation::allowed,
            "After the error nobody takes the consumer's share, and a producer waits for room.",
            "出错之后没有人取它那一份，生产者一直等不到空位。"}}},
         {"notify-missing",
          Verdict::can_fail,
          {{Outcome::ok, Expectation::required,
            "Every consumer comes late and finds an item without waiting.",
            "碰巧每个消费者都来得晚，不用等就有东西。"},
           {Outcome::stuck, Expectation::required,
            "A consumer waits for an item. The item comes, but nobody tells the consumer.",
            "消费者在等东西。东西来了，却没有人通知它。"}}}},
    .params = {{.name = "capacity", .value = 10, .step_value = 1, .min = 1, .max = 50},
               {.name = "items", .value = 20, .step_value = 2, .min = 1, .max = 50},
               {.name = "producers", .value = 1, .step_value = 1, .min = 1, .max = 5},
               {.name = "consumers", .value = 1, .step_value = 2, .min = 1, .max = 5}},
    .main = run_buffer,
}};

}  // namespace
