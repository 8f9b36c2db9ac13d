// What a proxy and its manager's server say to each other. A message is a caption, which is what is shown of
// it (core/event/caption.hpp), and JSON: of a request [object, method, arguments...], of an answer
// ["#RETURN", items...] or ["#ERROR", error].
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/process/managed_content.hpp"

namespace lockstep {

/// What is asked of the server itself and not of an object's content.
inline constexpr std::string_view kCreateDict = "#CREATE dict";
inline constexpr std::string_view kCreateList = "#CREATE list";
inline constexpr std::string_view kShutdown = "#SHUTDOWN";

struct ManagedRequest {
  ObjectId object = kNoObject;
  std::string method;  ///< Python's name, or one of the above
  std::vector<api::Item> arguments{};

  bool creates() const { return method == kCreateDict || method == kCreateList; }
};

std::string message_of(const ManagedRequest& request);
std::string message_of(const ManagedAnswer& answer);

// Of a message that one of the above made.
ManagedRequest request_in(const std::string& message);
ManagedAnswer answer_in(const std::string& message);

}  // namespace lockstep
