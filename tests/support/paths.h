// Where a test finds files of the project and the public data sets beside it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace sepakat::support {

// The root of the source tree.
std::filesystem::path SourceFolder();

// The folder or file `name` of the public data sets ($SEPAKAT_SHARED_DATA, else ../shared/data
// beside the source), or nothing when it is not there; a test then skips and says so:
//   const auto data = SharedData("eusilc");
//   if (!data) GTEST_SKIP() << NoSharedData("eusilc");
std::optional<std::filesystem::path> SharedData(std::string_view name);
std::string NoSharedData(std::string_view name);

}  // namespace sepakat::support
