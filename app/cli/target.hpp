// Files that a command is going to write.
#pragma once

#include <string>

namespace lockstep::cli {

/// Fails with a sentence unless a file can be written whole at `path`: its folder exists and takes new files,
/// and what stands there now, if anything, is a regular file that may be written. `what` begins the sentence
/// ("--trace"). Done before long work, so that no run is lost to a typing error.
void check_target(const std::string& what, const std::string& path);

/// Fails unless `path` is a regular file that can be read.
void check_input(const std::string& what, const std::string& path);

/// True if both paths lead to the same existing file.
bool same_file(const std::string& a, const std::string& b);

}  // namespace lockstep::cli
