#include "sepakat/measure/numbers_text.h"

#include <fmt/format.h>

#include <cmath>

namespace sepakat::measure {
namespace {

constexpr double kLarge = 1000;
constexpr double kPercent = 100;
constexpr int kShareDecimals = 2;
constexpr int kIndexDecimals = 4;

}  // namespace

std::string NumberShown(double value, int decimals, Language language) {
  const bool indonesian = language == Language::kIndonesian;
  std::string text = fmt::format("{:.{}f}", std::abs(value), decimals);
  const bool zero = text.find_first_not_of("0.") == std::string::npos;
  const size_t point = decimals > 0 ? text.find('.') : text.size();
  if (decimals > 0 && indonesian) text[point] = ',';
  for (size_t at = point; at > 3;) {
    at -= 3;
    text.insert(at, 1, indonesian ? '.' : ',');
  }
  return value < 0 && !zero ? "-" + text : text;
}

std::string ValueShown(std::optional<double> value, Unit unit, Language language) {
  if (!value || !std::isfinite(*value)) return "-";
  switch (unit) {
    case Unit::kShare:
      return NumberShown(*value * kPercent, kShareDecimals, language);
    case Unit::kIndex:
      return NumberShown(*value, kIndexDecimals, language);
    case Unit::kWelfare:
      return NumberShown(*value, std::abs(*value) >= kLarge ? 0 : kShareDecimals, language);
    case Unit::kCount:
      break;
  }
  return NumberShown(*value, 0, language);
}

}  // namespace sepakat::measure
