#include "app/model/worker_label.hpp"

#include <set>

#include "tests/catch.hpp"

using namespace lockstep;

namespace {

std::vector<std::string> badges(std::initializer_list<const char*> names) {
  std::vector<WorkerInfo> workers;
  for (const char* name : names) {
    WorkerInfo info;
    info.id = static_cast<WorkerId>(workers.size());
    info.name = name;
    workers.push_back(info);
  }
  std::vector<std::string> result;
  for (const WorkerInfo& worker : workers)
    result.push_back(badge_text(workers, worker.id));
  return result;
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("a badge is what tells the name apart") {
  CHECK(badges({"main", "Shop A", "Shop B", "Eater 1"}) == List{"m", "A", "B", "1"});
  CHECK(badges({"main", "Thread-1", "Thread-2"}) == List{"m", "1", "2"});
  CHECK(badges({"main", "Producer", "Consumer"}) == List{"m", "P", "C"});
}

TEST_CASE("badges of one run all differ") {
  for (const auto& list :
       {badges({"main", "Philosopher", "Plate", "Pot"}), badges({"main", "Shop 1", "Eater 1"}),
        badges({"main", "", ""}), badges({"main", "工人", "厨师"}), badges({"main", "m", "x"})}) {
    CHECK(std::set<std::string>(list.begin(), list.end()).size() == list.size());
    for (const std::string& badge : list)
      CHECK_FALSE(badge.empty());
  }
}

TEST_CASE("the number that tells equal names apart stays when a name is cut") {
  CHECK(number_at_end("ThreadPoolExecutor-0_3") == "_3");
  CHECK(number_at_end("ForkPoolWorker-12") == "-12");
  CHECK(number_at_end("Customer 12") == "12");
  CHECK(number_at_end("Process-1:2") == ":2");
  CHECK(number_at_end("main").empty());
  CHECK(number_at_end("12").empty());
  CHECK(number_at_end("file2").empty());
  CHECK(number_at_end("a failure can still be reached: 2").empty());
  CHECK(number_at_end("").empty());
}
