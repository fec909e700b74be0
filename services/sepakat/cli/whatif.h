// How a what-if is asked for on the command line and shown.
//
// Errors: InvalidArgument CHANGE_MALFORMED, CHANGES_MALFORMED; NotFound PROGRAMME_UNKNOWN.
// Thread: one.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "sepakat/cli/client.h"
#include "sepakat/cli/output.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"

namespace sepakat::cli {

// The words of `whatif create` that say what is otherwise.
struct WhatIfWords {
  std::string changes_file;          // WhatIfChanges as JSON
  std::vector<std::string> lines;    // REGION[/urban|/rural]=VALUE
  std::string line_percent;          // 110
  std::string decile_by;             // families or persons
  std::string rank_by;               // a model id, or welfare
  std::vector<std::string> deciles;  // PROGRAMME=HIGHEST DECILE
  std::string rule_set;
  std::vector<std::string> weights;  // REGION[/urban|/rural]=FACTOR
};

absl::StatusOr<targeting::v1::WhatIfChanges> ReadWhatIfWords(const WhatIfWords& words,
                                                             const std::string& population,
                                                             Client& client);

// What there is to print of a branch: figures, moves, regions, groups, deciles.
absl::StatusOr<OutputTable> WhatIfTable(const targeting::v1::GetWhatIfResponse& response,
                                        const std::string& part);
// All of it for a person.
void PrintWhatIf(const targeting::v1::GetWhatIfResponse& response, std::ostream& out);

OutputTable WhatIfList(const std::vector<targeting::v1::WhatIf>& branches);

}  // namespace sepakat::cli
