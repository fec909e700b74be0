#include "tests/support/paths.h"

#include <cstdlib>

namespace sepakat::support {

std::filesystem::path SourceFolder() { return SEPAKAT_SOURCE_FOLDER; }

std::optional<std::filesystem::path> SharedData(std::string_view name) {
  const char* configured = std::getenv("SEPAKAT_SHARED_DATA");
  std::filesystem::path folder = configured != nullptr
                                     ? std::filesystem::path(configured)
                                     : SourceFolder().parent_path() / "shared" / "data";
  folder /= name;
  if (!std::filesystem::exists(folder)) return std::nullopt;
  return folder;
}

std::string NoSharedData(std::string_view name) {
  return "the public data set " + std::string(name) +
         " is not on this machine; set SEPAKAT_SHARED_DATA to the folder that has it";
}

}  // namespace sepakat::support
