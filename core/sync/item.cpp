#include "core/sync/item.hpp"

#include <fmt/format.h>

namespace lockstep::api {

std::string Item::str() const {
  switch (value_.type) {
    case ValueType::none: return "None";
    case ValueType::boolean: return value_.bits != 0 ? "True" : "False";
    case ValueType::text: return std::string(runtime().arena().text(static_cast<TextId>(value_.bits)));
    case ValueType::real: {
      // As Python: 1.0, not 1.
      const std::string text = fmt::format("{}", value_.as_real());
      return text.find_first_not_of("-0123456789") == std::string::npos ? text + ".0" : text;
    }
    case ValueType::integer: break;
  }
  return std::to_string(value_.bits);
}

}  // namespace lockstep::api
