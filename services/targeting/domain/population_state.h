// The register of one population under one set of parameters: records, order, regions.
//
// Apply() replaces a family's old contribution to its region's sums by its new one and notes how
// the family stood; SetParameters() derives everything again from the raw inputs; Settle() brings
// the orders, deciles, needs and region totals up to date, for a few families one by one, for many
// sorted and merged at once. After Settle() the state depends only on the newest version of each
// family and on the parameters: not on the order of arrival, on batching, or on what was there in
// between.
//
// Versions: only a larger one is applied. At equal version a departure yields to its arrival; other
// content is a conflict, and the smaller content digest stays in force whichever came first.
// Withdrawals are kept, so that a late repeat cannot revive a family.
// Thread: one owner. Complexity: Apply about a microsecond; SetParameters linear in the families;
// Settle linear in the touched regions, in the families that came or changed and in those whose
// decile moved.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/hash.h"
#include "targeting/domain/deprivations.h"
#include "targeting/domain/derivation.h"
#include "targeting/domain/line_table.h"
#include "targeting/domain/parameters.h"
#include "targeting/domain/rank_order.h"
#include "targeting/domain/record_store.h"
#include "targeting/domain/region_tree.h"

namespace sepakat::targeting {

// kFull: the region weights would pass 2^46; nothing was changed.
enum class Applied { kChanged, kLate, kRepeated, kConflict, kFull };

class PopulationState {
 public:
  // `rules` outlives the state.
  PopulationState(std::string id, const RuleSet* rules);
  PopulationState(const PopulationState&) = delete;
  PopulationState& operator=(const PopulationState&) = delete;

  // Requires CheckIntake(update).
  Applied Apply(const FamilyUpdate& update);
  void SetParameters(ParameterSet parameters);
  void Settle();
  // After many changes: the orders take as little memory as they can. Linear in the families.
  void Compact();

  // Classes of a family as they stand now.
  FamilyClasses ClassesOf(const FamilyRecord& record) const;
  Derived DerivedOf(const FamilyRecord& record) const;
  // The parameters in force, ready to be applied; stands until they change.
  Yardstick yardstick() const { return {rules_, model_, &lines_, programmes_}; }
  const ServedDeciles& served() const { return served_; }
  const MpiCounter& mpi() const { return mpi_; }
  RankKey KeyOf(const FamilyRecord& record) const { return {record.rank_value, record.key}; }
  // Bytes held, by part.
  struct Memory {
    RecordStore::Memory records;
    size_t orders = 0;
    size_t regions = 0;
    size_t total() const;
    Memory& operator+=(const Memory& other);
  };
  Memory MemoryBytes() const;

  const std::string& id() const { return id_; }
  const ParameterSet& parameters() const { return parameters_; }
  const RuleSet& rules() const { return *rules_; }
  const std::vector<const Programme*>& programmes() const { return programmes_; }
  const LineTable& lines() const { return lines_; }
  const RecordStore& records() const { return records_; }
  const RegionTree& tree() const { return tree_; }
  const RankOrder& ranked() const { return ranked_; }
  const DecileEnds& decile_ends() const { return ends_; }
  const Provenance& provenance(uint32_t index) const { return provenances_.at(index); }
  const base::Digest128& digest() const { return digest_; }
  // Welfare distribution of a region; `scratch` holds it where it is not kept.
  const WelfareOrder& DistributionOf(uint32_t region, WelfareOrder* scratch) const;
  int64_t families() const { return tree_.at(RegionTree::kNation).total.families; }

  // What changed since the last call of Published(): for publication.h.
  RegionTree& mutable_tree() { return tree_; }
  const std::vector<uint32_t>& dirty_regions() const { return dirty_; }
  const std::vector<uint32_t>& queued_families() const { return queued_; }
  bool parameters_changed() const { return parameters_changed_; }
  // Programmes that did not exist at the last publication.
  uint64_t new_programmes() const { return new_programmes_; }
  // Forgets the changes and remembers the classes of the queued families.
  void Published();
  // Nothing counts as said any more.
  void ForgetSaid();
  // What was said last of a region without families: RegionNode::published_figures.
  void RestoreSaid(std::string_view region, uint64_t figures);

 private:
  void Fill(const FamilyUpdate& update, FamilyRecord* record);
  void Derive(const Features& features, FamilyRecord* record);
  // How a family stands in the orders.
  struct Standing {
    uint32_t slot = 0;
    uint32_t node = 0;
    std::optional<WelfareEntry> welfare;
    std::optional<RankEntry> rank;
  };
  Standing StandingOf(uint32_t slot, const FamilyRecord& record) const;
  // Notes how a family stands before it changes, and takes its decile and needs away.
  void Unsettle(uint32_t slot, FamilyRecord* record);
  // Adds or takes away the sums of a recorded family; its decile and needs wait for Settle().
  void Enter(const FamilyRecord& record);
  void Leave(const FamilyRecord& record);
  RankEntry EntryOf(uint32_t slot, const FamilyRecord& record) const;
  void CountNeeds(const FamilyRecord& record, int sign);
  void SetDecile(uint32_t slot, FamilyRecord* record, int decile);
  // Orders, deciles and needs of the families that came or changed.
  void SettleFamilies();
  void ChangeOrders();
  void Queue(uint32_t slot);
  void MarkDirty(uint32_t node);
  RegionNode& NodeOf(std::string_view code, uint32_t* index);
  static void Hang(uint32_t slot, RegionNode* node);
  static void Unhang(uint32_t slot, RegionNode* node);
  void Relabel(const DecileEnds& before);
  void Total(RegionNode* node);
  void RenewDigest(RegionNode* node);
  void RebuildProgrammes(const ParameterSet& old);
  // The order is kept unless families rank otherwise.
  void RebuildFamilies(bool ranks_otherwise);
  // What a family adds to the digest.
  using DigestWords = std::array<uint64_t, 7>;
  DigestWords DigestPart(const FamilyRecord& record, uint64_t content_hash) const;
  uint64_t ContentHashOf(const FamilyRecord& record) const;

  std::string id_;
  uint64_t id_hash_;
  const RuleSet* rules_;
  ParameterSet parameters_;
  const Model* model_ = nullptr;
  std::vector<const Programme*> programmes_;  // bit i of the masks, ascending by id
  ServedDeciles served_;
  MpiCounter mpi_{DefaultMpi({})};
  LineTable lines_;
  RecordStore records_;
  RegionTree tree_;
  RankOrder ranked_{&records_};
  DecileEnds ends_;
  // How families stood in the orders before they changed; each stands here once.
  std::vector<Standing> unsettled_;
  // Room for what changes in the orders of regions, and of which.
  std::vector<std::vector<WelfareChange>> changes_;
  std::vector<uint32_t> changing_;
  Interner<Provenance> provenances_;
  base::Digest128 digest_;
  std::string packed_;  // room for the features of one family
  int64_t person_weight_ = 0;
  std::vector<uint32_t> dirty_;
  std::vector<uint32_t> queued_;
  bool parameters_changed_ = false;
  uint64_t new_programmes_ = 0;
};

}  // namespace sepakat::targeting
