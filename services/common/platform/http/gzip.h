// gzip of small bodies.
//
// Thread: pure functions.
// Complexity: linear.
#pragma once

#include <string>
#include <string_view>

namespace sepakat::platform {

// RFC 1952 at a fast level; empty when zlib fails.
std::string Gzip(std::string_view bytes);

// True when an Accept-Encoding header allows gzip.
bool AcceptsGzip(std::string_view accept_encoding);

}  // namespace sepakat::platform
