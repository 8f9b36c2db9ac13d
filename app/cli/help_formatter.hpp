// How --help looks.
#pragma once

#include <CLI/CLI.hpp>

namespace lockstep::cli {

class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter() { column_width(28); }
  /// "Usage: lockstep run ID [OPTIONS]"
  std::string make_usage(const CLI::App* app, std::string name) const override;
  /// "Options:" and the options under it
  std::string make_group(std::string group, bool is_positional,
                         std::vector<const CLI::Option*> options) const override;
  /// " NAME": what stands behind the name of an option.
  std::string make_option_opts(const CLI::Option* option) const override;
};

}  // namespace lockstep::cli
