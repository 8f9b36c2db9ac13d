#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace lockstep {

/// Writes RGBA rows, top row first, as a PNG: whole or not at all. False if it cannot be written.
bool write_png(const std::string& path, std::span<const std::uint8_t> rgba, int width, int height);

}  // namespace lockstep
