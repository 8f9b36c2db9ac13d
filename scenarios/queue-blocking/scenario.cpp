// A queue with three places and nobody at the other end. What does put do when it is full, get when it is
// empty?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void put_one_more(const Setup& setup, Queue queue) {
  if (setup.is("block")) queue.put("one more");               //@ put
  if (setup.is("nonblocking")) queue.put_nowait("one more");  //@ put_nowait
  if (setup.is("timeout")) queue.put("one more", 3s);         //@ put with timeout
}

void get_one_more(const Setup& setup, Queue queue) {
  if (setup.is("nonblocking")) queue.get_nowait();  //@ get_nowait
  if (setup.is("timeout")) queue.get(3s);           //@ get with timeout
}

void use_queue(const Setup& setup) {
  const int places = setup.param("places");
  const Queue queue("queue", places);
  for (int i = 1; i <= places; ++i)
    queue.put(i);              //@ fill
  print("the queue is full");  //@ tell full
  bool full = false;
  try {
    put_one_more(setup, queue);  //@ one too many
  } catch (const Error& error) {
    full = error.type() == "Full";
    print("put: {}", error.type());  //@ tell Full
  }
  check("put raises Full", full);  //@ check Full

  for (int i = 1; i <= places; ++i)
    print("got {}", queue.get());  //@ empty
  bool empty = false;
  try {
    get_one_more(setup, queue);  //@ one too few
  } catch (const Error& error) {
    empty = error.type() == "Empty";
    print("get: {}", error.type());  //@ tell Empty
  }
  check("get raises Empty", empty);  //@ check Empty
}

const Registration registered{{
    .id = "queue-blocking",
    .chapter = Chapter::queues,
    .position = 3,
    .difficulty = 1,
    .related = {"queue-threads", "hotdog"},
    .variants = {{"block",
                  Verdict::always_fails,
                  {{Outcome::ok, Expectation::forbidden, "Nobody ever makes room.", "永远没有人腾出位置。"},
                   {Outcome::stuck, Expectation::required,
                    "The queue is full, and put() waits for a get() that nobody calls.",
                    "队列满了，put() 在等一次没有人会调用的 get()。"}}},
                 {"nonblocking",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "Instead of waiting, put raises Full and get raises Empty.",
                    "不等待：put 抛出 Full，get 抛出 Empty。"},
                   {Outcome::failed_check, Expectation::forbidden,
                    "Nobody else uses the queue, so it is full, and then empty.",
                    "没有别人用这个队列，所以先是满的，后是空的。"},
                   {Outcome::stuck, Expectation::forbidden, "Nobody waits.", "谁都不等待。"}}},
                 {"timeout",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required, "After 3 s put raises Full, and get raises Empty.",
                    "等满 3 秒，put 抛出 Full，get 抛出 Empty。"},
                   {Outcome::failed_check, Expectation::forbidden, "Nobody comes within the 3 s.",
                    "这 3 秒里不会有人来。"},
                   {Outcome::stuck, Expectation::forbidden, "A wait with a time-out ends.",
                    "有时限的等待总会结束。"}}}},
    .params = {{.name = "places", .value = 3, .step_value = 2, .min = 1, .max = 20}},
    .main = use_queue,
}};

}  // namespace
