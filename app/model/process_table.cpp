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

class Builder {
 public:
  Builder(const TraceStore& store, EventIndex n) : store_(store), n_(n) {}

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
    for (std::size_t i = 0; i < table_.nodes.size(); ++i) {
      const ProcessNode& node = table_.nodes[i];
      first_row_.push_back(table_.rows.size());
      table_.rows.push_back({node.process, i, false, node.depth + 1});
      for (const WorkerId thread : node.threads)
        table_.rows.push_back({thread, i, true, node.depth + 2});
    }
  }

  ProcessCell cell_of(std::size_t node) const {
    const ProcessNode& owner = table_.nodes[node];
    ProcessCell cell;
    cell.first_row = first_row_[node];
    cell.rows = 1 + owner.threads.size();
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
      column.cells.push_back(cell);
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
    ProcessCell cell = cell_of(static_cast<std::size_t>(server - table_.nodes.begin()));
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
      if ((cell.held | cell.closed) != 0) column.cells.push_back(cell);
    }
    table_.columns.push_back(std::move(column));
  }

  const TraceStore& store_;
  EventIndex n_;
  ProcessTable table_;
  std::vector<std::size_t> first_row_;  // of each node
};

}  // namespace

ProcessTable process_table(const TraceStore& store, EventIndex n) { return Builder(store, n).build(); }

}  // namespace lockstep
