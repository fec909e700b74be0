// One thing found wrong or doubtful in a record. Carries no personal data.
//
// Thread: plain value.
#pragma once

#include <string>

namespace sepakat::ingestion {

struct Finding {
  // Stable, UPPER_SNAKE; listed in docs/CODEBOOKS.md part 3.
  std::string reason;
  // Column as the source names it; empty when it is about the whole record.
  std::string column;
  // What is wrong, where, what to do.
  std::string message;
  // true: the record was refused for it; false: the value became unknown or the record is marked.
  bool fatal = false;
  // Row of the record, counted from 0.
  int row = 0;
};

}  // namespace sepakat::ingestion
