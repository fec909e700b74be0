#include "ingestion/domain/family.h"

#include <utility>

namespace sepakat::ingestion {
namespace {

// More say nothing new to the person who corrects the record.
constexpr size_t kMostFindings = 100;

}  // namespace

void Decision::Clear() {
  findings.clear();
  rejected = false;
  family.region.clear();
  family.observed_on = 0;
  family.size = 0;
  family.weight = 0;
  family.welfare.reset();
  family.stratum.clear();
  family.psu.clear();
  family.official_decile.reset();
  family.values.fill(kUnknown);
}

void Decision::Flag(std::string_view reason, std::string_view column, int row,
                    std::string message) {
  if (findings.size() >= kMostFindings) return;
  findings.push_back({std::string(reason), std::string(column), std::move(message), false, row});
}

void Decision::Reject(std::string_view reason, std::string_view column, int row,
                      std::string message) {
  rejected = true;
  if (findings.size() >= kMostFindings) findings.pop_back();
  findings.push_back({std::string(reason), std::string(column), std::move(message), true, row});
}

}  // namespace sepakat::ingestion
