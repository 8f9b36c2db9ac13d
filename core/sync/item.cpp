#include "core/sync/item.hpp"

#include <fmt/format.h>

namespace lockstep::api {

std::string Item::str() const {
  switch (value_.type) {
    case ValueType::none: return "None";
    case ValueType::boolean: return value_.bits != 0 ? "True" : "False";
    case ValueType::text: return std::string(runtime().arena().text(static_cast<TextId>(value_.bits)));
    case ValueType::real: return fmt::format("{}", value_.as_real());
    case ValueType::integer: break;
  }
  return std::to_string(value_.bits);
}

}  // namespace lockstep::api
