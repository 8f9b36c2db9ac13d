#include "core/process/managed_content.hpp"

#include <algorithm>

namespace lockstep {
namespace {

using api::Item;
using api::None;

ManagedAnswer returns(const Item& item) { return {{item}, {}}; }
ManagedAnswer fails(std::string error) { return {{}, std::move(error)}; }

bool is_number(const Value& value) {
  return value.type == ValueType::boolean || value.type == ValueType::integer ||
         value.type == ValueType::real;
}

/// Python's ==, for which True, 1 and 1.0 are the same.
bool are_equal(const Item& a, const Item& b) {
  if (a == b || !is_number(a.value()) || !is_number(b.value())) return a == b;
  const bool is_real = a.value().type == ValueType::real || b.value().type == ValueType::real;
  const auto real = [](const Item& item) {
    return item.value().type == ValueType::real ? item.as_real() : static_cast<double>(item.as_int());
  };
  return is_real ? real(a) == real(b) : a.as_int() == b.as_int();
}

}  // namespace

std::string repr_of(const Item& item) {
  return item.value().type == ValueType::text ? "'" + item.str() + "'" : item.str();
}

ManagedContent::ManagedContent(bool is_dict, const std::vector<Item>& items) : is_dict_(is_dict) {
  if (!is_dict) {
    elements_ = items;
    return;
  }
  call_dict("update", items);
}

ManagedAnswer ManagedContent::call(const std::string& method, const std::vector<Item>& arguments) {
  return is_dict_ ? call_dict(method, arguments) : call_list(method, arguments);
}

ManagedAnswer ManagedContent::call_dict(const std::string& method, const std::vector<Item>& arguments) {
  if (method == "__len__") return returns(entries_.size());
  if (method == "keys" || method == "values") {
    ManagedAnswer answer;
    for (const auto& [key, value] : entries_)
      answer.items.push_back(method == "keys" ? key : value);
    return answer;
  }
  if (method == "items") {
    ManagedAnswer answer;
    for (const auto& [key, value] : entries_)
      answer.items.insert(answer.items.end(), {key, value});
    return answer;
  }
  if (method == "clear") {
    entries_.clear();
    return returns(None);
  }
  if (method == "update") {
    for (std::size_t i = 0; i + 1 < arguments.size(); i += 2)
      call_dict("__setitem__", {arguments[i], arguments[i + 1]});
    return returns(None);
  }
  if (method == "popitem") {
    if (entries_.empty()) return fails("KeyError: 'popitem(): dictionary is empty'");
    const auto [key, value] = entries_.back();
    entries_.pop_back();
    return {{key, value}, {}};
  }
  const Item& key = arguments.at(0);
  const auto entry =
      std::ranges::find_if(entries_, [&](const auto& each) { return are_equal(each.first, key); });
  const bool found = entry != entries_.end();
  if (method == "__contains__") return returns(found);
  if (method == "__getitem__") return found ? returns(entry->second) : fails("KeyError: " + repr_of(key));
  if (method == "get") return returns(found ? entry->second : arguments.at(1));
  if (method == "__setitem__") {
    if (found) {
      entry->second = arguments.at(1);
    } else {
      entries_.emplace_back(key, arguments.at(1));
    }
    return returns(None);
  }
  if (method == "setdefault") {
    if (found) return returns(entry->second);
    entries_.emplace_back(key, arguments.at(1));
    return returns(arguments.at(1));
  }
  if (!found && arguments.size() > 1) return returns(arguments[1]);  // pop with a default
  if (!found) return fails("KeyError: " + repr_of(key));
  const Item value = entry->second;  // pop, __delitem__
  entries_.erase(entry);
  return returns(method == "pop" ? value : Item(None));
}

std::size_t ManagedContent::place_of(const Item& index) const {
  const std::int64_t given = index.as_int();
  const std::int64_t place = given < 0 ? given + static_cast<std::int64_t>(elements_.size()) : given;
  return place < 0 ? elements_.size() : static_cast<std::size_t>(place);
}

ManagedAnswer ManagedContent::call_list(const std::string& method, const std::vector<Item>& arguments) {
  const auto at = [&](std::size_t place) {
    return elements_.begin() + static_cast<std::ptrdiff_t>(std::min(place, elements_.size()));
  };
  if (method == "__len__") return returns(elements_.size());
  if (method == "copy") return {elements_, {}};
  if (method == "reverse") {
    std::ranges::reverse(elements_);
    return returns(None);
  }
  if (method == "append") {
    elements_.push_back(arguments.at(0));
    return returns(None);
  }
  if (method == "extend") {
    elements_.insert(elements_.end(), arguments.begin(), arguments.end());
    return returns(None);
  }
  if (method == "insert") {
    const bool before_all = arguments.at(0).as_int() < -static_cast<std::int64_t>(elements_.size());
    elements_.insert(before_all ? elements_.begin() : at(place_of(arguments.at(0))), arguments.at(1));
    return returns(None);
  }
  if (method == "__contains__" || method == "remove" || method == "count" || method == "index") {
    const auto is_it = [&](const Item& each) { return are_equal(each, arguments.at(0)); };
    if (method == "count") return returns(std::ranges::count_if(elements_, is_it));
    const auto found = std::ranges::find_if(elements_, is_it);
    if (method == "__contains__") return returns(found != elements_.end());
    if (method == "index")
      return found == elements_.end() ? fails("ValueError: " + repr_of(arguments[0]) + " is not in list")
                                      : returns(found - elements_.begin());
    if (found == elements_.end()) return fails("ValueError: list.remove(x): x not in list");
    elements_.erase(found);
    return returns(None);
  }
  const std::size_t place = place_of(arguments.at(0));
  const bool inside = place < elements_.size();
  if (method == "pop") {
    if (elements_.empty()) return fails("IndexError: pop from empty list");
    if (!inside) return fails("IndexError: pop index out of range");
    const Item value = elements_[place];
    elements_.erase(at(place));
    return returns(value);
  }
  if (method == "__setitem__" || method == "__delitem__") {
    if (!inside) return fails("IndexError: list assignment index out of range");
    if (method == "__delitem__") {
      elements_.erase(at(place));
    } else {
      elements_[place] = arguments.at(1);
    }
    return returns(None);
  }
  return inside ? returns(elements_[place]) : fails("IndexError: list index out of range");  // __getitem__
}

std::string ManagedContent::repr() const {
  std::string text;
  for (const auto& [key, value] : entries_)
    text += (text.empty() ? "" : ", ") + repr_of(key) + ": " + repr_of(value);
  for (const Item& each : elements_)
    text += (text.empty() ? "" : ", ") + repr_of(each);
  return is_dict_ ? "{" + text + "}" : "[" + text + "]";
}

}  // namespace lockstep
