#include "common/base/region_code.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"

namespace sepakat::base {
namespace {

bool IsPart(std::string_view part) {
  return !part.empty() && std::ranges::all_of(part, [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
  });
}

std::vector<std::string_view> Parts(std::string_view code) {
  std::vector<std::string_view> parts;
  for (size_t dot = code.find('.'); dot != std::string_view::npos; dot = code.find('.')) {
    parts.push_back(code.substr(0, dot));
    code.remove_prefix(dot + 1);
  }
  parts.push_back(code);
  return parts;
}

bool AllDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool IsRegionCode(std::string_view code) {
  const std::vector<std::string_view> parts = Parts(code);
  return parts.size() <= 4 && std::ranges::all_of(parts, IsPart);
}

bool IsKemendagriCode(std::string_view code) {
  if (code == kNationCode) return true;
  constexpr std::array<size_t, 4> kLengths = {2, 2, 2, 4};
  const std::vector<std::string_view> parts = Parts(code);
  if (parts.size() > kLengths.size()) return false;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].size() != kLengths[i] || !AllDigits(parts[i])) return false;
  }
  return true;
}

RegionLevel LevelOf(std::string_view code) {
  if (code == kNationCode) return RegionLevel::kNation;
  return static_cast<RegionLevel>(1 + std::ranges::count(code, '.'));
}

std::string_view ParentOf(std::string_view code) {
  if (code == kNationCode) return {};
  const size_t dot = code.rfind('.');
  return dot == std::string_view::npos ? kNationCode : code.substr(0, dot);
}

bool IsWithin(std::string_view code, std::string_view ancestor) {
  if (ancestor == kNationCode || code == ancestor) return true;
  return code.size() > ancestor.size() && code.starts_with(ancestor) &&
         code[ancestor.size()] == '.';
}

std::vector<std::string> PathToNation(std::string_view code) {
  std::vector<std::string> path;
  for (; !code.empty(); code = ParentOf(code)) path.emplace_back(code);
  return path;
}

std::string_view RegencyOf(std::string_view code) {
  const size_t first = code.find('.');
  if (first == std::string_view::npos) return code;
  return code.substr(0, code.find('.', first + 1));
}

std::string WithDots(std::string_view digits) {
  if (digits.find('.') != std::string_view::npos) return std::string(digits);
  if (digits == kNationCode) return std::string(digits);
  if (!AllDigits(digits)) return {};
  switch (digits.size()) {
    case 2:
      return std::string(digits);
    case 4:
      return fmt::format("{}.{}", digits.substr(0, 2), digits.substr(2));
    case 6:
      return fmt::format("{}.{}.{}", digits.substr(0, 2), digits.substr(2, 2), digits.substr(4));
    case 10:
      return fmt::format("{}.{}.{}.{}", digits.substr(0, 2), digits.substr(2, 2),
                         digits.substr(4, 2), digits.substr(6));
    default:
      return {};
  }
}

}  // namespace sepakat::base
