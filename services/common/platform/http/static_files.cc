#include "common/platform/http/static_files.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "common/platform/http/gzip.h"
#include "common/platform/http/http_router.h"

namespace sepakat::platform {
namespace {

std::string_view ContentType(const std::filesystem::path& path) {
  const std::string extension = path.extension().string();
  if (extension == ".html") return "text/html; charset=utf-8";
  if (extension == ".js" || extension == ".mjs") return "text/javascript; charset=utf-8";
  if (extension == ".css") return "text/css; charset=utf-8";
  if (extension == ".svg") return "image/svg+xml";
  if (extension == ".json" || extension == ".webmanifest") return "application/json";
  if (extension == ".png") return "image/png";
  if (extension == ".woff2") return "font/woff2";
  return "application/octet-stream";
}

std::string ETagOf(const std::filesystem::path& file) {
  std::error_code ignored;
  const auto size = std::filesystem::file_size(file, ignored);
  const auto changed = std::filesystem::last_write_time(file, ignored).time_since_epoch().count();
  return fmt::format("\"{:x}-{:x}\"", size, static_cast<uint64_t>(changed));
}

}  // namespace

HttpResponse StaticFiles::Serve(const HttpRequest& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    return Problem(405, "METHOD_NOT_ALLOWED", "Method not allowed", "files are read only");
  }
  std::filesystem::path relative =
      std::filesystem::path(request.path).relative_path().lexically_normal();
  if (!relative.empty() && *relative.begin() == "..") {
    return Problem(404, "NO_SUCH_PATH", "Not found", "there is no such file");
  }
  std::filesystem::path file = folder_ / relative;
  const bool is_asset = !relative.empty() && *relative.begin() == "assets";
  if (!is_asset && !std::filesystem::is_regular_file(file)) {
    relative = "index.html";
    file = folder_ / relative;
  }
  if (!std::filesystem::is_regular_file(file)) {
    return Problem(404, "NO_SUCH_PATH", "Not found", fmt::format("there is no {}", request.path));
  }
  HttpResponse response;
  response.content_type = ContentType(file);
  const std::string etag = ETagOf(file);
  response.headers.emplace_back("ETag", etag);
  response.headers.emplace_back("Cache-Control",
                                is_asset ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.Header("if-none-match") == etag) {
    response.status = 304;
    return response;
  }
  std::filesystem::path packed = file;
  packed += ".gz";
  if (AcceptsGzip(request.Header("accept-encoding")) && std::filesystem::is_regular_file(packed)) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.headers.emplace_back("Vary", "Accept-Encoding");
    file = packed;
  }
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  response.body = std::move(bytes).str();
  return response;
}

}  // namespace sepakat::platform
