#include "app/shell/progress_file.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/shell/settings_file.hpp"
#include "tests/catch.hpp"

using namespace lockstep;
namespace fs = std::filesystem;

namespace {

struct ProgressFolder {
  fs::path path = fs::temp_directory_path() / ("lockstep-progress-" + std::to_string(::getpid()));
  ProgressFolder() { fs::create_directories(path); }
  ~ProgressFolder() {
    std::error_code ignored;
    fs::permissions(path, fs::perms::owner_all, ignored);
    fs::remove_all(path, ignored);
  }
  std::string file() const { return (path / "progress.json").string(); }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator()));
  }
};

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const std::string& path, std::string_view text) { std::ofstream(path, std::ios::binary) << text; }

ProgressBook book_of(std::string_view id, bool broken, bool proven) {
  ProgressBook book;
  book[std::string(id)] = {.tried = true, .broken = broken, .proven = proven, .predictions = {}};
  return book;
}

}  // namespace

TEST_CASE("progress is found again, and nothing else lies beside it") {
  const ProgressFolder folder;
  ProgressBook book = book_of("ticket-lock", true, false);
  ProgressFile file(folder.file());
  CHECK(file.load().empty());
  CHECK(file.save(book));
  CHECK(ProgressFile(folder.file()).load() == book);
  CHECK(folder.files() == 1);
}

TEST_CASE("unchanged progress is not written") {
  const ProgressFolder folder;
  ProgressFile file(folder.file());
  ProgressBook book = file.load();
  CHECK(file.save(book));
  CHECK_FALSE(fs::exists(folder.file()));
}

TEST_CASE("of a damaged file what can be read stays, and the file is kept aside") {
  const ProgressFolder folder;
  const std::string text = R"({"progress": {"good": {"broken": true}, "bad": {"proven": "yes"}}})";
  write(folder.file(), text);
  ProgressFile file(folder.file());
  ProgressBook book = file.load();
  CHECK(book["good"].broken);
  CHECK_FALSE(book["bad"].proven);
  CHECK(text_of(file.kept_aside()) == text);
  CHECK(file.save(book));
  ProgressFile again(folder.file());
  CHECK(again.load() == book);
  CHECK(again.kept_aside().empty());
  CHECK(text_of(file.kept_aside()) == text);
}

TEST_CASE("two windows lose none of each other's marks, whoever writes last") {
  const ProgressFolder folder;
  ProgressFile one(folder.file()), other(folder.file());
  ProgressBook first = one.load(), second = other.load();
  first = book_of("deadlock", true, false);
  second = book_of("deadlock", false, true);
  second["hotdog"].hints = 2;
  CHECK(one.save(first));
  CHECK(other.save(second));
  const ProgressBook both = ProgressFile(folder.file()).load();
  CHECK(both.at("deadlock").broken);
  CHECK(both.at("deadlock").proven);
  CHECK(both.at("hotdog").hints == 2);
  CHECK(second == both);
}

TEST_CASE("progress that an earlier version kept in the settings is taken over") {
  const ProgressFolder folder;
  write(
      (folder.path / "settings.json").string(),
      R"({"language": "zh", "progress": {"hotdog": {"tried": true, "hints": 1, "predictions": {"joinable": 1}}}})");
  ProgressFile file(folder.file());
  ProgressBook book = file.load();
  CHECK(book.at("hotdog").tried);
  CHECK(book.at("hotdog").predictions.at("joinable") == 1);
  CHECK(file.kept_aside().empty());
  CHECK(file.save(book));
  CHECK(ProgressFile(folder.file()).load() == book);
}

TEST_CASE("settings that hold no progress are no damaged progress") {
  const ProgressFolder folder;
  write((folder.path / "settings.json").string(), to_json(Settings{}));
  ProgressFile file(folder.file());
  CHECK(file.load().empty());
  CHECK(file.kept_aside().empty());
  CHECK(folder.files() == 1);
}

TEST_CASE("a damaged file that cannot be kept aside is not overwritten") {
  const ProgressFolder folder;
  write(folder.file() + ".damaged", "");
  for (int n = 2; n < 1000; ++n)
    write(folder.file() + ".damaged-" + std::to_string(n), "");
  write(folder.file(), "once more than this");
  ProgressFile file(folder.file());
  ProgressBook book = file.load();
  book["deadlock"].tried = true;
  CHECK_FALSE(file.save(book));
  CHECK(text_of(folder.file()) == "once more than this");
}
