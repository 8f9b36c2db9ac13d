#include "core/process/pipe.hpp"

#include "core/process/channel.hpp"

namespace lockstep::api {

std::pair<Connection, Connection> make_pipe(std::string_view name, bool duplex, Where at) {
  if (duplex) {
    const auto [there, back] = create_channel_pair(name, at);
    return {Connection(back, there), Connection(there, back)};
  }
  const ObjectId channel = create_single_channel(name, at);
  return {Connection(channel, kNoObject), Connection(kNoObject, channel)};
}

bool Connection::closed() const {
  const bool reads = in_ != kNoObject && (channel_ends(in_) & kReadEnd) != 0;
  const bool writes = out_ != kNoObject && (channel_ends(out_) & kWriteEnd) != 0;
  return !reads && !writes;
}

bool Connection::readable() const { return in_ != kNoObject && !is_marked_unreadable(in_); }

void Connection::check_open(SiteId site) const {
  if (closed()) raise("OSError", "handle is closed", site);
}

void Connection::check_readable(SiteId site) const {
  check_open(site);
  if (!readable()) raise("OSError", "connection is write-only", site);
}

void Connection::check_writable(SiteId site) const {
  check_open(site);
  if (!writable()) raise("OSError", "connection is read-only", site);
}

void Connection::send(const Item& item, Where at) const {
  check_writable(site_of(at));
  channel_send(out_, {item.value()}, at);
}

Item Connection::recv(Where at) const {
  check_readable(site_of(at));
  const auto message = channel_recv(in_, -1, at);
  if (!message) raise("EOFError", "", site_of(at));
  if (message->tag != MessageTag::bytes) return Item(message->value);
  const std::string bytes = Item(message->value).str();
  if (bytes.empty()) raise("EOFError", "Ran out of input", site_of(at));
  raise("UnpicklingError", std::string("invalid load key, '") + bytes.front() + "'.", site_of(at));
}

bool Connection::poll(Timeout timeout, Where at) const {
  check_readable(site_of(at));
  return channel_poll(in_, timeout, at);
}

void Connection::send_bytes(std::string_view bytes, std::int64_t offset, std::int64_t size, Where at) const {
  const SiteId site = site_of(at);
  check_writable(site);
  const auto length = static_cast<std::int64_t>(bytes.size());
  if (offset < 0) raise("ValueError", "offset is negative", site);
  if (length < offset) raise("ValueError", "buffer length < offset", site);
  if (size < -1) raise("ValueError", "size is negative", site);
  if (size > length - offset) raise("ValueError", "buffer length < offset + size", site);
  const auto begin = static_cast<std::size_t>(offset);
  const auto count = static_cast<std::size_t>(size < 0 ? length - offset : size);
  channel_send(out_, {Item(bytes.substr(begin, count)).value(), MessageTag::bytes}, at);
}

std::string Connection::take_bytes(std::int64_t maxlength, Where at) const {
  const auto message = channel_recv(in_, maxlength, at);
  if (!message) raise("EOFError", "", site_of(at));
  if (message->tag != MessageTag::bytes) {
    raise("ValueError", "it was sent by send(), and the sandbox does not pickle: receive it by recv()",
          site_of(at));
  }
  return Item(message->value).str();
}

std::string Connection::recv_bytes(std::int64_t maxlength, Where at) const {
  check_readable(site_of(at));
  if (maxlength < -1) raise("ValueError", "negative maxlength", site_of(at));
  try {
    return take_bytes(maxlength, at);
  } catch (const Error& error) {
    if (std::string_view(error.what()) != "OSError: bad message length") throw;
    if (writable()) {
      mark_unreadable(in_);
    } else {
      close(at);
    }
    throw;
  }
}

std::int64_t Connection::recv_bytes_into(std::string& buffer, std::int64_t offset, Where at) const {
  check_readable(site_of(at));
  const auto size = static_cast<std::int64_t>(buffer.size());
  if (offset < 0) raise("ValueError", "negative offset", site_of(at));
  if (offset > size) raise("ValueError", "offset too large", site_of(at));
  const std::string bytes = take_bytes(-1, at);
  const auto length = static_cast<std::int64_t>(bytes.size());
  if (size < offset + length) raise("BufferTooShort", repr_of_bytes(bytes), site_of(at));
  buffer.replace(static_cast<std::size_t>(offset), bytes.size(), bytes);
  return length;
}

void Connection::close(Where at) const {
  // The end that receives first: what it leaves unread is noticed when the other one closes.
  if (in_ != kNoObject && (channel_ends(in_) & kReadEnd) != 0) channel_close(in_, kReadEnd, at);
  if (out_ != kNoObject && (channel_ends(out_) & kWriteEnd) != 0) channel_close(out_, kWriteEnd, at);
}

}  // namespace lockstep::api
