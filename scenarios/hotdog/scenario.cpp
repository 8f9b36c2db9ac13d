// Shops make hotdogs, eaters eat them, a queue lies between. How do the eaters learn that it is over?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void make_hotdogs(JoinableQueue queue, char shop, int hotdogs) {
  for (int i = 1; i <= hotdogs; ++i) {
    sleep_between(1s, 2s, "making");           //@ make
    queue.put(fmt::format("{}·{}", shop, i));  //@ put
  }
}

void make_hotdogs_then_none(JoinableQueue queue, char shop, int hotdogs) {
  make_hotdogs(queue, shop, hotdogs);
  queue.put(None);  //@ shop puts None
}

void eat(Item hotdog, Shared<int> eaten) {
  sleep_between(1s, 2s, fmt::format("eating {}", hotdog));  //@ eat
  print("ate {}", hotdog);                                  //@ ate
  eaten.add(1);                                             //@ count
}

void eat_for_ever(JoinableQueue queue, Shared<int> eaten) {
  for (;;) {
    const Item hotdog = queue.get();  //@ get
    eat(hotdog, eaten);
    queue.task_done();  //@ done
  }
}

void eat_until_none(JoinableQueue queue, Shared<int> eaten) {
  for (;;) {
    const Item hotdog = queue.get();  //@ get or None
    if (hotdog.is_none()) return;
    eat(hotdog, eaten);
  }
}

std::vector<Process> open_shops(const Setup& setup, JoinableQueue queue) {
  const auto body = setup.is("sentinel-per-shop") ? make_hotdogs_then_none : make_hotdogs;
  std::vector<Process> shops;
  for (int i = 0; i < setup.param("shops"); ++i) {
    const char name = static_cast<char>('A' + i);
    shops.emplace_back(WorkerOptions{.name = fmt::format("Shop {}", name)}, body, queue, name,
                       setup.param("hotdogs"));
    shops.back().start();  //@ open shop
  }
  return shops;
}

std::vector<Process> seat_eaters(const Setup& setup, JoinableQueue queue, Shared<int> eaten) {
  const bool for_ever = setup.is("joinable") || setup.is("no-ending");
  std::vector<Process> eaters;
  for (int i = 1; i <= setup.param("eaters"); ++i) {
    const WorkerOptions options{.name = fmt::format("Eater {}", i), .daemon = setup.is("joinable")};
    eaters.emplace_back(options, for_ever ? eat_for_ever : eat_until_none, queue, eaten);
    eaters.back().start();  //@ seat eater
  }
  return eaters;
}

void lunch(const Setup& setup) {
  const JoinableQueue queue("queue", setup.param("capacity"), Among::processes);
  const Shared<int> eaten("eaten");
  const std::vector<Process> shops = open_shops(setup, queue);
  const std::vector<Process> eaters = seat_eaters(setup, queue, eaten);

  for (const Process& shop : shops)
    shop.join();  //@ join shops
  if (setup.is("sentinel-per-eater")) {
    for (int i = 1; i <= setup.param("eaters"); ++i)
      queue.put(None);  //@ None for each eater
  }
  if (setup.is("joinable")) {
    queue.join();  //@ join queue
  } else {
    for (const Process& eater : eaters)
      eater.join();  //@ join eaters
  }

  const int made = setup.param("shops") * setup.param("hotdogs");
  Local total("total", eaten.load());                       //@ total
  print("{} of {} hotdogs were eaten", total.get(), made);  //@ tell
  check("eaten == made", total == made);                    //@ check
}

const Registration registered{{
    .id = "hotdog",
    .chapter = Chapter::queues,
    .position = 1,
    .difficulty = 3,
    .related = {"queue-threads", "queue-blocking", "condition-buffer"},
    .variants =
        {{"joinable",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "queue.join() waits until every hotdog is eaten; then main ends and the eaters are cut off.",
            "queue.join() 等到每个热狗都吃完，随后 main 结束，食客作为守护进程被中止。"},
           {Outcome::failed_check, Expectation::forbidden, "No hotdog is left over.", "不会剩下热狗。"},
           {Outcome::stuck, Expectation::forbidden, "Nobody waits for ever: daemons hold nobody up.",
            "没有谁会永远等待：守护进程不会拖住程序。"}}},
         {"sentinel-per-shop",
          Verdict::can_fail,
          {{Outcome::ok, Expectation::required,
            "Every None comes out of the queue after the last hotdog, by luck.",
            "碰巧所有的 None 都排在最后一个热狗之后。"},
           {Outcome::failed_check, Expectation::required,
            "The eaters stop at the first None they get, while a slower shop still makes hotdogs: some are "
            "left over.",
            "食客拿到第一个 None 就走了，而慢的摊位还在做，于是有热狗没人吃。"},
           {Outcome::stuck, Expectation::allowed,
            "With more eaters than shops an eater waits for a None that never comes; with a small queue a "
            "shop waits "
            "for room that nobody makes.",
            "食客比摊位多时，有人永远等不到 None；队列太小时，摊位永远等不到空位。"}}},
         {"sentinel-per-eater",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "The Nones go in when all hotdogs are in, one for each eater: first in, first out.",
            "热狗全部入队之后才放 None，每位食客一个；队列先进先出。"},
           {Outcome::failed_check, Expectation::forbidden, "No hotdog lies behind a None.",
            "没有热狗排在 None 后面。"},
           {Outcome::stuck, Expectation::forbidden, "Every eater gets a None.",
            "每位食客都会拿到一个 None。"}}},
         {"no-ending",
          Verdict::always_fails,
          {{Outcome::ok, Expectation::forbidden, "The eaters never stop, so main never ends.",
            "食客永不停止，main 也就永远不会结束。"},
           {Outcome::stuck, Expectation::required,
            "The queue is empty, the shops are closed, and the eaters wait for ever; main waits for them.",
            "队列空了，摊位关了，食客却永远等下去，main 又在等食客。"}}}},
    .params = {{.name = "shops", .value = 3, .step_value = 2, .min = 1, .max = 8},
               {.name = "hotdogs", .value = 3, .step_value = 1, .min = 1, .max = 20},
               {.name = "eaters", .value = 2, .step_value = 1, .min = 1, .max = 8},
               {.name = "capacity", .value = 4, .step_value = 4, .min = 0, .max = 100}},
    .main = lunch,
}};

}  // namespace
