// Joins values into one text.
//
// Stands in for absl::StrCat, which takes no std::string_view in Debian's build of abseil.
// Thread: pure functions.
#pragma once

#include <fmt/format.h>

#include <iterator>
#include <string>

namespace sepakat::base {

template <typename... Parts>
std::string Concat(const Parts&... parts) {
  std::string text;
  (fmt::format_to(std::back_inserter(text), "{}", parts), ...);
  return text;
}

}  // namespace sepakat::base
