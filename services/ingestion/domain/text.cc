#include "ingestion/domain/text.h"

#include <fmt/format.h>

#include <array>
#include <cstring>

namespace sepakat::ingestion {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

// Code points of 0x80..0x9F in windows-1252 (unicode.org, CP1252.TXT).
constexpr std::array<uint16_t, 32> kWindows1252 = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

void AppendCodePoint(uint16_t point, std::string* utf8) {
  if (point < 0x800) {
    utf8->push_back(static_cast<char>(0xC0 | (point >> 6)));
  } else {
    utf8->push_back(static_cast<char>(0xE0 | (point >> 12)));
    utf8->push_back(static_cast<char>(0x80 | ((point >> 6) & 0x3F)));
  }
  utf8->push_back(static_cast<char>(0x80 | (point & 0x3F)));
}

// Length of the well-formed sequence that starts at `p`, 0 if there is none (RFC 3629, section 4).
size_t SequenceLength(const unsigned char* p, size_t left) {
  const auto tail = [&](size_t i) { return i < left && (p[i] & 0xC0) == 0x80; };
  if (p[0] >= 0xC2 && p[0] <= 0xDF) return tail(1) ? 2 : 0;
  if (p[0] >= 0xE0 && p[0] <= 0xEF) {
    if (!tail(1) || !tail(2)) return 0;
    const bool overlong = p[0] == 0xE0 && p[1] < 0xA0;
    const bool surrogate = p[0] == 0xED && p[1] > 0x9F;
    return overlong || surrogate ? 0 : 3;
  }
  if (p[0] >= 0xF0 && p[0] <= 0xF4) {
    if (!tail(1) || !tail(2) || !tail(3)) return 0;
    const bool overlong = p[0] == 0xF0 && p[1] < 0x90;
    const bool beyond = p[0] == 0xF4 && p[1] > 0x8F;
    return overlong || beyond ? 0 : 4;
  }
  return 0;
}

}  // namespace

std::string_view Trim(std::string_view text) {
  while (!text.empty()) {
    if (IsBlank(text.front())) {
      text.remove_prefix(1);
    } else if (text.starts_with(kNoBreakSpace)) {
      text.remove_prefix(kNoBreakSpace.size());
    } else {
      break;
    }
  }
  while (!text.empty()) {
    if (IsBlank(text.back())) {
      text.remove_suffix(1);
    } else if (text.ends_with(kNoBreakSpace)) {
      text.remove_suffix(kNoBreakSpace.size());
    } else {
      break;
    }
  }
  return text;
}

size_t FirstInvalidUtf8(std::string_view bytes) {
  const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
  size_t i = 0;
  while (i < bytes.size()) {
    if (i + 8 <= bytes.size()) {
      uint64_t word;
      std::memcpy(&word, p + i, sizeof word);
      if ((word & 0x8080808080808080ULL) == 0) {
        i += 8;
        continue;
      }
    }
    if (p[i] < 0x80) {
      ++i;
      continue;
    }
    const size_t length = SequenceLength(p + i, bytes.size() - i);
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

void AppendWindows1252(std::string_view bytes, std::string* utf8) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      utf8->push_back(c);
    } else {
      AppendCodePoint(byte < 0xA0 ? kWindows1252[byte - 0x80] : byte, utf8);
    }
  }
}

std::optional<int32_t> SmallInteger(std::string_view cell) {
  if (cell.size() == 1) {  // Most codes have one digit.
    return IsDigit(cell.front()) ? std::optional<int32_t>(cell.front() - '0') : std::nullopt;
  }
  const bool negative = !cell.empty() && cell.front() == '-';
  if (negative) cell.remove_prefix(1);
  if (cell.size() > 2 && cell.back() == '0') {
    const size_t mark = cell.find_first_of(".,");
    if (mark != std::string_view::npos && mark > 0 &&
        cell.find_first_not_of('0', mark + 1) == std::string_view::npos) {
      cell = cell.substr(0, mark);
    }
  }
  if (cell.empty() || cell.size() > 9) return std::nullopt;
  int32_t value = 0;
  for (const char c : cell) {
    if (!IsDigit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return negative ? -value : value;
}

std::string_view WithoutZeroFraction(std::string_view cell) {
  if (!cell.ends_with(".0")) return cell;
  const std::string_view whole = cell.substr(0, cell.size() - 2);
  return whole.find_first_not_of("0123456789") == std::string_view::npos ? whole : cell;
}

bool HoldsIdentityNumber(std::string_view text) {
  if (text.size() < 16) return false;
  int run = 0;
  for (const char c : text) {
    run = IsDigit(c) ? run + 1 : 0;
    if (run == 16) return true;
  }
  return false;
}

bool IsDigits(std::string_view text, size_t count) {
  if (text.size() != count) return false;
  for (const char c : text) {
    if (!IsDigit(c)) return false;
  }
  return true;
}

std::string Shown(std::string_view cell) {
  if (cell.empty()) return "an empty answer";
  constexpr std::string_view kNoAnswer[] = {"NA",  "N/A",  "#N/A", "NaN",
                                            "nan", "NULL", "null", "None"};
  for (const std::string_view word : kNoAnswer) {
    if (cell == word) return fmt::format("'{}' (list it in [format] missing)", cell);
  }
  bool harmless = cell.size() <= 6;
  for (const char c : cell) {
    harmless = harmless && (IsDigit(c) || c == '.' || c == ',' || c == '-' || c == '+');
  }
  if (harmless) return fmt::format("'{}'", cell);
  return fmt::format("a text of {} bytes", cell.size());
}

}  // namespace sepakat::ingestion
