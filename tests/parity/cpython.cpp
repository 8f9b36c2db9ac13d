#include "tests/parity/cpython.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <unistd.h>

namespace lockstep::parity {
namespace {

using nlohmann::json;

json request_of(const Subject& subject, const std::vector<Sequence>& sequences) {
  json request{{"setup", subject.setup}, {"most_orders", subject.most_orders}, {"pass", kPass.count()}};
  for (int i = 0; i < kMostWorkers; ++i) {
    request["names"].push_back(name_of_caller(i));
    request["timeouts"].push_back(timeout_of_caller(i).count());
  }
  for (const Sequence& sequence : sequences) {
    json entries = json::array();
    for (const Entry& entry : sequence) {
      const bool is_call = entry.worker != kTimePasses;
      entries.push_back(
          {entry.worker, is_call ? subject.calls[static_cast<std::size_t>(entry.call)].python : ""});
    }
    request["sequences"].push_back(std::move(entries));
  }
  return request;
}

/// A file that is gone with this object.
class Scratch {
 public:
  explicit Scratch(const char* name)
      : path_(std::filesystem::temp_directory_path() /
              ("lockstep-parity-" + std::to_string(getpid()) + "-" + name)) {}
  ~Scratch() { std::filesystem::remove(path_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string path() const { return path_.string(); }
  std::string content() const {
    std::ostringstream text;
    text << std::ifstream(path_).rdbuf();
    return text.str();
  }

 private:
  std::filesystem::path path_;
};

}  // namespace

std::vector<std::set<Transcript>> run_in_cpython(const Subject& subject,
                                                 const std::vector<Sequence>& sequences) {
  const Scratch in("in");
  const Scratch out("out");
  const Scratch errors("errors");
  std::ofstream(in.path()) << request_of(subject, sequences);
  const std::string command = "python3 -B '" LOCKSTEP_SOURCE "/tests/parity/cpython/" + subject.driver +
                              "' <'" + in.path() + "' >'" + out.path() + "' 2>'" + errors.path() + "'";
  const int status = std::system(command.c_str());  // NOLINT: one thread
  if (status != 0) throw std::runtime_error("the driver failed:\n" + errors.content());
  std::vector<std::set<Transcript>> result;
  std::istringstream lines(out.content());
  for (std::string line; std::getline(lines, line);) {
    result.emplace_back();
    for (Transcript transcript : json::parse(line).get<std::vector<Transcript>>()) {
      for (std::string& each : transcript)
        each = in_our_words(std::move(each), subject.differences);
      result.back().insert(std::move(transcript));
    }
  }
  if (result.size() != sequences.size())
    throw std::runtime_error("answers are missing:\n" + errors.content());
  return result;
}

}  // namespace lockstep::parity
