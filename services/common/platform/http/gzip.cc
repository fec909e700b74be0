#include "common/platform/http/gzip.h"

#include <zlib.h>

namespace sepakat::platform {

std::string Gzip(std::string_view bytes) {
  constexpr int kGzipWindow = 15 + 16;
  constexpr int kFastLevel = 3;
  z_stream stream{};
  if (deflateInit2(&stream, kFastLevel, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    return {};
  }
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int result = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return result == Z_STREAM_END ? packed : std::string();
}

bool AcceptsGzip(std::string_view accept_encoding) {
  const size_t at = accept_encoding.find("gzip");
  if (at == std::string_view::npos) return false;
  const std::string_view rest = accept_encoding.substr(at + 4, 5);
  return !(rest.starts_with(";q=0") && !rest.starts_with(";q=0."));
}

}  // namespace sepakat::platform
