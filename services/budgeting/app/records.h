// What budgeting keeps and says, as plain values; wire/ translates them from and to the events.
//
// Thread: values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "budgeting/domain/allocation.h"

namespace sepakat::budgeting {

// Eligible families of one programme in one region, at one publication.
struct Need {
  int64_t publication = 0;
  std::string programme_id;
  std::string region;
  int64_t eligible = 0;
  int64_t unknown = 0;
  ByClass by_class{};
  int64_t cut_at_ms = 0;
};

// How many needs a publication consists of.
struct NeedManifest {
  int64_t publication = 0;
  int64_t needs = 0;
  int64_t cut_at_ms = 0;
};

// A family whose decile or need changed.
struct Crossing {
  int64_t publication = 0;
  std::string family_id;
  std::string region;
  std::string boundary;
  std::string to;
};

struct ProposalRow {
  std::string region;
  // Families that could be served: eligible and on no approved list of the programme.
  int64_t eligible = 0;
  int64_t units = 0;
  int64_t cost = 0;
  int64_t value = 0;
  bool operator==(const ProposalRow&) const = default;
};

struct Proposal {
  // Names the allocation: equal units under equal terms have the same id.
  std::string plan_id;
  std::string programme_id;
  std::string programme_version;
  int64_t publication = 0;
  // Ceiling of the programme, and the part of it that approved plans hold.
  int64_t ceiling = 0;
  int64_t committed = 0;
  int64_t unit_cost = 0;
  int64_t cost = 0;
  Certificate certificate;
  std::string benefit_table;
  // Ascending by region.
  std::vector<ProposalRow> rows;
  int64_t proposed_at_ms = 0;
  int64_t eligible = 0;
  int64_t unserved = 0;
  bool operator==(const Proposal&) const = default;
};

struct FrozenFamily {
  std::string family_id;
  std::string region;
  int64_t rank = 0;
};

struct ApprovedPlan {
  std::string plan_id;
  std::string programme_id;
  int64_t publication = 0;
  std::string approved_by;
  std::string reason;
  int64_t approved_at_ms = 0;
  std::vector<FrozenFamily> families;
  std::string list_digest;
  int64_t cost = 0;
};

struct Delivery {
  std::string delivery_id;
  std::string plan_id;
  std::string programme_id;
  std::string family_id;
  std::string region;
  int32_t delivered_on = 0;
  int64_t cost = 0;
  std::string handover_record;
  std::string recorded_by;
  int64_t recorded_at_ms = 0;
};

}  // namespace sepakat::budgeting
