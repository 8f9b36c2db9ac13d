// Who is whose child, who is a zombie, who was adopted: from hand-written traces.
#include "core/analysis/process_tree.hpp"

#include <algorithm>

#include "tests/catch.hpp"
#include "tests/trace/trace_builder.hpp"

using namespace lockstep;
using test::TraceBuilder;

namespace {

const ProcessNode* find(const std::vector<ProcessNode>& tree, WorkerId process) {
  const auto it = std::ranges::find(tree, process, &ProcessNode::process);
  return it == tree.end() ? nullptr : &*it;
}

}  // namespace

TEST_CASE("a process is in the tree from its start on, under the process that started it", "[analysis]") {
  TraceBuilder t;
  const WorkerId father = t.running("Father", WorkerKind::process);
  const WorkerId helper = t.running("Helper", WorkerKind::thread, father);
  const WorkerId child = t.worker("Child", WorkerKind::process, helper);  // made by a thread of Father
  CHECK(find(process_tree(t.store(), t.size()), child) == nullptr);
  t.start(helper, child);
  CHECK(find(process_tree(t.store(), t.size()), child)->stage == ProcessStage::starting);
  t.begin(child);

  const auto tree = process_tree(t.store(), t.size());
  REQUIRE(tree.size() == 3);
  CHECK(tree[0].process == kMainWorker);
  CHECK(tree[0].parent == kSandbox);
  CHECK(tree[1].process == father);
  CHECK(tree[1].threads == std::vector{helper});
  CHECK(tree[2].process == child);
  CHECK(tree[2].parent == father);
  CHECK(tree[2].depth == 2);
  CHECK(tree[2].stage == ProcessStage::alive);
}

TEST_CASE("a process that has ended is a zombie until its parent waits for it", "[analysis]") {
  TraceBuilder t;
  const WorkerId child = t.running("Child", WorkerKind::process);
  const EventIndex alive = t.size();
  t.end(child);
  const EventIndex ended = t.size();
  t.join(kMainWorker, child);
  CHECK(find(process_tree(t.store(), alive), child)->stage == ProcessStage::alive);
  CHECK(find(process_tree(t.store(), ended), child)->stage == ProcessStage::zombie);
  CHECK(find(process_tree(t.store(), t.size()), child)->stage == ProcessStage::gone);
}

TEST_CASE("a wait that timed out leaves a zombie, and nobody is a zombie whose parent has ended",
          "[analysis]") {
  TraceBuilder t;
  const WorkerId father = t.running("Father", WorkerKind::process);
  const WorkerId child = t.running("Child", WorkerKind::process, father);
  t.block(father, t.object_of(child), EventKind::join, true);
  t.timed_out(father, t.object_of(child), EventKind::join);
  t.killed(child);
  CHECK(find(process_tree(t.store(), t.size()), child)->stage == ProcessStage::zombie);
  t.killed(father);
  const auto tree = process_tree(t.store(), t.size());
  CHECK(find(tree, child)->stage == ProcessStage::gone);
  CHECK(!find(tree, child)->adopted);
  CHECK(find(tree, father)->stage == ProcessStage::zombie);
}

TEST_CASE("who outlives its creator is adopted by the supervisor, also afterwards", "[analysis]") {
  TraceBuilder t;
  const WorkerId father = t.running("Father", WorkerKind::process);
  const WorkerId child = t.running("Child", WorkerKind::process, father);
  t.killed(father);
  t.join(kMainWorker, father);
  auto tree = process_tree(t.store(), t.size());
  CHECK(find(tree, child)->adopted);
  CHECK(find(tree, child)->parent == kSandbox);
  CHECK(find(tree, child)->creator == father);
  CHECK(find(tree, child)->depth == 0);
  CHECK(tree.back().process == child);
  t.end(child);
  tree = process_tree(t.store(), t.size());
  CHECK(find(tree, child)->adopted);
  CHECK(find(tree, child)->stage == ProcessStage::gone);
}

TEST_CASE("what the program asked the kernel is known from the question on", "[analysis]") {
  TraceBuilder t;
  const WorkerId child = t.running("Child", WorkerKind::process);
  t.end(child);
  const EventIndex before = t.size();
  const EventIndex asked = t.add(kMainWorker, EventKind::kernel_state, t.object_of(child), 'Z');
  CHECK(find(process_tree(t.store(), before), child)->asked == kNoEvent);
  CHECK(find(process_tree(t.store(), t.size()), child)->asked == asked);

  CHECK(adopter_pid(t.store(), t.size()) == 0);
  t.add(Event{.arg = kSandbox,
              .extra = 4711,
              .worker = kMainWorker,
              .object = t.object_of(child),
              .kind = EventKind::parent_pid});
  CHECK(adopter_pid(t.store(), t.size()) == 4711);
  CHECK(adopter_pid(t.store(), t.size() - 1) == 0);
}
