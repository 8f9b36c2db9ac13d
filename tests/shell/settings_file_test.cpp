#include "app/shell/settings_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/catch.hpp"

using namespace lockstep;
namespace fs = std::filesystem;

namespace {

struct SettingsFolder {
  fs::path path = fs::temp_directory_path() / ("lockstep-settings-" + std::to_string(::getpid()));
  SettingsFolder() { fs::create_directories(path); }
  ~SettingsFolder() {
    std::error_code ignored;
    fs::permissions(path, fs::perms::owner_all, ignored);
    fs::remove_all(path, ignored);
  }
  std::string file() const { return (path / "deeper" / "settings.json").string(); }
};

void write_deeper(const std::string& path, std::string_view text) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

std::size_t files_in(const fs::path& path) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("settings are found again, and nothing else lies beside them") {
  const SettingsFolder folder;
  Settings settings;
  settings.language = Language::zh;
  settings.scenario = "deadlock";
  SettingsFile file(folder.file());
  CHECK_FALSE(SettingsFile(folder.file()).existed());
  CHECK(file.load() == Settings{});
  CHECK_FALSE(file.existed());
  CHECK(file.save(settings));
  SettingsFile again(folder.file());
  CHECK(again.load() == settings);
  CHECK(again.existed());
  CHECK(files_in(fs::path(folder.file()).parent_path()) == 1);
}

TEST_CASE("unchanged settings are not written again") {
  const SettingsFolder folder;
  SettingsFile file(folder.file());
  Settings settings = file.load();
  CHECK(file.save(settings));
  CHECK_FALSE(fs::exists(folder.file()));
  settings.speed = 2;
  CHECK(file.save(settings));
  const auto written = fs::last_write_time(folder.file());
  CHECK(file.save(settings));
  CHECK(fs::last_write_time(folder.file()) == written);
}

TEST_CASE("a damaged file gives the defaults and is kept aside") {
  const SettingsFolder folder;
  write_deeper(folder.file(), "{ this was once");
  SettingsFile file(folder.file());
  CHECK(file.load() == Settings{});
  CHECK(file.kept_aside() == folder.file() + ".damaged");
  CHECK_FALSE(fs::exists(folder.file()));
  std::ifstream kept(folder.file() + ".damaged");
  CHECK(std::string(std::istreambuf_iterator<char>(kept), {}) == "{ this was once");
  CHECK(file.save(Settings{}));
  CHECK(fs::exists(folder.file()));
}

TEST_CASE("what was kept aside before is not overwritten") {
  const SettingsFolder folder;
  for (const char* text : {"first", "second", "third"}) {
    write_deeper(folder.file(), text);
    SettingsFile(folder.file()).load();
  }
  for (const auto& [name, text] :
       {std::pair{".damaged", "first"}, {".damaged-2", "second"}, {".damaged-3", "third"}}) {
    std::ifstream kept(folder.file() + name);
    CHECK(std::string(std::istreambuf_iterator<char>(kept), {}) == text);
  }
}

TEST_CASE("where nothing can be written, save says so and the old file stays") {
  const SettingsFolder folder;
  write_deeper(folder.file(), to_json(Settings{}));
  SettingsFile file((folder.path / "deeper" / "settings.json" / "impossible.json").string());
  Settings settings = file.load();
  settings.speed = 4;
  CHECK_FALSE(file.save(settings));
  SettingsFile old(folder.file());
  CHECK(old.load() == Settings{});
  CHECK(old.existed());
}
