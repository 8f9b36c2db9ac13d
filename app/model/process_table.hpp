// The table of the tab "Processes": a row for each process and thread, a column for each variable and pipe,
// and a cell for what a process has of it. Pure: no ImGui, no words.
#pragma once

#include <set>
#include <vector>

#include "core/analysis/process_tree.hpp"

namespace lockstep {

struct ProcessRow {
  WorkerId worker = kSandbox;  ///< kSandbox: the run's supervisor, whose child main is
  std::size_t node = 0;        ///< index into ProcessTable::nodes; of no meaning for the supervisor
  bool thread = false;         ///< a thread inside that process
  int depth = 0;
  /// > 0: the row stands for so many ended siblings that are alike, from `worker` to `last`. If it is open,
  /// their rows follow.
  std::size_t folded = 0;
  bool open = false;
  WorkerId last = kNoWorker;
};

/// Folds ended siblings that are alike (same exit code, no children or threads), if there are four or more.
struct ProcessFolding {
  std::set<WorkerId> opened;  ///< the first ones of those that are not folded
};

/// The ends of a pipe, as bits.
namespace pipe_end {
inline constexpr int write = 1;
inline constexpr int read = 2;
}  // namespace pipe_end

/// What one process, or all of them, have of a variable or a pipe.
struct ProcessCell {
  std::size_t first_row = 0, rows = 0;
  WorkerId process = kNoWorker;  ///< kNoWorker: all of them, there is only one
  bool gone = false;             ///< the process has ended, and its memory is given back
  Value value{};                 ///< variables
  bool has_value = true;
  bool differs = false;  ///< a copy that is no longer what the creator of its process has
  int held = 0;          ///< pipes: ends of which the process holds a copy (pipe_end)
  int closed = 0;        ///< pipes: ends of which it held one
};

struct ProcessColumn {
  enum class Kind : std::uint8_t {
    copied,  ///< Global: each process has its own; a cell for each
    shared,  ///< Shared, Value, Array, File: one cell over all rows
    served,  ///< a manager's dict or list: one cell, in the server's memory
    pipe,    ///< a cell for each process that holds or held an end
  };
  Kind kind = Kind::copied;
  ObjectId object = kNoObject;
  std::vector<ProcessCell> cells;
  std::int64_t under_way = 0;             ///< pipes: messages sent and not received
  int write_copies = 0, read_copies = 0;  ///< pipes: processes that hold that end
};

struct ProcessTable {
  std::vector<ProcessNode> nodes;
  std::vector<ProcessRow> rows;  ///< the supervisor, then as the nodes lie, each followed by its threads
  std::vector<ProcessColumn> columns;
  std::size_t hidden_pipes = 0;  ///< connections that have no column, because there are too many
};

/// After the first `n` events. Without `folding` each has its row; who is folded has no cells.
ProcessTable process_table(const TraceStore& store, EventIndex n, const ProcessFolding* folding = nullptr);

}  // namespace lockstep
