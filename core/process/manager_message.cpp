#include "core/process/manager_message.hpp"

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/event/caption.hpp"

namespace lockstep {
namespace {

using api::Item;
using nlohmann::json;

constexpr const char* kReturn = "#RETURN";
constexpr const char* kError = "#ERROR";

/// JSON has no number for inf and nan: their text in a list.
json to_json(const Item& item) {
  switch (item.value().type) {
    case ValueType::none: return nullptr;
    case ValueType::boolean: return item.as_bool();
    case ValueType::integer: return item.as_int();
    case ValueType::real:
      return std::isfinite(item.as_real()) ? json(item.as_real()) : json::array({item.str()});
    case ValueType::text: break;
  }
  return item.str();
}

Item from_json(const json& value) {
  if (value.is_null()) return api::None;
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number_float()) return value.get<double>();
  if (value.is_number()) return value.get<std::int64_t>();
  if (value.is_array()) return std::strtod(value.at(0).get<std::string>().c_str(), nullptr);
  return value.get<std::string>();
}

void add(json& list, const std::vector<Item>& items) {
  for (const Item& each : items)
    list.push_back(to_json(each));
}

std::vector<Item> items_from(const json& list, std::size_t begin) {
  std::vector<Item> items;
  for (std::size_t i = begin; i < list.size(); ++i)
    items.push_back(from_json(list[i]));
  return items;
}

std::string with_caption(const std::string& caption, const json& list) {
  return caption + kCaptionEnd + list.dump(-1, ' ', false, json::error_handler_t::replace);
}

json without_caption(const std::string& message) {
  return json::parse(message.substr(message.find(kCaptionEnd) + 1));
}

std::string reprs_of(const std::vector<Item>& items) {
  std::string list;
  for (const Item& each : items)
    list += (list.empty() ? "" : ", ") + repr_of(each);
  return list;
}

/// As Python writes it.
std::string caption_of_request(const ManagedRequest& request) {
  const auto& [object, method, arguments] = request;
  if (method == kShutdown) return "shutdown()";
  Arena& arena = runtime().arena();
  const std::string name(arena.text(arena.object(object).name));
  if (request.creates()) return name + " = " + ManagedContent(method == kCreateDict, arguments).repr();
  const std::string first = arguments.empty() ? "" : repr_of(arguments[0]);
  if (method == "__getitem__") return name + "[" + first + "]";
  if (method == "__setitem__") return name + "[" + first + "] = " + repr_of(arguments.at(1));
  if (method == "__delitem__") return "del " + name + "[" + first + "]";
  if (method == "__contains__") return first + " in " + name;
  if (method == "__len__") return "len(" + name + ")";
  const bool takes_dict = method == "update";
  const bool takes_content = takes_dict || method == "extend";
  return name + "." + method + "(" +
         (takes_content ? ManagedContent(takes_dict, arguments).repr() : reprs_of(arguments)) + ")";
}

std::string caption_of_answer(const ManagedAnswer& answer) {
  return "→ " + (answer.error.empty() ? reprs_of(answer.items) : answer.error);
}

}  // namespace

std::string message_of(const ManagedRequest& request) {
  json list = json::array({request.object, request.method});
  add(list, request.arguments);
  return with_caption(caption_of_request(request), list);
}

ManagedRequest request_in(const std::string& message) {
  const json list = without_caption(message);
  return {list.at(0).get<ObjectId>(), list.at(1).get<std::string>(), items_from(list, 2)};
}

std::string message_of(const ManagedAnswer& answer) {
  json list = json::array({answer.error.empty() ? kReturn : kError});
  add(list, answer.items);
  if (!answer.error.empty()) list.push_back(answer.error);
  return with_caption(caption_of_answer(answer), list);
}

ManagedAnswer answer_in(const std::string& message) {
  const json list = without_caption(message);
  if (list.at(0) == kError) return {{}, list.at(1).get<std::string>()};
  return {items_from(list, 1), {}};
}

}  // namespace lockstep
