#include "core/explore/state_digest.hpp"

#include <algorithm>
#include <vector>

#include "core/explore/mix.hpp"
#include "core/runtime/apply.hpp"

namespace lockstep {
namespace {

/// What parts are told apart by. Parts are added up, so that their order does not count.
enum Part : std::uint64_t { worker_part = 1, object_part, word_part, file_part, end_part, asked_part };

template <class Enum>
std::uint64_t number(Enum value) {
  return static_cast<std::uint64_t>(value);
}

class StateDigest {
 public:
  StateDigest(FiberRuntime& runtime, StableNames& names)
      : runtime_(runtime), arena_(runtime.arena()), names_(names) {}

  std::uint64_t compute() {
    std::uint64_t sum = 0;
    const StepControl& control = arena_.header().step;
    by_clock_ = control.rule == SleepRule::clock_order;
    if (by_clock_) sum += number(control.clock);
    for (std::uint32_t id = 0; id < arena_.worker_count(); ++id)
      sum += of_worker(static_cast<WorkerId>(id));
    for (std::uint32_t id = 1; id < arena_.object_count(); ++id)
      sum += of_object(static_cast<ObjectId>(id));
    runtime_.memory_files().each([&](std::string_view name, std::string_view content) {
      sum += mixed(mixed(file_part, digest_of(name)), digest_of(content));
    });
    return sum + of_end();
  }

 private:
  /// What has gone wrong so far: the end will tell of it.
  std::uint64_t of_end() {
    const FiberEnd& end = runtime_.end_so_far();
    std::uint64_t sum = mixed(
        end_part, static_cast<unsigned>(end.check_failed) | static_cast<unsigned>(end.error_raised) << 1 |
                      static_cast<unsigned>(end.killed) << 2 | static_cast<unsigned>(end.deadlock) << 3 |
                      static_cast<unsigned>(end.stuck) << 4);
    runtime_.asked_to_end().each([&](WorkerId id) {
      if (arena_.worker(id).step.stand != Stand::ended) sum += mixed(asked_part, names_.worker(id));
    });
    return sum;
  }

  std::uint64_t of_worker(WorkerId id) {
    const WorkerSlot& slot = arena_.worker(id);
    const StepSlot& step = slot.step;
    std::uint64_t digest = mixed(worker_part, names_.worker(id));
    digest = mixed(digest, number(stand_of(slot)) << 8 | step.signal);
    if (step.stand == Stand::ended || step.stand == Stand::absent) return digest;
    digest = mixed(mixed(digest, step.history), step.random);
    if (by_clock_) digest = mixed(digest, number(step.due));
    const bool has_call =
        step.stand == Stand::at_call || step.stand == Stand::waiting || step.stand == Stand::ending;
    if (!has_call) return digest;
    const PendingCall& call = slot.pending;
    digest = mixed(digest, number(call.kind) << 32 | names_.object(call.object));
    digest = mixed(digest, number_of_arg(call));
    return mixed(digest, number(call.type) << 32 | call.extra);
  }

  std::uint64_t number_of_arg(const PendingCall& call) {
    switch (call.kind) {
      case EventKind::terminate:
      case EventKind::kill:
      case EventKind::pipe_inherit:
      case EventKind::pool_hire: return names_.worker(static_cast<WorkerId>(call.arg));
      case EventKind::socket_connect:
      case EventKind::pool_submit: return names_.object(static_cast<ObjectId>(call.arg));
      default: return number(call.arg);
    }
  }

  /// Waiting for what changes nothing by being waited for is no other state than standing before it.
  static Stand stand_of(const WorkerSlot& slot) {
    const bool no_matter = slot.step.stand == Stand::waiting && slot.pending.operation->enter == nullptr;
    return no_matter ? Stand::at_call : slot.step.stand;
  }

  std::uint64_t of_object(ObjectId id) {
    const ObjectSlot& slot = arena_.object(id);
    switch (slot.kind) {
      case ObjectKind::console:
      case ObjectKind::check:
      case ObjectKind::local:
      case ObjectKind::file: return 0;  // a file's content is looked at elsewhere
      case ObjectKind::global: return of_words(id);
      default: break;
    }
    const ObjectState& state = current_state(slot);
    std::uint64_t digest = mixed(object_part, names_.object(id));
    digest = mixed(digest, number(state.value));
    digest = mixed(digest, number(state.limit));
    const std::uint64_t owner = state.owner == kNoWorker ? 0 : names_.worker(state.owner) + std::uint64_t{1};
    digest = mixed(digest, owner << 16 | state.count);
    digest = mixed(digest, state.generation);
    if (!state.asleep.empty() || !state.chosen.empty())
      digest = mixed(mixed(digest, of_sleepers(slot.kind, state.asleep)), of_set(state.chosen));
    for (std::uint64_t item = state.got; item != state.put; ++item) {
      const QueueSlot& value = arena_.items(slot)[item % slot.item_capacity];
      digest = mixed(mixed(digest, number(value.type) << 8 | value.tag), number(value.bits));
      if (value.about != kNoObject) digest = mixed(digest, names_.object(value.about));
    }
    return digest;
  }

  std::uint64_t of_words(ObjectId id) {
    std::uint64_t sum = 0;
    for (std::uint32_t worker = 0; worker < arena_.worker_count(); ++worker) {
      const auto process = static_cast<WorkerId>(worker);
      const WorkerSlot& slot = arena_.worker(process);
      if (slot.process != process || slot.step.stand == Stand::absent) continue;
      const std::uint64_t whose = mixed(mixed(word_part, names_.worker(process)), names_.object(id));
      sum += mixed(whose, number(runtime_.private_value(process, id)));
    }
    return sum;
  }

  std::uint64_t of_set(const WorkerSet& set) {
    std::uint64_t sum = 0;
    set.each([&](WorkerId id) { sum += mixed(worker_part, names_.worker(id)); });
    return sum;
  }

  /// A condition wakes its sleepers in the order in which they came.
  std::uint64_t of_sleepers(ObjectKind kind, const WorkerSet& set) {
    if (kind != ObjectKind::condition) return of_set(set);
    std::vector<WorkerId> sleepers;
    set.each([&](WorkerId id) { sleepers.push_back(id); });
    std::sort(sleepers.begin(), sleepers.end(), [&](WorkerId a, WorkerId b) {
      return arena_.worker(a).condition_ticket < arena_.worker(b).condition_ticket;
    });
    std::uint64_t digest = 0;
    for (const WorkerId id : sleepers)
      digest = mixed(digest, names_.worker(id));
    return digest;
  }

  FiberRuntime& runtime_;
  Arena& arena_;
  StableNames& names_;
  bool by_clock_ = false;
};

}  // namespace

std::uint64_t digest_of_state(FiberRuntime& runtime, StableNames& names) {
  return StateDigest(runtime, names).compute();
}

}  // namespace lockstep
