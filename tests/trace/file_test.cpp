// Trace files: what is saved comes back; what is damaged gives a sentence; what cannot be written leaves no
// trace.
#include "core/trace/file.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <xxhash.h>

#include <csignal>
#include <cstring>

#include "tests/catch.hpp"
#include "tests/trace/random_trace.hpp"
#include "tests/trace/temp_folder.hpp"

using namespace lockstep;
using namespace lockstep::test;

namespace {

/// What load_trace() says of a file with these bytes; "" if it takes it.
std::string complaint(const std::string& path, std::string_view bytes) {
  write_file(path, bytes);
  const auto loaded = load_trace(path);
  const auto* error = std::get_if<TraceFileError>(&loaded);
  return error == nullptr ? "" : error->message;
}

bool is_sentence(const std::string& text) {
  return text.size() > 10 && text.back() == '.' && text.find('\n') == std::string::npos;
}

std::string saved(const TraceStore& store, const std::string& path) {
  const auto error = save_trace(store, path);
  if (error) FAIL(error->message);
  return read_file(path);
}

/// A few workers, objects, texts and events: short, so that every bit can be tried.
TraceBuilder small_trace() {
  TraceBuilder t;
  const WorkerId ada = t.running("Ada");
  const ObjectId fork = t.lock("Fork");
  const ObjectId belt = t.queue(2);
  t.line(3).acquire(ada, fork);
  t.put(ada, belt, t.text_value("hot\"dog\""));
  t.block(kMainWorker, fork, EventKind::acquire);
  t.release(ada, fork);
  t.acquire(kMainWorker, fork);
  t.end(ada);
  return t;
}

void seal(std::string& bytes) {
  const std::uint64_t sum = XXH3_64bits(bytes.data(), bytes.size() - 8);
  std::memcpy(bytes.data() + bytes.size() - 8, &sum, 8);
}

/// No file may grow beyond `bytes` while this lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

}  // namespace

TEST_CASE("a_saved_trace_comes_back_with_every_definition_and_event") {
  const TempFolder folder;
  RandomTrace random(3, 6);
  random.grow(20'000);
  TraceStore& store = random.builder().store();
  store.set_run({.scenario = "hotdog",
                 .variant = "two sentinels",
                 .params = {{"workers", 3}, {"items", -1}},
                 .mode = "step",
                 .seed = 0xFFFF'FFFF'FFFF'FFFFU,
                 .program_version = "1.2"});
  store.declare(WorkerInfo{.id = 40, .name = "after a gap"});
  store.declare(ObjectInfo{.id = 4000, .name = "热狗"});
  store.declare_text(0xFFFF'FFFFU, std::string("with\0zero", 9));
  saved(store, folder / "a.trace");

  auto loaded = load_trace(folder / "a.trace");
  if (const auto* error = std::get_if<TraceFileError>(&loaded)) FAIL(error->message);
  const TraceStore& back = std::get<TraceStore>(loaded);
  CHECK(back.run() == store.run());
  CHECK(std::equal(back.workers().begin(), back.workers().end(), store.workers().begin(),
                   store.workers().end()));
  CHECK(std::equal(back.objects().begin(), back.objects().end(), store.objects().begin(),
                   store.objects().end()));
  CHECK(std::equal(back.sites().begin(), back.sites().end(), store.sites().begin(), store.sites().end()));
  CHECK(!back.has_worker(39));
  CHECK(!back.has_object(3999));
  REQUIRE(back.text_ids() == store.text_ids());
  for (const TextId id : store.text_ids())
    CHECK(back.text(id) == store.text(id));
  REQUIRE(back.size() == store.size());
  for (EventIndex i = 0; i < store.size(); ++i) {
    if (!(back[i] == store[i])) FAIL("event " << i);
  }
  for (WorkerId w = 0; w < 7; ++w)
    CHECK(back.worker_after(w, 10'000) == store.worker_after(w, 10'000));
}

TEST_CASE("an_empty_trace_can_be_saved_and_loaded") {
  const TempFolder folder;
  saved(TraceStore(), folder / "empty.trace");
  const auto loaded = load_trace(folder / "empty.trace");
  REQUIRE(std::holds_alternative<TraceStore>(loaded));
  CHECK(std::get<TraceStore>(loaded).size() == 0);
}

TEST_CASE("a_trace_cut_at_any_length_gives_a_sentence") {
  const TempFolder folder;
  const std::string path = folder / "cut.trace";
  const std::string whole = saved(small_trace().store(), folder / "whole.trace");
  REQUIRE(complaint(path, whole).empty());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const std::string said = complaint(path, std::string_view(whole).substr(0, length));
    if (!is_sentence(said)) FAIL("length " << length << ": " << said);
  }
}

TEST_CASE("a_trace_with_any_bit_flipped_gives_a_sentence") {
  const TempFolder folder;
  const std::string path = folder / "flipped.trace";
  std::string bytes = saved(small_trace().store(), folder / "whole.trace");
  INFO(bytes.size() << " bytes");
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const auto flip = static_cast<char>(1U << (bit % 8));
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ flip);
    const std::string said = complaint(path, bytes);
    if (!is_sentence(said)) FAIL("bit " << bit << ": " << said);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ flip);
  }
}

TEST_CASE("a_trace_made_to_do_harm_is_refused_or_loads_soundly") {
  const TempFolder folder;
  const std::string path = folder / "harm.trace";
  const std::string whole = saved(small_trace().store(), folder / "whole.trace");
  // The checksum is made to fit, so that what lies behind it is tried: a byte, or all of a number, at each
  // place.
  for (std::size_t at = 12; at + 8 < whole.size(); ++at) {
    for (const std::string_view change :
         {std::string_view("\xff"), std::string_view("\x80"), std::string_view("\0", 1),
          std::string_view("\xff\xff\xff\xff"), std::string_view("\xff\xff\xff\x7f")}) {
      std::string bytes = whole;
      bytes.replace(at, std::min(change.size(), bytes.size() - 8 - at),
                    change.substr(0, bytes.size() - 8 - at));
      seal(bytes);
      write_file(path, bytes);
      const auto loaded = load_trace(path);
      if (const auto* error = std::get_if<TraceFileError>(&loaded)) {
        if (!is_sentence(error->message)) FAIL("at " << at << ": " << error->message);
        continue;
      }
      const auto& store = std::get<TraceStore>(loaded);
      Moment moment;
      for (EventIndex n = 0; n <= store.size(); ++n)
        store.moment_after(n, moment);
      if (export_chrome_json(store, folder / "harm.json")) FAIL("at " << at);
    }
  }
}

TEST_CASE("a_trace_of_another_version_is_refused_by_that_name") {
  const TempFolder folder;
  std::string bytes = saved(small_trace().store(), folder / "whole.trace");
  std::uint32_t version = kTraceVersion + 1;
  std::memcpy(&bytes[8], &version, 4);
  CHECK_THAT(complaint(folder / "newer.trace", bytes),
             ContainsSubstring("was written by a newer version of Lockstep"));
  CHECK_THAT(complaint(folder / "newer.trace", std::string_view(bytes).substr(0, 12)),
             ContainsSubstring("was written by a newer version of Lockstep"));
  version = 0;
  std::memcpy(&bytes[8], &version, 4);
  CHECK_THAT(complaint(folder / "older.trace", bytes),
             ContainsSubstring("was written by an older version of Lockstep"));
}

TEST_CASE("what_is_no_trace_is_named") {
  const TempFolder folder;
  const auto said = [](const std::string& path) {
    return std::get<TraceFileError>(load_trace(path)).message;
  };
  const std::string whole = saved(small_trace().store(), folder / "whole.trace");
  CHECK_THAT(complaint(folder / "text", "print('hello')\n"), ContainsSubstring("is not a trace of Lockstep"));
  CHECK_THAT(complaint(folder / "empty", ""), ContainsSubstring("is not a trace of Lockstep"));
  CHECK_THAT(complaint(folder / "longer", whole + "x"), ContainsSubstring("behind its end"));
  CHECK_THAT(said(folder / "nothing"), ContainsSubstring("does not exist"));
  CHECK_THAT(said(folder / ""), ContainsSubstring("is a folder"));
  CHECK_THAT(said("/dev/zero"), ContainsSubstring("is not a file"));
  CHECK_THAT(said(folder / "text/below"), ContainsSubstring("does not exist"));
}

// --- writing

TEST_CASE("a_trace_replaces_what_stood_there_and_leaves_nothing_beside_it") {
  const TempFolder folder;
  write_file(folder / "a.trace", "old");
  ::chmod((folder / "a.trace").c_str(), 0640);
  std::filesystem::create_symlink("a.trace", folder / "link");
  saved(small_trace().store(), folder / "link");
  CHECK(std::filesystem::is_symlink(folder / "link"));
  CHECK(std::holds_alternative<TraceStore>(load_trace(folder / "a.trace")));
  struct stat status {};
  ::stat((folder / "a.trace").c_str(), &status);
  CHECK((status.st_mode & 0777) == 0640);
  CHECK(folder.files() == 2);
}

TEST_CASE("a_trace_that_cannot_be_written_gives_a_sentence_and_touches_nothing") {
  const TempFolder folder;
  const TraceBuilder t = small_trace();
  const auto said = [&](const std::string& path) {
    const auto error = save_trace(t.store(), path);
    const auto export_error = export_chrome_json(t.store(), path);
    REQUIRE(error);
    REQUIRE(export_error);
    CHECK(error->message == export_error->message);
    CHECK(is_sentence(error->message));
    return error->message;
  };
  write_file(folder / "file", "old");
  std::filesystem::create_directory(folder / "sub");
  CHECK_THAT(said(folder / "sub"), ContainsSubstring("it is a folder"));
  CHECK_THAT(said(folder / "none/a.trace"), ContainsSubstring("No such file or directory"));
  CHECK_THAT(said(folder / "file/a.trace"), ContainsSubstring("Not a directory"));
  CHECK_THAT(said("/proc/a.trace"), ContainsSubstring("Cannot write /proc/a.trace"));
  CHECK_THAT(said(""), ContainsSubstring("no file name"));
  CHECK_THAT(said("/dev/full"), ContainsSubstring("No space left on device"));
  CHECK(std::filesystem::is_character_file("/dev/full"));
  CHECK(read_file(folder / "file") == "old");
  CHECK(folder.files() == 2);
}

TEST_CASE("a_disk_that_is_full_leaves_what_stood_there") {
  const TempFolder folder;
  RandomTrace random(1, 3);
  random.grow(30'000);
  write_file(folder / "a.trace", "old");
  {
    const FileSizeLimit limit(300'000);
    CHECK_THAT(save_trace(random.store(), folder / "a.trace")->message, ContainsSubstring("File too large"));
    CHECK_THAT(export_chrome_json(random.store(), folder / "a.trace")->message,
               ContainsSubstring("File too large"));
  }
  CHECK(read_file(folder / "a.trace") == "old");
  CHECK(folder.files() == 1);
}
