#include "core/runtime/runtime.hpp"

#include <algorithm>

namespace lockstep {
namespace detail {

constinit thread_local Runtime* current_runtime = nullptr;
constinit thread_local std::array<CachedSite, 64> site_cache{};

SiteId look_up_site(const std::source_location& where, CachedSite& cached) {
  Arena& arena = runtime().arena();
  cached = {arena.identity(), where.file_name(), where.line(),
            arena.intern_site(where.file_name(), where.function_name(), where.line())};
  return cached.id;
}

void raise(const Reply& reply) {
  const std::string_view text = runtime().arena().text(reply.error);
  const std::size_t end = std::min(text.find(": "), text.size());  // of the type
  const std::size_t message = std::min(end + 2, text.size());
  throw Error(std::string(text.substr(0, end)), std::string(text.substr(message)), true);
}

}  // namespace detail

std::uint64_t first_random(std::uint64_t seed, WorkerId worker) {
  return seed ^ (std::uint64_t{worker} + 1) * 0x9E37'79B9'7F4A'7C15;
}

void raise(std::string_view type, std::string_view message, SiteId site) {
  Error error{std::string(type), std::string(message), true};
  Event event{.arg = runtime().arena().intern(error.what()), .site = site, .kind = EventKind::raise};
  event.flags = static_cast<std::uint8_t>(ValueType::text);
  runtime().note(event);
  throw error;
}

}  // namespace lockstep
