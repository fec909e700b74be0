#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <sstream>

#include "common/base/status.h"
#include "google/protobuf/util/json_util.h"
#include "sepakat/budgeting/v1/budgeting_service.pb.h"
#include "sepakat/cli/whatif.h"

namespace sepakat::cli {
namespace {

namespace v1 = targeting::v1;

absl::Status Malformed(const std::string& word, std::string_view expected) {
  return base::Error(absl::StatusCode::kInvalidArgument, "CHANGE_MALFORMED",
                     fmt::format("`{}` is not {}", word, expected));
}

// Parts of `REGION[/urban|/rural]=VALUE`.
struct AreaValue {
  std::string region;
  uint32_t urban_rural = 0;
  std::string value;
};

absl::StatusOr<AreaValue> ReadAreaValue(const std::string& word) {
  constexpr std::string_view kExpected =
      "REGION=VALUE, REGION/urban=VALUE or REGION/rural=VALUE, for example 33.26/urban=560000";
  const size_t equals = word.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == word.size()) {
    return Malformed(word, kExpected);
  }
  AreaValue read{word.substr(0, equals), 0, word.substr(equals + 1)};
  const size_t slash = read.region.find('/');
  if (slash == std::string::npos) return read;
  const std::string area = read.region.substr(slash + 1);
  if (area != "urban" && area != "rural") return Malformed(word, kExpected);
  read.urban_rural = area == "urban" ? 1 : 2;
  read.region.resize(slash);
  return read;
}

absl::Status ReadFile(const std::string& path, v1::WhatIfChanges* changes) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in.good()) {
    return base::Error(absl::StatusCode::kNotFound, "FILE_UNREADABLE",
                       fmt::format("{} cannot be read", path));
  }
  const auto parsed = google::protobuf::util::JsonStringToMessage(text.str(), changes);
  if (parsed.ok()) return absl::OkStatus();
  return base::Error(absl::StatusCode::kInvalidArgument, "CHANGES_MALFORMED",
                     fmt::format("{}: {}", path, std::string(parsed.message())));
}

// A new ceiling of deciles needs the rest of the rule as it stands.
absl::Status ReadDeciles(const std::vector<std::string>& words, Client& client,
                         v1::WhatIfChanges* changes) {
  if (words.empty()) return absl::OkStatus();
  SEPAKAT_ASSIGN_OR_RETURN(const budgeting::v1::ListProgrammesResponse programmes,
                           client.Call<budgeting::v1::ListProgrammesResponse>(
                               "sepakat.budgeting.v1.BudgetingService/ListProgrammes",
                               budgeting::v1::ListProgrammesRequest()));
  for (const std::string& word : words) {
    const size_t equals = word.find('=');
    uint32_t decile = 0;
    const char* end = word.data() + word.size();
    if (equals == std::string::npos ||
        std::from_chars(word.data() + equals + 1, end, decile).ptr != end || decile > 10) {
      return Malformed(word, "PROGRAMME=HIGHEST DECILE, 1 to 10, or 0 for any");
    }
    const std::string id = word.substr(0, equals);
    v1::ProgrammeRule* rule = nullptr;
    for (const auto& summary : programmes.programmes()) {
      if (summary.programme().id() != id) continue;
      rule = changes->add_programmes();
      rule->set_programme_id(id);
      *rule->mutable_rule() = summary.programme().rule();
      rule->mutable_rule()->set_decile_max(decile);
    }
    if (rule == nullptr) {
      return base::Error(absl::StatusCode::kNotFound, "PROGRAMME_UNKNOWN",
                         "no programme is called " + id);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::WhatIfChanges> ReadWhatIfWords(const WhatIfWords& words,
                                                  const std::string& population, Client& client) {
  v1::WhatIfChanges changes;
  if (!words.changes_file.empty()) {
    SEPAKAT_RETURN_IF_ERROR(ReadFile(words.changes_file, &changes));
  }
  for (const std::string& word : words.lines) {
    SEPAKAT_ASSIGN_OR_RETURN(const AreaValue read, ReadAreaValue(word));
    auto* line = changes.add_lines();
    line->set_region(read.region);
    line->set_urban_rural(read.urban_rural);
    line->set_value(read.value);
  }
  if (!words.line_percent.empty()) changes.set_line_percent(words.line_percent);
  if (!words.decile_by.empty() || !words.rank_by.empty()) {
    v1::ListParametersRequest request;
    request.set_population(population);
    SEPAKAT_ASSIGN_OR_RETURN(const v1::ListParametersResponse parameters,
                             client.Call<v1::ListParametersResponse>(
                                 "sepakat.targeting.v1.TargetingService/ListParameters", request));
    *changes.mutable_settings() = parameters.settings();
    changes.mutable_settings()->clear_version();
    if (!words.decile_by.empty()) changes.mutable_settings()->set_decile_by(words.decile_by);
    if (!words.rank_by.empty()) changes.mutable_settings()->set_model_id(words.rank_by);
  }
  SEPAKAT_RETURN_IF_ERROR(ReadDeciles(words.deciles, client, &changes));
  if (!words.rule_set.empty()) changes.set_rule_set(words.rule_set);
  for (const std::string& word : words.weights) {
    SEPAKAT_ASSIGN_OR_RETURN(const AreaValue read, ReadAreaValue(word));
    auto* factor = changes.add_weights();
    factor->set_region(read.region);
    factor->set_urban_rural(read.urban_rural);
    factor->set_factor(read.value);
  }
  return changes;
}

}  // namespace sepakat::cli
