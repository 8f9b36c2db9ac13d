#include "app/shell/png_file.hpp"

#include <png.h>

#include <cstdio>
#include <filesystem>

namespace lockstep {

bool write_png(const std::string& path, std::span<const std::uint8_t> rgba, int width, int height) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = PNG_FORMAT_RGBA;
  const std::string beside = path + ".new";
  std::error_code error;
  if (png_image_write_to_file(&image, beside.c_str(), 0, rgba.data(), 0, nullptr) == 0) {
    std::filesystem::remove(beside, error);
    return false;
  }
  std::filesystem::rename(beside, path, error);
  return !error;
}

}  // namespace lockstep
