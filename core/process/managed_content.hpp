// A dict or list as a manager's server keeps it. No concurrency here: whoever calls is alone.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/sync/item.hpp"

namespace lockstep {

/// The answer to a call: what it returns, or an error.
struct ManagedAnswer {
  std::vector<api::Item> items;
  std::string error;  ///< "KeyError: 'x'"; empty if there is none
};

class ManagedContent {
 public:
  /// `items`: of a list its elements, of a dict keys and values by turns.
  ManagedContent(bool is_dict, const std::vector<api::Item>& items);
  /// Python's method of that name. The answer of a method that returns nothing is None.
  ManagedAnswer call(const std::string& method, const std::vector<api::Item>& arguments);
  /// As Python prints it: {'count': 100}.
  std::string repr() const;

 private:
  ManagedAnswer call_dict(const std::string& method, const std::vector<api::Item>& arguments);
  /// Of a dict: a method that is given a key.
  ManagedAnswer call_with_key(const std::string& method, const std::vector<api::Item>& arguments);
  ManagedAnswer call_list(const std::string& method, const std::vector<api::Item>& arguments);
  /// Of a list: a method that looks for a value, or that is given an index.
  ManagedAnswer call_with_value(const std::string& method, const api::Item& value);
  ManagedAnswer call_with_index(const std::string& method, const std::vector<api::Item>& arguments);
  /// A list's index, which may count from the end, as one from the start: negative if it lies before it.
  std::int64_t from_start(const api::Item& index) const;

  bool is_dict_;
  std::vector<std::pair<api::Item, api::Item>> entries_;  ///< of a dict, in the order of insertion
  std::vector<api::Item> elements_;
};

/// As Python's repr: 'text', 1, None.
std::string repr_of(const api::Item& item);

}  // namespace lockstep
