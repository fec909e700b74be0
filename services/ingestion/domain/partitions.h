// Which partition of the family topic a regency's families go to.
//
// All families of a regency share a partition (engine.md 9). The table is explicit; a regency that
// it does not list goes where murmur2 of its code says. Thread: immutable value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "common/base/hash.h"
#include "common/base/region_code.h"
#include "ingestion/domain/region_master.h"

namespace sepakat::ingestion {

class PartitionTable {
 public:
  using Entries = std::unordered_map<std::string, int32_t, StringHash, std::equal_to<>>;
  explicit PartitionTable(int32_t partitions, Entries entries = {})
      : partitions_(partitions), entries_(std::move(entries)) {}

  int32_t Of(std::string_view region) const {
    const std::string_view regency = base::RegencyOf(region);
    const auto it = entries_.find(regency);
    if (it != entries_.end() && it->second < partitions_) return it->second;
    return base::PartitionOf(regency, partitions_);
  }

 private:
  int32_t partitions_;
  Entries entries_;
};

}  // namespace sepakat::ingestion
