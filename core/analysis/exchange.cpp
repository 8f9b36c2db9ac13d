#include "core/analysis/exchange.hpp"

#include "core/analysis/process_of.hpp"

namespace lockstep::analysis {
namespace {

constexpr std::int64_t kMostBytes = 65536;  // as in core/process/channel_operations.cpp
constexpr std::int64_t kWriteEnd = 1;
constexpr std::int64_t kReadEnd = 2;

std::int64_t bytes_of(Value value, const TraceStore& store) {
  return value.type == ValueType::text
             ? static_cast<std::int64_t>(store.text(static_cast<TextId>(value.bits)).size())
             : std::int64_t{8};
}

}  // namespace

bool Exchange::models(ObjectKind kind) noexcept {
  return kind == ObjectKind::pipe || kind == ObjectKind::socket || kind == ObjectKind::pool ||
         kind == ObjectKind::future;
}

// A pipe's `initial`: 0 = a pool's results, 1 = both ends are the owner's at first, 2 + 2s and 3 + 2s = the
// two directions of a connection to the server process s, which reads the first and writes the second.
Exchange::Exchange(const ObjectInfo& info) : kind_(info.kind), limit_(info.limit) {
  if (kind_ != ObjectKind::pipe || info.owner >= kMaxWorkers) return;
  tells_of_loss_ = info.initial == 0;
  if (info.initial < 2) {
    writers_.set(info.owner);
    readers_.set(info.owner);
    return;
  }
  const auto server = static_cast<std::size_t>((info.initial - 2) / 2) % kMaxWorkers;
  const bool to_server = info.initial % 2 == 0;
  (to_server ? writers_ : readers_).set(info.owner);
  (to_server ? readers_ : writers_).set(server);
}

void Exchange::apply(const Event& event, WorkerId process, const TraceStore& store) {
  switch (event.kind) {
    case EventKind::pipe_send:
      ++count_;
      bytes_ += bytes_of(event.value(), store);
      break;
    case EventKind::pipe_recv:
      writer_gone_ = false;
      if (event.has(event_flag::kEnd) || event.has(event_flag::kPart)) break;
      --count_;
      bytes_ -= bytes_of(event.value(), store);
      break;
    case EventKind::pipe_inherit:
      if (event.arg < 0 || event.arg >= kMaxWorkers) break;
      if ((event.extra & kWriteEnd) != 0) writers_.set(static_cast<std::size_t>(event.arg));
      if ((event.extra & kReadEnd) != 0) readers_.set(static_cast<std::size_t>(event.arg));
      break;
    case EventKind::pipe_close:
      if (process >= kMaxWorkers) break;
      if ((event.arg & kWriteEnd) != 0) writers_.reset(process);
      if ((event.arg & kReadEnd) != 0) readers_.reset(process);
      writer_gone_ = writer_gone_ || (tells_of_loss_ && (event.arg & kWriteEnd) != 0);
      break;
    case EventKind::socket_connect:
    case EventKind::pool_submit: ++count_; break;
    case EventKind::socket_accept: --count_; break;
    case EventKind::pool_take:
      if (!event.has(event_flag::kEnd)) --count_;
      break;
    case EventKind::pool_terminate:
    case EventKind::socket_close: count_ = 0; [[fallthrough]];
    case EventKind::pool_close:
    case EventKind::future_set: over_ = true; break;
    case EventKind::future_cancel: over_ = over_ || event.arg != 0; break;
    default: break;
  }
}

bool Exchange::possible(EventKind wants) const {
  switch (wants) {
    case EventKind::pipe_send: return (count_ < limit_ && bytes_ < kMostBytes) || is_broken();
    case EventKind::pipe_recv:
    case EventKind::pipe_poll: return count_ > 0 || writers_.none() || writer_gone_;
    case EventKind::socket_connect: return count_ < limit_ || over_;
    case EventKind::socket_accept:
    case EventKind::pool_take: return count_ > 0 || over_;
    case EventKind::future_result: return over_;
    default: return true;
  }
}

Exchange exchange_after(const TraceStore& store, ObjectId object, EventIndex n) {
  Exchange result(store.objects()[object]);
  for (const EventIndex index : store.events_of_object(object)) {
    if (index >= n) break;
    result.apply(store[index], process_of(store, store[index].worker), store);
  }
  return result;
}

}  // namespace lockstep::analysis
