// The table of the tab "Processes": whose copy has which value, and who holds which end of a pipe.
#include "app/model/process_table.hpp"

#include <algorithm>

#include "tests/catch.hpp"
#include "tests/trace/trace_builder.hpp"

using namespace lockstep;
using test::TraceBuilder;

namespace {

const ProcessColumn& column_of(const ProcessTable& table, ObjectId object) {
  const auto it = std::ranges::find(table.columns, object, &ProcessColumn::object);
  REQUIRE(it != table.columns.end());
  return *it;
}

const ProcessCell* cell_of(const ProcessColumn& column, WorkerId process) {
  const auto it = std::ranges::find(column.cells, process, &ProcessCell::process);
  return it == column.cells.end() ? nullptr : &*it;
}

void inherit(TraceBuilder& t, ObjectId pipe, WorkerId by, WorkerId child, std::uint32_t ends) {
  t.add(Event{.arg = child, .extra = ends, .worker = by, .object = pipe, .kind = EventKind::pipe_inherit});
}

}  // namespace

TEST_CASE("a process gets its creator's copy as it was at the start, and changes its own alone") {
  TraceBuilder t;
  const ObjectId value = t.object(ObjectKind::global, "value", 100);
  t.store(kMainWorker, value, 7);
  const WorkerId child = t.running("Child", WorkerKind::process);
  const EventIndex copied = t.size();
  t.store(child, value, 8);
  const WorkerId grandchild = t.running("Grandchild", WorkerKind::process, child);
  t.store(kMainWorker, value, 9);

  const ProcessColumn before = column_of(process_table(t.store(), copied), value);
  CHECK(before.kind == ProcessColumn::Kind::copied);
  CHECK(cell_of(before, child)->value == Value::of_int(7));
  CHECK(!cell_of(before, child)->differs);
  const ProcessColumn after = column_of(process_table(t.store(), t.size()), value);
  CHECK(cell_of(after, kMainWorker)->value == Value::of_int(9));
  CHECK(cell_of(after, child)->value == Value::of_int(8));
  CHECK(cell_of(after, grandchild)->value == Value::of_int(8));
  CHECK(!cell_of(after, kMainWorker)->differs);
  CHECK(cell_of(after, child)->differs);
  CHECK(!cell_of(after, grandchild)->differs);
}

TEST_CASE("threads share the copy of their process: one cell over all their rows") {
  TraceBuilder t;
  const ObjectId value = t.object(ObjectKind::global, "value", 100);
  const WorkerId thread = t.running("Thread");
  const WorkerId child = t.running("Child", WorkerKind::process);
  t.store(thread, value, 0);
  const ProcessTable table = process_table(t.store(), t.size());
  REQUIRE(table.rows.size() == 4);  // supervisor, main, its thread, Child
  CHECK(table.rows[2].worker == thread);
  CHECK(table.rows[2].thread);
  const ProcessColumn& column = column_of(table, value);
  CHECK(cell_of(column, kMainWorker)->first_row == 1);
  CHECK(cell_of(column, kMainWorker)->rows == 2);
  CHECK(cell_of(column, kMainWorker)->value == Value::of_int(0));
  CHECK(cell_of(column, child)->rows == 1);
}

TEST_CASE("what is shared has one cell over all processes, and memory of the ended is marked as gone") {
  TraceBuilder t;
  const ObjectId own = t.object(ObjectKind::global, "own", 1);
  const ObjectId shared = t.shared(5, "shared");
  const WorkerId child = t.running("Child", WorkerKind::process);
  t.store(child, shared, 6);
  t.end(child);
  const ProcessTable table = process_table(t.store(), t.size());
  const ProcessColumn& one = column_of(table, shared);
  REQUIRE(one.cells.size() == 1);
  CHECK(one.cells[0].process == kNoWorker);
  CHECK(one.cells[0].first_row == 1);
  CHECK(one.cells[0].rows == 2);
  CHECK(one.cells[0].value == Value::of_int(6));
  CHECK(!one.cells[0].gone);
  CHECK(cell_of(column_of(table, own), child)->gone);
}

TEST_CASE("each copy of a pipe's end is held until its process closes it or ends") {
  TraceBuilder t;
  const ObjectId pipe =
      t.object({.name = "pipe", .kind = ObjectKind::pipe, .initial = 1, .limit = 256, .owner = kMainWorker});
  const WorkerId child = t.worker("Child", WorkerKind::process);
  inherit(t, pipe, kMainWorker, child, 3);
  t.start(kMainWorker, child);
  t.begin(child);
  ProcessColumn column = column_of(process_table(t.store(), t.size()), pipe);
  CHECK(column.write_copies == 2);
  CHECK(column.read_copies == 2);
  CHECK(cell_of(column, child)->held == (pipe_end::write | pipe_end::read));

  t.add(child, EventKind::pipe_close, pipe, pipe_end::read);
  t.add(child, EventKind::pipe_send, pipe, Value::of_int(1));
  column = column_of(process_table(t.store(), t.size()), pipe);
  CHECK(cell_of(column, child)->held == pipe_end::write);
  CHECK(cell_of(column, child)->closed == pipe_end::read);
  CHECK(column.under_way == 1);
  t.add(kMainWorker, EventKind::pipe_close, pipe, pipe_end::write);
  t.add(child, EventKind::pipe_close, pipe, pipe_end::write);
  column = column_of(process_table(t.store(), t.size()), pipe);
  CHECK(column.write_copies == 0);
  CHECK(column.read_copies == 1);
}

TEST_CASE("a manager's dict lies in the server alone") {
  TraceBuilder t;
  const WorkerId server = t.running("Server", WorkerKind::process);
  const ObjectId dict = t.object(
      {.name = "shared", .kind = ObjectKind::managed, .initial_type = ValueType::none, .owner = server});
  t.add(server, EventKind::managed_call, dict, t.text_value("{'count': 100}"));
  const ProcessColumn column = column_of(process_table(t.store(), t.size()), dict);
  REQUIRE(column.cells.size() == 1);
  CHECK(column.kind == ProcessColumn::Kind::served);
  CHECK(column.cells[0].process == server);
}

TEST_CASE("ended siblings that are alike are one row, which opens") {
  TraceBuilder t;
  std::vector<WorkerId> children;
  for (int i = 0; i < 6; ++i) {
    children.push_back(t.worker("Child " + std::to_string(i), WorkerKind::process));
    t.start(kMainWorker, children.back());
    t.begin(children.back());
  }
  for (int i = 0; i < 5; ++i) {
    t.end(children[static_cast<std::size_t>(i)]);
    t.join(kMainWorker, children[static_cast<std::size_t>(i)]);
  }
  ProcessFolding folding;
  const auto rows = [&] { return process_table(t.store(), t.size(), &folding).rows; };
  REQUIRE(rows().size() == 4);  // the supervisor, main, five that have ended, one that lives
  CHECK(rows()[2].folded == 5);
  CHECK(rows()[2].worker == children[0]);
  CHECK(rows()[2].last == children[4]);
  CHECK(rows()[3].worker == children[5]);
  CHECK(process_table(t.store(), t.size()).rows.size() == 8);
  folding.opened.insert(children[0]);
  REQUIRE(rows().size() == 9);
  CHECK(rows()[2].open);
  CHECK(rows()[3].worker == children[0]);
}
