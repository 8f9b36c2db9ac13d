// multiprocessing.Manager (docs.python.org/3/library/multiprocessing.html#managers): a server process that
// keeps dicts and lists for everybody. Each operation of a proxy is a round trip: the caller sends a request
// through its connection, a thread of the server does it and sends the answer. One operation is atomic; a
// read and then a write are two.
//
//   const Manager manager("manager");
//   const DictProxy shared = manager.dict("shared", {{"count", 100}});
//   shared["count"] = shared["count"].as_int() - 1;  // two round trips
//
// Each thread that uses a proxy connects by itself, at its first operation. The server ends at shutdown(),
// which whoever forgets it has at the end of the program.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/process/worker.hpp"
#include "core/sync/item.hpp"

namespace lockstep::api {

/// A key together with the line it stands in.
struct Key {
  Key(Item key, Where where = Where::current()) : item(key), at(where) {}                // NOLINT
  Key(const char* key, Where where = Where::current()) : item(key), at(where) {}         // NOLINT
  Key(const std::string& key, Where where = Where::current()) : item(key), at(where) {}  // NOLINT
  template <std::integral Integer>
  Key(Integer key, Where where = Where::current()) : item(key), at(where) {}  // NOLINT
  Item item;
  Where at;
};

/// What dict and list have in common. A small handle, copied freely.
class Proxy {
 public:
  ObjectId id() const { return object_; }

 protected:
  Proxy(ObjectId listener, ObjectId object) : listener_(listener), object_(object) {}
  /// One round trip. Raises what the server raises. Once the server has gone: BrokenPipeError, EOFError or
  /// ConnectionResetError if the caller is connected; else FileNotFoundError, or ConnectionRefusedError if
  /// the server was killed.
  std::vector<Item> call(std::string_view method, const std::vector<Item>& arguments, const Where& at) const;
  Item call_one(std::string_view method, const std::vector<Item>& arguments, const Where& at) const {
    return call(method, arguments, at).front();
  }

  /// proxy[key]: reads when it is used as a value, writes when something is assigned.
  class Element {
   public:
    Element(const Proxy& proxy, Key key) : proxy_(proxy), key_(key) {}
    operator Item() const { return get(); }  // NOLINT: reads like the element it is
    Item get() const { return proxy_.call_one("__getitem__", {key_.item}, key_.at); }
    std::int64_t as_int() const { return get().as_int(); }
    const Element& operator=(const Element& other) const { return *this = other.get(); }
    const Element& operator=(const Item& value) const {
      proxy_.call("__setitem__", {key_.item, value}, key_.at);
      return *this;
    }

   private:
    const Proxy& proxy_;
    Key key_;
  };

 private:
  ObjectId listener_;
  ObjectId object_;
};

class DictProxy : public Proxy {
 public:
  /// KeyError if it is read and not there.
  Element operator[](Key key) const { return {*this, key}; }
  Item get(const Item& key, const Item& otherwise = None, Where at = Where::current()) const {
    return call_one("get", {key, otherwise}, at);
  }
  Item setdefault(const Item& key, const Item& value = None, Where at = Where::current()) const {
    return call_one("setdefault", {key, value}, at);
  }
  /// KeyError if it is not there.
  Item pop(const Item& key, Where at = Where::current()) const { return call_one("pop", {key}, at); }
  Item pop(const Item& key, const Item& otherwise, Where at = Where::current()) const {
    return call_one("pop", {key, otherwise}, at);
  }
  /// The pair that was added last; it is removed. KeyError if there is none.
  std::pair<Item, Item> popitem(Where at = Where::current()) const;
  /// Sets all of them in one round trip.
  void update(std::initializer_list<std::pair<Item, Item>> pairs, Where at = Where::current()) const {
    call("update", by_turns(pairs), at);
  }
  void del(const Item& key, Where at = Where::current()) const { call("__delitem__", {key}, at); }
  bool contains(const Item& key, Where at = Where::current()) const {
    return call_one("__contains__", {key}, at).as_bool();
  }
  int len(Where at = Where::current()) const {
    return static_cast<int>(call_one("__len__", {}, at).as_int());
  }
  void clear(Where at = Where::current()) const { call("clear", {}, at); }
  std::vector<Item> keys(Where at = Where::current()) const { return call("keys", {}, at); }
  std::vector<Item> values(Where at = Where::current()) const { return call("values", {}, at); }
  std::vector<std::pair<Item, Item>> items(Where at = Where::current()) const;

 private:
  friend class Manager;
  using Proxy::Proxy;
  /// A key, its value, the next key ...
  static std::vector<Item> by_turns(std::initializer_list<std::pair<Item, Item>> pairs);
};

class ListProxy : public Proxy {
 public:
  /// IndexError outside; a negative index counts from the end.
  Element operator[](Key index) const { return {*this, index}; }
  void append(const Item& value, Where at = Where::current()) const { call("append", {value}, at); }
  void extend(const std::vector<Item>& values, Where at = Where::current()) const {
    call("extend", values, at);
  }
  void insert(int index, const Item& value, Where at = Where::current()) const {
    call("insert", {Item(index), value}, at);
  }
  /// IndexError if it is empty.
  Item pop(int index = -1, Where at = Where::current()) const { return call_one("pop", {Item(index)}, at); }
  /// ValueError if it is not there.
  void remove(const Item& value, Where at = Where::current()) const { call("remove", {value}, at); }
  /// Python's `del proxy[index]`. IndexError outside.
  void del(int index, Where at = Where::current()) const { call("__delitem__", {Item(index)}, at); }
  bool contains(const Item& value, Where at = Where::current()) const {
    return call_one("__contains__", {value}, at).as_bool();
  }
  /// How many elements are equal to it.
  int count(const Item& value, Where at = Where::current()) const {
    return static_cast<int>(call_one("count", {value}, at).as_int());
  }
  /// Of the first one that is equal to it. ValueError if there is none.
  int index(const Item& value, Where at = Where::current()) const {
    return static_cast<int>(call_one("index", {value}, at).as_int());
  }
  int len(Where at = Where::current()) const {
    return static_cast<int>(call_one("__len__", {}, at).as_int());
  }
  void reverse(Where at = Where::current()) const { call("reverse", {}, at); }
  /// list(proxy)
  std::vector<Item> copy(Where at = Where::current()) const { return call("copy", {}, at); }

 private:
  friend class Manager;
  using Proxy::Proxy;
};

class Manager {
 public:
  /// Starts the server process and waits until it can be reached.
  explicit Manager(std::string_view name, Where at = Where::current());
  /// AssertionError after shutdown().
  DictProxy dict(std::string_view name, std::initializer_list<std::pair<Item, Item>> content = {},
                 Where at = Where::current()) const;
  ListProxy list(std::string_view name, std::initializer_list<Item> content = {},
                 Where at = Where::current()) const;
  /// Ends the server and waits for it.
  void shutdown(Where at = Where::current()) const;
  /// Of the server.
  int pid() const { return server_.pid(); }

 private:
  Manager(std::string_view name, const std::shared_ptr<ObjectId>& listener, Where at);
  ObjectId create(std::string_view name, std::string_view method, const std::vector<Item>& content,
                  const Where& at) const;

  Process server_;
  ObjectId listener_;
};

}  // namespace lockstep::api

namespace lockstep {

/// At the end of the program of the calling process: shuts down the managers that it made and that still run.
void shut_down_managers_at_exit();

}  // namespace lockstep
