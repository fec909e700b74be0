#include "common/platform/rpc/trace.h"

#include <fmt/format.h>

#include <algorithm>

namespace sepakat::platform {
namespace {

bool IsHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool IsId(std::string_view text) {
  return IsHex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace

bool IsTraceparent(std::string_view text) {
  return text.size() == 55 && text.substr(0, 3) == "00-" && text[35] == '-' && text[52] == '-' &&
         IsId(text.substr(3, 32)) && IsId(text.substr(36, 16)) && IsHex(text.substr(53));
}

std::string MakeTraceparent(uint64_t trace_high, uint64_t trace_low, uint64_t span) {
  if (trace_high == 0 && trace_low == 0) trace_low = 1;
  return fmt::format("00-{:016x}{:016x}-{:016x}-01", trace_high, trace_low,
                     std::max<uint64_t>(span, 1));
}

}  // namespace sepakat::platform
