// Saving and loading a trace, and exporting it for other viewers.
#pragma once

#include <string>
#include <variant>

#include "core/trace/store.hpp"

namespace lockstep {

/// One sentence for the user.
struct TraceFileError {
  std::string message;
};

/// Writes the trace to `path` whole or not at all: into a temporary file beside it, flushed, then renamed.
/// Versioned and checksummed. Returns a sentence on failure (unwritable, disk full); what stood at `path` is
/// then untouched.
[[nodiscard]] std::optional<TraceFileError> save_trace(const TraceStore& store, const std::string& path);

/// Reads a trace. Any damage (cut at any length, a flipped bit, a newer version, not a trace) gives a
/// sentence.
std::variant<TraceStore, TraceFileError> load_trace(const std::string& path);

/// Writes Chrome trace-event JSON, which Perfetto and chrome://tracing open: a track per worker with its
/// states and operations, a counter per queue and semaphore, flow arrows from waker to woken. Same guarantees
/// as save_trace.
[[nodiscard]] std::optional<TraceFileError> export_chrome_json(const TraceStore& store,
                                                               const std::string& path);

}  // namespace lockstep
