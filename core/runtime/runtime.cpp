#include "core/runtime/runtime.hpp"

#include <array>
#include <cassert>

namespace lockstep {
namespace {

thread_local Runtime* current = nullptr;

struct CachedSite {
  std::uint64_t arena = 0;  ///< its identity
  const char* file = nullptr;
  std::uint32_t line = 0;
  SiteId id = 0;
};
thread_local std::array<CachedSite, 64> site_cache;

}  // namespace

Runtime& runtime() {
  assert(current != nullptr && "only a worker of a run may use primitives");
  return *current;
}

bool has_runtime() { return current != nullptr; }

void set_runtime(Runtime* runtime) { current = runtime; }

SiteId site_of(const std::source_location& where) {
  if (where.line() == 0) return 0;  // no line of the program
  Arena& arena = runtime().arena();
  CachedSite& cached = site_cache[where.line() % site_cache.size()];
  if (cached.arena != arena.identity() || cached.file != where.file_name() || cached.line != where.line()) {
    cached = {arena.identity(), where.file_name(), where.line(),
              arena.intern_site(where.file_name(), where.function_name(), where.line())};
  }
  return cached.id;
}

std::uint64_t first_random(std::uint64_t seed, WorkerId worker) {
  return seed ^ (std::uint64_t{worker} + 1) * 0x9E37'79B9'7F4A'7C15;
}

std::uint64_t next_random(std::uint64_t& state) {
  state += 0x9E37'79B9'7F4A'7C15;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9;
  z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EB;
  return z ^ (z >> 31);
}

Reply call(const PendingCall& call, void* context) {
  Reply reply = runtime().perform(call, context);
  if (reply.status == Reply::Status::error) throw Error(reply.error_type, reply.error_message, true);
  return reply;
}

void raise(std::string_view type, std::string_view message, SiteId site) {
  Error error{std::string(type), std::string(message), true};
  Event event{.arg = runtime().arena().intern(error.what()), .site = site, .kind = EventKind::raise};
  event.flags = static_cast<std::uint8_t>(ValueType::text);
  runtime().note(event);
  throw error;
}

}  // namespace lockstep
