// lockstep list --path: a way through the catalogue, as a text and as JSON.
#pragma once

#include <string>

#include "app/cli/output.hpp"
#include "core/analysis/finding.hpp"
#include "core/scenario/learning_path.hpp"

namespace lockstep::cli {

std::string path_text(const LearningPath& path, const Output& out, Language language);
std::string path_json(const LearningPath& path, Language language);

}  // namespace lockstep::cli
