// One ticket, many customers. The file ticket.json says how many are left: buying reads it, then writes it.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

void look(File ticket) {
  Local left("left", ticket.read_int("count"));  //@ look
  print("sees {} left", left.get());             //@ sees
}

void buy(File ticket, Shared<int> sold) {
  Local left("left", ticket.read_int("count"));  //@ read
  if (left > 0) {
    sleep_between(1s, 3s, "paying");      //@ pay
    ticket.write_int("count", left - 1);  //@ write
    sold.add(1);                          //@ sold
    print("bought a ticket");             //@ bought
  }
}

void buy_with_torn_write(File ticket, Shared<int> sold) {
  Local left("left", ticket.read_int("count"));  //@ read, torn
  if (left > 0) {
    sleep_between(1s, 3s, "paying");      //@ pay, torn
    ticket.truncate();                    //@ truncate
    sleep(1s, "writing");                 //@ half written
    ticket.write_int("count", left - 1);  //@ write, torn
    sold.add(1);                          //@ sold, torn
    print("bought a ticket");             //@ bought, torn
  }
}

void customer(Lock lock, File ticket, Shared<int> sold) {
  look(ticket);
  const With held(lock);  //@ lock
  buy(ticket, sold);
}

void customer_without_lock(Lock, File ticket, Shared<int> sold) {
  look(ticket);
  buy(ticket, sold);
}

void customer_on_the_way(Lock lock, File ticket, Shared<int> sold) {
  sleep_between(0s, 4s, "on the way");  //@ on the way
  look(ticket);
  const With held(lock);  //@ lock, torn
  buy_with_torn_write(ticket, sold);
}

auto customer_of(const Setup& setup) {
  if (setup.is("lock")) return customer;
  if (setup.is("torn-read")) return customer_on_the_way;
  return customer_without_lock;
}

void sell_tickets(const Setup& setup) {
  const int tickets = setup.param("tickets");
  const Lock lock("lock", Among::processes);
  const File ticket("ticket.json", fmt::format("{{\"count\": {}}}", tickets));
  const Shared<int> sold("sold");

  std::vector<Process> customers;
  for (int i = 1; i <= setup.param("customers"); ++i) {
    const Process next({.name = fmt::format("Customer {}", i)}, customer_of(setup), lock, ticket, sold);
    next.start();                               //@ start
    if (setup.is("join-instead")) next.join();  //@ join at once
    customers.push_back(next);
  }
  for (const Process& each : customers)
    each.join();  //@ join

  Local total("total", sold.load());                         //@ total
  Local left("left", ticket.read_int("count"));              //@ left
  print("sold {} of {}", total.get(), tickets);              //@ tell
  check("sold <= tickets", total <= tickets);                //@ check
  check("sold + left == tickets", total + left == tickets);  //@ check file
}

const Registration registered{{
    .id = "ticket-lock",
    .chapter = Chapter::locks,
    .position = 3,
    .difficulty = 2,
    .related = {"race-counter", "file-append"},
    .variants =
        {{"lock",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "Reading and writing happen inside the lock, so every customer reads what the one before wrote.",
            "读和写都在锁里，每位顾客读到的都是前一位写完的数。"},
           {Outcome::failed_check, Expectation::forbidden, "No order sells more tickets than there are.",
            "无论按什么顺序执行，卖出的票都不会超过总数。"}}},
         {"no-lock",
          Verdict::can_fail,
          {{Outcome::ok, Expectation::required,
            "If one customer writes before the next one reads, all is well, by luck.",
            "如果前一位写完之后后一位才读，结果碰巧是对的。"},
           {Outcome::failed_check, Expectation::required,
            "Two customers read the same count before either writes: one ticket is sold twice.",
            "两位顾客都在对方写之前读到同一个数，一张票就卖了两次。"}}},
         {"join-instead",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "The next customer starts only when the one before has ended: nothing overlaps.",
            "前一位结束之后后一位才开始，没有任何重叠。"},
           {Outcome::failed_check, Expectation::forbidden, "One after the other, the count is always right.",
            "一个接一个地买，票数不会出错。"}}},
         {"torn-read",
          Verdict::can_fail,
          {{Outcome::ok, Expectation::required, "Nobody looks while the file is empty.",
            "文件为空的那段时间里没有人来看。"},
           {Outcome::error, Expectation::required,
            "Someone looks, without the lock, between the truncation and the write, and finds an empty file.",
            "有人不拿锁，在清空和写入之间来看，读到了空文件。"},
           {Outcome::failed_check, Expectation::forbidden,
            "The buyers hold the lock, so the count stays right.", "买票的人都拿着锁，票数不会出错。"}}}},
    .params = {{.name = "customers", .value = 11, .step_value = 3, .min = 1, .max = 40},
               {.name = "tickets", .value = 1, .step_value = 1, .min = 1, .max = 40}},
    .main = sell_tickets,
}};

}  // namespace
