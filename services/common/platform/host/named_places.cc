#include "common/platform/host/named_places.h"

#include <fmt/format.h>
#include <unistd.h>

#include <string>
#include <system_error>

#include "common/base/language.h"
#include "common/base/status.h"

namespace sepakat::platform {
namespace {

absl::Status NotThere(std::string_view setting, std::string_view place, std::string_view kind) {
  return base::Error(absl::StatusCode::kNotFound, "FILE_NOT_FOUND",
                     fmt::format("{} names {}, which is no {}", setting, place, kind));
}

}  // namespace

absl::Status CheckNamedFile(const Config& config, std::string_view setting) {
  const std::string place = config.TextIfAny(setting);
  std::error_code ignored;
  if (place.empty() || std::filesystem::is_regular_file(place, ignored)) return absl::OkStatus();
  return NotThere(setting, place, "file");
}

absl::Status CheckNamedFolder(const Config& config, std::string_view setting) {
  const std::string place = config.TextIfAny(setting);
  std::error_code ignored;
  if (place.empty() || std::filesystem::is_directory(place, ignored)) return absl::OkStatus();
  return NotThere(setting, place, "folder");
}

absl::Status CheckWritableFolder(const Config& config, std::string_view setting,
                                 std::string_view what) {
  const std::filesystem::path folder = config.Text(setting);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error && access(folder.c_str(), W_OK | X_OK) == 0) return absl::OkStatus();
  return base::ErrorInBoth(
      absl::StatusCode::kPermissionDenied, "DIRECTORY_NOT_WRITABLE",
      "{1} tidak dapat ditulisi ({0}); sebutkan folder lain dengan --{2} atau ubah pemiliknya",
      "cannot write to the {} {}; give another one with --{} or change its owner", what,
      folder.string(), setting);
}

}  // namespace sepakat::platform
