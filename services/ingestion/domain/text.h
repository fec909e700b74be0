// Small tools on the text of cells: blanks, encodings, short integers.
//
// Thread: pure functions. Complexity: linear in the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sepakat::ingestion {

// Without blanks (space, tab, carriage return, no-break space) at both ends.
std::string_view Trim(std::string_view text);

// Position of the first byte that is no UTF-8 (RFC 3629), or npos.
size_t FirstInvalidUtf8(std::string_view bytes);

// Appends windows-1252 bytes as UTF-8; the five undefined bytes become U+FFFD.
void AppendWindows1252(std::string_view bytes, std::string* utf8);

// An integer as questionnaires write codes: `1`, `01`, `-2` and, from spreadsheets, `1.0`. Absent
// for anything else and beyond nine digits.
std::optional<int32_t> SmallInteger(std::string_view cell);

// Digits without a fraction of zeros: `3326152014.0`, as statistics packages write codes, is
// `3326152014`; anything else stays. Dotted codes have no part that is a single zero.
std::string_view WithoutZeroFraction(std::string_view cell);

// True if the text holds 16 or more digits in a row: an identity or family card number.
bool HoldsIdentityNumber(std::string_view text);

// True if the text is exactly `count` digits.
bool IsDigits(std::string_view text, size_t count);

// The cell in quotes for a message when it cannot be personal data (at most six digits and marks,
// or a usual word for "no answer"); else a description of it.
std::string Shown(std::string_view cell);

}  // namespace sepakat::ingestion
