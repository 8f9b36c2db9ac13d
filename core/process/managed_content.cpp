#include "core/process/managed_content.hpp"

#include <algorithm>

namespace lockstep {
namespace {

using api::Item;
using api::None;

ManagedAnswer returns(const Item& item) { return {{item}, {}}; }
ManagedAnswer fails(std::string error) { return {{}, std::move(error)}; }

bool is_integer(const Value& value) {
  return value.type == ValueType::boolean || value.type == ValueType::integer;
}

bool is_number(const Value& value) { return is_integer(value) || value.type == ValueType::real; }

/// As Python calls the type of what is no integer.
std::string type_name(const Value& value) {
  return value.type == ValueType::text ? "str" : value.type == ValueType::real ? "float" : "NoneType";
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

// --- dict

ManagedAnswer ManagedContent::call_dict(const std::string& method, const std::vector<Item>& arguments) {
  if (method == "__len__") return returns(entries_.size());
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
  if (method == "keys" || method == "values" || method == "items") {
    ManagedAnswer answer;
    for (const auto& [key, value] : entries_) {
      if (method != "values") answer.items.push_back(key);
      if (method != "keys") answer.items.push_back(value);
    }
    return answer;
  }
  return call_with_key(method, arguments);
}

ManagedAnswer ManagedContent::call_with_key(const std::string& method, const std::vector<Item>& arguments) {
  const Item& key = arguments.at(0);
  const auto entry =
      std::ranges::find_if(entries_, [&](const auto& each) { return are_equal(each.first, key); });
  const bool found = entry != entries_.end();
  if (method == "__contains__") return returns(found);
  if (method == "__getitem__") return found ? returns(entry->second) : fails("KeyError: " + repr_of(key));
  if (method == "get") return returns(found ? entry->second : arguments.at(1));
  if (method == "__setitem__" || method == "setdefault") {
    const bool sets = method == "__setitem__";
    if (found && !sets) return returns(entry->second);
    if (found) {
      entry->second = arguments.at(1);
    } else {
      entries_.emplace_back(key, arguments.at(1));
    }
    return returns(sets ? Item(None) : arguments[1]);
  }
  // pop and __delitem__
  if (!found) return arguments.size() > 1 ? returns(arguments[1]) : fails("KeyError: " + repr_of(key));
  const Item value = entry->second;
  entries_.erase(entry);
  return returns(method == "pop" ? value : Item(None));
}

// --- list

ManagedAnswer ManagedContent::call_list(const std::string& method, const std::vector<Item>& arguments) {
  if (method == "__len__") return returns(elements_.size());
  if (method == "copy") return {elements_, {}};
  if (method == "reverse") {
    std::ranges::reverse(elements_);
  } else if (method == "append") {
    elements_.push_back(arguments.at(0));
  } else if (method == "extend") {
    elements_.insert(elements_.end(), arguments.begin(), arguments.end());
  } else if (method == "insert") {
    const std::int64_t place = std::max<std::int64_t>(from_start(arguments.at(0)), 0);
    const auto size = static_cast<std::int64_t>(elements_.size());
    elements_.insert(elements_.begin() + std::min(place, size), arguments.at(1));
  } else if (method == "__contains__" || method == "remove" || method == "count" || method == "index") {
    return call_with_value(method, arguments.at(0));
  } else {
    return call_with_index(method, arguments);
  }
  return returns(None);
}

ManagedAnswer ManagedContent::call_with_value(const std::string& method, const Item& value) {
  const auto is_it = [&](const Item& each) { return are_equal(each, value); };
  if (method == "count") return returns(std::ranges::count_if(elements_, is_it));
  const auto found = std::ranges::find_if(elements_, is_it);
  const bool is_there = found != elements_.end();
  if (method == "__contains__") return returns(is_there);
  if (method == "index")
    return is_there ? returns(found - elements_.begin())
                    : fails("ValueError: " + repr_of(value) + " is not in list");
  if (!is_there) return fails("ValueError: list.remove(x): x not in list");
  elements_.erase(found);
  return returns(None);
}

std::int64_t ManagedContent::from_start(const Item& index) const {
  const std::int64_t given = index.as_int();
  return given < 0 ? given + static_cast<std::int64_t>(elements_.size()) : given;
}

ManagedAnswer ManagedContent::call_with_index(const std::string& method, const std::vector<Item>& arguments) {
  const Item& index = arguments.at(0);
  if (!is_integer(index.value()))
    return fails("TypeError: list indices must be integers or slices, not " + type_name(index.value()));
  const std::int64_t place = from_start(index);
  const bool inside = place >= 0 && place < static_cast<std::int64_t>(elements_.size());
  if (method == "pop" && elements_.empty()) return fails("IndexError: pop from empty list");
  if (method == "pop" && !inside) return fails("IndexError: pop index out of range");
  if (method == "__getitem__" && !inside) return fails("IndexError: list index out of range");
  if (!inside) return fails("IndexError: list assignment index out of range");
  const auto element = elements_.begin() + place;
  if (method == "__getitem__") return returns(*element);
  if (method == "__setitem__") {
    *element = arguments.at(1);
    return returns(None);
  }
  const Item value = *element;  // pop and __delitem__
  elements_.erase(element);
  return returns(method == "pop" ? value : Item(None));
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
