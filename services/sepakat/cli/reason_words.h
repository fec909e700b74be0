// What a reason of a service means, in Indonesian: findings of records and the failures that people
// meet at the command line.
//
// Services say their sentence in English, with the value; the reason is the same in every language.
// Thread: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "common/base/language.h"

namespace sepakat::cli {

std::optional<std::string_view> ReasonInIndonesian(std::string_view reason);

// The sentence of a failure. Where it speaks English only, its reason is explained first.
std::string SentenceOf(const absl::Status& status, base::Language language);

// What a finding says: the service's own sentence, which names the value, in English; what its
// reason demands in Indonesian.
std::string FindingSentence(std::string_view reason, const std::string& message,
                            base::Language language);

}  // namespace sepakat::cli
