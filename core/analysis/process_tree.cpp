#include "core/analysis/process_tree.hpp"

#include <map>

#include "core/analysis/process_of.hpp"
#include "core/event/worker_state.hpp"

namespace lockstep {
namespace {

/// What the events tell of a process, before they are put together.
struct Life {
  bool ended = false;
  EventIndex end = kNoEvent;
  bool waited_for = false;
  EventIndex asked = kNoEvent;
};

class Tree {
 public:
  Tree(const TraceStore& store, EventIndex n) : store_(store), n_(n) {}

  std::vector<ProcessNode> build() {
    for (const WorkerInfo& worker : store_.workers()) {
      if (!store_.has_worker(worker.id)) continue;
      const WorkerState state = store_.worker_after(worker.id, n_).state;
      if (state == WorkerState::created) continue;
      if (worker.kind == WorkerKind::thread)
        threads_[analysis::process_of(store_, worker.id)].push_back(worker.id);
      else
        lives_.emplace(worker.id, life_of(worker, state));
    }
    for (const auto& [process, life] : lives_)
      nodes_.emplace(process, node_of(process, life));
    for (const auto& [process, node] : nodes_) {
      if (node.parent == kSandbox || !nodes_.contains(node.parent)) add(process, 0);
    }
    return std::move(result_);
  }

 private:
  Life life_of(const WorkerInfo& worker, WorkerState state) const {
    Life life;
    life.ended = has_ended(state);
    for (const EventIndex index : store_.events_of_object(worker.object)) {
      if (index >= n_) break;
      const Event& event = store_[index];
      switch (event.kind) {
        case EventKind::worker_end:
        case EventKind::worker_killed:
        case EventKind::worker_cut_off: life.end = index; break;
        case EventKind::join: life.waited_for = true; break;
        case EventKind::kernel_state: life.asked = index; break;
        default: break;
      }
    }
    return life;
  }

  ProcessNode node_of(WorkerId process, const Life& life) {
    ProcessNode node;
    node.process = process;
    node.asked = life.asked;
    node.threads = threads_[process];
    const WorkerId starter = store_.workers()[process].parent;
    if (starter != kNoWorker) node.creator = analysis::process_of(store_, starter);
    const auto creator = lives_.find(node.creator);
    const bool left = creator != lives_.end() && creator->second.ended;
    // An event of death that nobody has recorded counts as later than those that are.
    node.adopted = left && (!life.ended || life.end > creator->second.end);
    if (creator != lives_.end() && !node.adopted) node.parent = node.creator;
    node.stage = stage_of(process, life, creator == lives_.end() || left);
    return node;
  }

  ProcessStage stage_of(WorkerId process, const Life& life, bool parent_is_gone) const {
    if (!life.ended) {
      const bool begun = store_.worker_after(process, n_).state != WorkerState::ready;
      return begun ? ProcessStage::alive : ProcessStage::starting;
    }
    return life.waited_for || parent_is_gone ? ProcessStage::gone : ProcessStage::zombie;
  }

  void add(WorkerId process, int depth) {
    ProcessNode& node = nodes_.at(process);
    node.depth = depth;
    result_.push_back(node);
    for (const auto& [child, other] : nodes_) {
      if (other.parent == process && child != process) add(child, depth + 1);
    }
  }

  const TraceStore& store_;
  EventIndex n_;
  std::map<WorkerId, std::vector<WorkerId>> threads_;
  std::map<WorkerId, Life> lives_;
  std::map<WorkerId, ProcessNode> nodes_;
  std::vector<ProcessNode> result_;
};

}  // namespace

std::vector<ProcessNode> process_tree(const TraceStore& store, EventIndex n) {
  return Tree(store, n).build();
}

int adopter_pid(const TraceStore& store, EventIndex n) {
  for (const WorkerInfo& worker : store.workers()) {
    if (worker.kind == WorkerKind::thread || worker.object == kNoObject) continue;
    for (const EventIndex index : store.events_of_object(worker.object)) {
      if (index >= n) break;
      const Event& event = store[index];
      if (event.kind == EventKind::parent_pid && event.arg == kSandbox) return static_cast<int>(event.extra);
    }
  }
  return 0;
}

}  // namespace lockstep
