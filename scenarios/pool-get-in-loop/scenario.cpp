// Squares from a pool of two processes. When does main ask for the results?
#include "core/scenario/api.hpp"

namespace {
using namespace lockstep::api;

const Function square("square", [](int number) {
  sleep(2s, "computing");  //@ compute
  return number * number;  //@ return
});

std::vector<int> numbers_up_to(int count) {
  std::vector<int> numbers;
  for (int i = 1; i <= count; ++i)
    numbers.push_back(i);
  return numbers;
}

std::vector<Item> get_in_loop(Pool pool, int count) {
  std::vector<Item> squares;
  for (int i = 1; i <= count; ++i) {
    const AsyncResult result = pool.apply_async(square, args(i));  //@ submit
    squares.push_back(result.get());                               //@ get at once
  }
  return squares;
}

std::vector<Item> get_after(Pool pool, int count) {
  std::vector<AsyncResult> results;
  for (int i = 1; i <= count; ++i)
    results.push_back(pool.apply_async(square, args(i)));  //@ submit all
  std::vector<Item> squares;
  for (const AsyncResult& result : results)
    squares.push_back(result.get());  //@ get after
  return squares;
}

std::vector<Item> by_map(Pool pool, int count) {
  return pool.map(square, numbers_up_to(count));  //@ map
}

std::vector<Item> by_map_async(Pool pool, int count) {
  const MapResult result = pool.map_async(square, numbers_up_to(count));  //@ map_async
  print("main can do something else");                                    //@ meanwhile
  return result.get();                                                    //@ get all
}

std::vector<Item> compute(const Setup& setup, Pool pool) {
  const int count = setup.param("numbers");
  if (setup.is("get-in-loop")) return get_in_loop(pool, count);  //@ in loop
  if (setup.is("get-after")) return get_after(pool, count);      //@ after
  if (setup.is("map")) return by_map(pool, count);               //@ by map
  return by_map_async(pool, count);                              //@ by map_async
}

void compute_squares(const Setup& setup) {
  const Pool pool("pool", setup.param("size"));            //@ pool
  const std::vector<Item> squares = compute(setup, pool);  //@ squares
  bool in_order = true;
  for (std::size_t i = 0; i < squares.size(); ++i) {
    const auto number = static_cast<std::int64_t>(i) + 1;
    print("{} times {} is {}", number, number, squares[i]);  //@ tell
    in_order = in_order && squares[i].as_int() == number * number;
  }
  pool.close();                                         //@ close
  pool.join();                                          //@ join
  check("the squares stand in their order", in_order);  //@ check
}

const Registration registered{{
    .id = "pool-get-in-loop",
    .chapter = Chapter::pools,
    .position = 2,
    .difficulty = 1,
    .related = {"pool-apply-async", "pool-callback", "thread-start-join"},
    .variants = {{"get-in-loop",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "main waits for each result before it hands over the next task: one at a time.",
                    "main 等到结果才交下一个任务，所以一次只有一个。"},
                   {Outcome::failed_check, Expectation::forbidden, "Each result belongs to its own task.",
                    "每个结果都对应自己的任务。"}}},
                 {"get-after",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required,
                    "All tasks are in the pool before main asks for a result.",
                    "main 问结果之前，任务已全部交给进程池。"},
                   {Outcome::failed_check, Expectation::forbidden, "Each result belongs to its own task.",
                    "每个结果都对应自己的任务。"}}},
                 {"map",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required, "map() hands over all and waits for all.",
                    "map() 全部交出，再全部等到。"},
                   {Outcome::failed_check, Expectation::forbidden,
                    "map() puts the results in the order of the numbers, whoever is done first.",
                    "不管谁先做完，map() 都按原来的次序给出结果。"}}},
                 {"map-async",
                  Verdict::ok,
                  {{Outcome::ok, Expectation::required, "map_async() hands over all and returns at once.",
                    "map_async() 全部交出，立刻返回。"},
                   {Outcome::failed_check, Expectation::forbidden,
                    "The results stand in the order of the numbers, whoever is done first.",
                    "不管谁先做完，结果都按原来的次序排列。"}}}},
    .params = {{.name = "size", .value = 2, .step_value = 2, .min = 1, .max = 10},
               {.name = "numbers", .value = 4, .step_value = 2, .min = 1, .max = 20}},
    .main = compute_squares,
}};

}  // namespace
