// Sentences for people: Indonesian first, English beside it.
//
// Both texts stand next to each other where the sentence is said, so that neither is forgotten; the
// compiler checks the places of both. What programs read (keys, reasons, codes) has no language.
// Thread: pure functions.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"

namespace sepakat::base {

enum class Language { kIndonesian, kEnglish };

struct Text {
  std::string_view id;
  std::string_view en;

  constexpr std::string_view In(Language language) const {
    return language == Language::kIndonesian ? id : en;
  }
};

// One sentence with values: Say(language, "{} keluarga", "{} families", n).
template <typename... Args>
std::string Say(Language language, fmt::format_string<Args...> id, fmt::format_string<Args...> en,
                Args&&... args) {
  return language == Language::kIndonesian ? fmt::format(id, std::forward<Args>(args)...)
                                           : fmt::format(en, std::forward<Args>(args)...);
}

// `status`, whose message is English, with the same sentence in Indonesian beside it.
absl::Status WithIndonesian(absl::Status status, std::string_view sentence);

// The sentence of a failure; the English one where no other is known.
std::string MessageIn(Language language, const absl::Status& status);

// True when the failure says its sentence in Indonesian too.
bool SpeaksIndonesian(const absl::Status& status);

// base::Error with the sentence in both languages.
absl::Status ErrorInBoth(absl::StatusCode code, std::string_view reason, std::string_view id,
                         std::string_view en);

template <typename First, typename... Args>
absl::Status ErrorInBoth(absl::StatusCode code, std::string_view reason,
                         fmt::format_string<First&, Args&...> id,
                         fmt::format_string<First&, Args&...> en, First&& first, Args&&... args) {
  return ErrorInBoth(code, reason, std::string_view(fmt::format(id, first, args...)),
                     std::string_view(fmt::format(en, first, args...)));
}

}  // namespace sepakat::base
