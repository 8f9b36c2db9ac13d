// threading.Event: a flag that one worker sets and others wait for. A level, not a counter.
#pragma once

#include "core/sync/object.hpp"

namespace lockstep::api {

class Event {
 public:
  explicit Event(std::string_view name);
  bool is_set(Where at = Where::current()) const;
  /// Lets everybody go on who waits now, even if clear follows at once, and everybody who comes while it is
  /// set.
  void set(Where at = Where::current()) const;
  void clear(Where at = Where::current()) const;
  /// Blocks until it is set, at most `timeout`. False if the time ran out.
  bool wait(Timeout timeout = kForever, Where at = Where::current()) const;
  ObjectId id() const { return id_; }

 private:
  ObjectId id_;
};

}  // namespace lockstep::api
