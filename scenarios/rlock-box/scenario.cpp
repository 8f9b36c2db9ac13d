// A box whose methods take its lock, and call another method that takes the same lock again.
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

class Box {
 public:
  explicit Box(AnyLock lock) : lock_(lock), items_("items") {}

  void execute(int change) const {
    const With held(lock_);                //@ inner lock
    items_.store(items_.load() + change);  //@ change
  }

  void add() const {
    const With held(lock_);  //@ add lock
    execute(+1);             //@ add
  }

  void remove() const {
    const With held(lock_);  //@ remove lock
    execute(-1);             //@ remove
  }

  int items() const { return items_.load(); }  //@ items

 private:
  AnyLock lock_;
  Shared<int> items_;
};

void adder(Box box, int items) {
  for (int i = 1; i <= items; ++i) {
    box.add();                                //@ add one
    print("added one, {} to go", items - i);  //@ added
    sleep(1s, "fetching the next");           //@ fetch
  }
}

void remover(Box box, int items) {
  for (int i = 1; i <= items; ++i) {
    box.remove();                               //@ remove one
    print("removed one, {} to go", items - i);  //@ removed
    sleep(1s, "carrying it away");              //@ carry
  }
}

void move_items(const Setup& setup) {
  const int items = setup.param("items");
  const Box box(setup.is("rlock") ? AnyLock(RLock("box lock")) : AnyLock(Lock("box lock")));
  const Thread first({.name = "Adder"}, adder, box, items);
  const Thread second({.name = "Remover"}, remover, box, items);
  first.start();   //@ start adder
  second.start();  //@ start remover
  first.join();    //@ join adder
  second.join();   //@ join remover

  Local left("left", box.items());           //@ left
  print("{} items in the box", left.get());  //@ tell
  check("the box is as it was", left == 0);  //@ check
}

const Registration registered{{
    .id = "rlock-box",
    .chapter = Chapter::locks,
    .position = 5,
    .difficulty = 2,
    .related = {"rlock-reentry", "deadlock"},
    .variants =
        {{"rlock",
          Verdict::ok,
          {{Outcome::ok, Expectation::required,
            "The owner of an RLock may take it again; the last release makes it free for the other one.",
            "RLock 的持有者可以再次获取；最后一次释放之后，另一个线程才能拿到。"},
           {Outcome::failed_check, Expectation::forbidden,
            "Every change happens inside the lock, so none is lost.", "每次改动都在锁里，一次也不会丢。"},
           {Outcome::deadlock, Expectation::forbidden, "Nobody has to wait for itself.",
            "没有谁需要等自己。"}}},
         {"lock",
          Verdict::always_fails,
          {{Outcome::ok, Expectation::forbidden, "Whoever is first never gets past its second acquire.",
            "先来的一定卡在第二次获取上。"},
           {Outcome::deadlock, Expectation::required,
            "A worker waits for a lock that it holds itself; nobody else can release it.",
            "线程在等自己手里的锁，而别人不会替它释放。"}}}},
    .params = {{.name = "items", .value = 5, .step_value = 2, .min = 1, .max = 20}},
    .main = move_items,
}};

}  // namespace
