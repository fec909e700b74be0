#include "budgeting/wire/certificate_sentence.h"

#include <gtest/gtest.h>

#include "budgeting/wire/proto_codec.h"

namespace sepakat::budgeting {
namespace {

Proposal Of(int64_t value, int64_t bound, int64_t eligible, int64_t unserved) {
  Proposal proposal;
  proposal.certificate = {value, bound, bound - value, 1, 1};
  proposal.eligible = eligible;
  proposal.unserved = unserved;
  return proposal;
}

TEST(CertificateSentenceTest, ValueAndBoundAreSaidWithoutClaimingMoreThanProven) {
  const CertificateSentence sentence = Describe(Of(12'340, 12'502, 157, 57));
  EXPECT_EQ(sentence.id,
            "Nilai 98,7 dari paling banyak 100,0 (12.340 dari 12.502 poin); 57 keluarga belum "
            "terlayani.");
  EXPECT_EQ(sentence.en,
            "Value 98.7 of at most 100.0 (12,340 of 12,502 points); 57 families are left out.");
}

TEST(CertificateSentenceTest, AProvenOptimumIsCalledTheBest) {
  EXPECT_EQ(Describe(Of(1'000, 1'000, 1'500, 1'400)).id,
            "Nilai 1.000 poin, terbukti terbaik untuk pagu ini; 1.400 keluarga belum terlayani.");
}

TEST(CertificateSentenceTest, NobodyLeftOutAndNobodyEligibleAreSaidPlainly) {
  EXPECT_EQ(Describe(Of(10, 10, 3, 0)).id, "Semua 3 keluarga yang memenuhi syarat terlayani.");
  EXPECT_EQ(Describe(Of(0, 0, 0, 0)).en,
            "No family is eligible that is not on an approved list already.");
}

TEST(BudgetingCodecTest, AProposalSurvivesTheWay) {
  Proposal proposal = Of(5, 7, 9, 4);
  proposal.plan_id = "rtlh-1";
  proposal.programme_id = "rtlh";
  proposal.programme_version = "2";
  proposal.publication = 3;
  proposal.ceiling = 2'147'483'648;  // more than 32 bits
  proposal.committed = 1;
  proposal.unit_cost = 20'000'000;
  proposal.cost = 40'000'000;
  proposal.benefit_table = "2020-1";
  proposal.rows = {{"33.26.01.2001", 9, 2, 40'000'000, 5}};
  proposal.proposed_at_ms = 11;
  const ProtoBudgetingCodec codec;
  const absl::StatusOr<Proposal> read = codec.DecodeProposal(codec.EncodeProposal(proposal));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, proposal);
}

}  // namespace
}  // namespace sepakat::budgeting
