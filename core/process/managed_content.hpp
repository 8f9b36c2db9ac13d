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
  ManagedAnswer call_list(const std::string& method, const std::vector<api::Item>& arguments);
  /// The place of a list's element, or an index outside.
  std::size_t place_of(const api::Item& index) const;

  bool is_dict_;
  std::vector<std::pair<api::Item, api::Item>> entries_;  ///< of a dict, in the order of insertion
  std::vector<api::Item> elements_;
};

/// As Python's repr: 'text', 1, None.
std::string repr_of(const api::Item& item);

}  // namespace lockstep
