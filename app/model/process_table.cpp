#include "app/model/process_table.hpp"

#include <algorithm>
#include <map>

#include "core/analysis/exchange.hpp"
#include "core/analysis/private_value.hpp"

namespace lockstep {
namespace {

using analysis::process_of;
using Kind = ProcessColumn::Kind;

/// Connections to servers are many; more pipes than this and they get no columns.
constexpr std::size_t kMostPipes = 6;
constexpr std::size_t kFewestFolded = 4;

class Builder {
 public:
  Builder(const TraceStore& store, EventIndex n, const ProcessFolding* folding)
      : store_(store), n_(n), folding_(folding) {}

  ProcessTable build() {
    table_.nodes = process_tree(store_, n_);
    add_rows();
    add_variables();
    add_pipes();
    return std::move(table_);
  }

 private:
  void add_rows() {
    table_.rows.push_back({});
    for (std::size_t i = 0; i < table_.nodes.size();) {
      const std::size_t alike = alike_from(i);
      const WorkerId last = table_.nodes[i + alike - 1].process;
      const bool folded =
          add_fold({table_.nodes[i].process, i, false, table_.nodes[i].depth + 1, alike, false, last});
      for (std::size_t k = 0; k < alike; ++k, ++i) {
        first_row_.push_back(table_.rows.size());
        folded_.push_back(folded);
        if (!folded) add_node(i);
        row_count_.push_back(table_.rows.size() - first_row_.back());
      }
    }
  }

  void add_node(std::size_t i) {
    const ProcessNode& node = table_.nodes[i];
    table_.rows.push_back({node.process, i, false, node.depth + 1});
    for (std::size_t t = 0; t < node.threads.size();) {
      std::size_t alike = 1;
      while (t + alike < node.threads.size() && are_alike(node.threads[t], node.threads[t + alike]))
        ++alike;
      const WorkerId last = node.threads[t + alike - 1];
      const bool folded = add_fold({node.threads[t], i, true, node.depth + 2, alike, false, last});
      for (std::size_t k = 0; k < alike; ++k, ++t) {
        if (!folded) table_.rows.push_back({node.threads[t], i, true, node.depth + 2});
      }
    }
  }

  /// Adds the row if there are enough; true if those it stands for have none.
  bool add_fold(ProcessRow row) {
    if (folding_ == nullptr || row.folded < kFewestFolded) return false;
    row.open = folding_->opened.contains(row.worker);
    table_.rows.push_back(row);
    return !row.open;
  }

  /// How many processes from that one on are alike, it included.
  std::size_t alike_from(std::size_t first) const {
    std::size_t count = 1;
    while (first + count < table_.nodes.size() && is_plain(first) && is_plain(first + count) &&
           table_.nodes[first + count].creator == table_.nodes[first].creator &&
           table_.nodes[first + count].parent == table_.nodes[first].parent &&
           are_alike(table_.nodes[first].process, table_.nodes[first + count].process))
      ++count;
    return count;
  }

  /// Gone, and nobody's parent.
  bool is_plain(std::size_t i) const {
    const ProcessNode& node = table_.nodes[i];
    const bool has_child = i + 1 < table_.nodes.size() && table_.nodes[i + 1].depth > node.depth;
    return node.stage == ProcessStage::gone && node.threads.empty() && !has_child;
  }

  /// A pool's workers are not the program's own: their names differ before the number.
  std::string_view stem_of(WorkerId worker) const {
    const std::string_view name = store_.workers()[worker].name;
    return name.substr(0, name.find_last_not_of("0123456789") + 1);
  }

  bool are_alike(WorkerId a, WorkerId b) const {
    if (stem_of(a) != stem_of(b)) return false;
    const WorkerView one = store_.worker_after(a, n_), other = store_.worker_after(b, n_);
    return one.state == WorkerState::finished && other.state == one.state && one.exit_code == other.exit_code;
  }

  ProcessCell cell_of(std::size_t node) const {
    const ProcessNode& owner = table_.nodes[node];
    ProcessCell cell;
    cell.first_row = first_row_[node];
    cell.rows = row_count_[node];
    cell.process = owner.process;
    cell.gone = owner.stage == ProcessStage::gone || owner.stage == ProcessStage::zombie;
    return cell;
  }

  void add_variables() {
    for (const ObjectInfo& object : store_.objects()) {
      if (object.kind == ObjectKind::global) add_copied(object);
    }
    for (const ObjectInfo& object : store_.objects()) {
      if (object.kind == ObjectKind::shared || object.kind == ObjectKind::file) add_shared(object);
      if (object.kind == ObjectKind::managed) add_served(object);
    }
  }

  void add_copied(const ObjectInfo& object) {
    ProcessColumn column{.kind = Kind::copied, .object = object.id, .cells = {}};
    const std::map<WorkerId, Value> copies = copies_of(object);
    for (std::size_t i = 0; i < table_.nodes.size(); ++i) {
      ProcessCell cell = cell_of(i);
      cell.value = copies.at(cell.process);
      const auto creator = copies.find(table_.nodes[i].creator);
      cell.differs = creator != copies.end() && creator->second != cell.value;
      if (!folded_[i]) column.cells.push_back(cell);
    }
    table_.columns.push_back(std::move(column));
  }

  /// The value in each process: as the program last read or wrote it there, or as its creator's was when it
  /// was started.
  std::map<WorkerId, Value> copies_of(const ObjectInfo& object) const {
    std::map<WorkerId, Value> copies;
    const EventIndices events = store_.events_of_object(object.id);
    auto next = events.begin();
    const auto catch_up = [&](EventIndex until) {
      for (; next != events.end() && *next < until; ++next)
        copies[process_of(store_, store_[*next].worker)] = store_[*next].value();
    };
    for (const auto& [start, process] : starts()) {
      catch_up(start);
      const WorkerId starter = store_.workers()[process].parent;
      const auto creator = starter == kNoWorker ? copies.end() : copies.find(process_of(store_, starter));
      copies[process] =
          creator == copies.end() ? Value{object.initial_type, object.initial} : creator->second;
    }
    catch_up(n_);
    return copies;
  }

  /// Of the processes that have been started, in that order.
  std::vector<std::pair<EventIndex, WorkerId>> starts() const {
    std::vector<std::pair<EventIndex, WorkerId>> result;
    for (const ProcessNode& node : table_.nodes) {
      const EventIndices events = store_.events_of_object(store_.workers()[node.process].object);
      result.emplace_back(events.empty() ? 0 : events.front(), node.process);
    }
    std::ranges::sort(result);
    return result;
  }

  void add_shared(const ObjectInfo& object) {
    if (table_.nodes.empty()) return;
    const ObjectView view = store_.object_after(object.id, n_);
    ProcessCell cell;
    cell.first_row = first_row_.front();
    cell.rows = table_.rows.size() - cell.first_row;
    cell.value = view.value;
    cell.has_value = view.has_value;
    table_.columns.push_back({.kind = Kind::shared, .object = object.id, .cells = {cell}});
  }

  void add_served(const ObjectInfo& object) {
    const auto server = std::ranges::find(table_.nodes, object.owner, &ProcessNode::process);
    const ObjectView view = store_.object_after(object.id, n_);
    if (server == table_.nodes.end() || !view.has_value) return;
    const auto node = static_cast<std::size_t>(server - table_.nodes.begin());
    if (folded_[node]) return;
    ProcessCell cell = cell_of(node);
    cell.value = view.value;
    table_.columns.push_back({.kind = Kind::served, .object = object.id, .cells = {cell}});
  }

  void add_pipes() {
    std::vector<ObjectId> pipes, connections;
    for (const ObjectInfo& object : store_.objects()) {
      if (object.kind == ObjectKind::pipe) (object.initial < 2 ? pipes : connections).push_back(object.id);
    }
    const bool all = pipes.size() + connections.size() <= kMostPipes;
    if (!all) table_.hidden_pipes = connections.size();
    if (all) pipes.insert(pipes.end(), connections.begin(), connections.end());
    for (const ObjectId pipe : pipes)
      add_pipe(pipe);
  }

  void add_pipe(ObjectId pipe) {
    // What was held at first counts as well as what was inherited: closed is what is left of it.
    analysis::Exchange now(store_.objects()[pipe]);
    std::map<WorkerId, int> ever;
    const auto note = [&] {
      for (const ProcessNode& node : table_.nodes) {
        if (now.has_writer(node.process)) ever[node.process] |= pipe_end::write;
        if (now.has_reader(node.process)) ever[node.process] |= pipe_end::read;
      }
    };
    note();
    for (const EventIndex index : store_.events_of_object(pipe)) {
      if (index >= n_) break;
      now.apply(store_[index], process_of(store_, store_[index].worker), store_);
      if (store_[index].kind == EventKind::pipe_inherit) note();
    }
    ProcessColumn column{.kind = Kind::pipe, .object = pipe, .cells = {}, .under_way = now.count()};
    for (std::size_t i = 0; i < table_.nodes.size(); ++i) {
      ProcessCell cell = cell_of(i);
      const int writes = now.has_writer(cell.process) ? pipe_end::write : 0;
      const int reads = now.has_reader(cell.process) ? pipe_end::read : 0;
      cell.held = writes | reads;
      cell.closed = ever[cell.process] & ~cell.held;
      column.write_copies += writes != 0 ? 1 : 0;
      column.read_copies += reads != 0 ? 1 : 0;
      if ((cell.held | cell.closed) != 0 && !folded_[i]) column.cells.push_back(cell);
    }
    table_.columns.push_back(std::move(column));
  }

  const TraceStore& store_;
  EventIndex n_;
  const ProcessFolding* folding_;
  ProcessTable table_;
  std::vector<std::size_t> first_row_, row_count_;  // of each node
  std::vector<bool> folded_;                        // likewise: it has no row
};

}  // namespace

ProcessTable process_table(const TraceStore& store, EventIndex n, const ProcessFolding* folding) {
  return Builder(store, n, folding).build();
}

}  // namespace lockstep
