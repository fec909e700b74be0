// Serves the files of one folder: the built web page.
//
// `name.gz` beside a file is sent instead when the client takes gzip. Files below `assets/` carry a
// hash in their name and may be cached for ever; everything else is checked by ETag. Any other path
// without a file is a page of the application (`/ringkasan/33.26`): `index.html`.
// Errors: 404 problems. A path never leaves the folder.
// Thread: any.
#pragma once

#include <filesystem>

#include "common/platform/http/http_message.h"

namespace sepakat::platform {

class StaticFiles {
 public:
  explicit StaticFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  HttpResponse Serve(const HttpRequest& request) const;

 private:
  const std::filesystem::path folder_;
};

}  // namespace sepakat::platform
