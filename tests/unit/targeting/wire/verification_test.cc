// Verification: a publication is computed once more from the log, and what was lost, doubled or
// altered on the way is found and named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "sepakat/ingestion/events/v1/ingestion_events.pb.h"
#include "tests/support/targeting/targeting_rig.h"

namespace sepakat::targeting {
namespace {

using runtime::LogRecord;
using support::TargetingRig;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
namespace topics = runtime::topics;

v1::VerifyPublicationResponse Verify(TargetingRig& rig, int64_t publication = 0) {
  v1::VerifyPublicationRequest request;
  request.set_publication(publication);
  const auto response = rig.Call<v1::VerifyPublicationResponse>("VerifyPublication", request);
  EXPECT_TRUE(response.ok()) << response.status();
  return response.value_or(v1::VerifyPublicationResponse{});
}

std::string ReasonOfVerify(TargetingRig& rig, int64_t publication) {
  v1::VerifyPublicationRequest request;
  request.set_publication(publication);
  return std::string(base::ReasonOf(
      rig.Call<v1::VerifyPublicationResponse>("VerifyPublication", request).status()));
}

// `KIND where` of every finding.
std::vector<std::string> Found(const v1::VerifyPublicationResponse& response) {
  std::vector<std::string> found;
  for (const auto& finding : response.findings()) {
    found.push_back(finding.kind() + " " + finding.where());
  }
  return found;
}

// Four families of one village, of which the second is recorded twice, in three publications.
class SmallRegister : public testing::Test {
 protected:
  SmallRegister() {
    rig.SetLine("33.26", "538371");
    rig.Record({.id = 1, .welfare = 400'000});
    rig.Record({.id = 2, .welfare = 500'000});
    rig.Record({.id = 3, .welfare = 600'000});
    rig.Settle();
    rig.Record({.id = 2, .welfare = 700'000});
    rig.Settle();
    rig.Record({.id = 4, .welfare = 800'000});
    rig.Settle();
  }

  // Readers see the `index`-th family event changed by `change`.
  void EditFamilyEvent(int64_t index,
                       const std::function<void(std::vector<LogRecord>&, size_t)>& change) {
    rig.log.edit = [index, change](std::vector<LogRecord>& records) {
      for (size_t i = 0; i < records.size(); ++i) {
        if (records[i].topic != topics::kFamily || records[i].offset != index) continue;
        change(records, i);
        return;
      }
    };
  }

  static constexpr const char* kVillage = "33.26.15.2014";
  TargetingRig rig{{}, 1};
};

TEST_F(SmallRegister, TheLatestPublicationIsComparedWithLogManifestAndServedFamilies) {
  const v1::VerifyPublicationResponse report = Verify(rig);
  EXPECT_TRUE(report.passed());
  EXPECT_THAT(Found(report), IsEmpty());
  EXPECT_EQ(report.digest_said(), report.digest_recomputed());
  EXPECT_EQ(report.families(), 4);
  EXPECT_EQ(report.served_families(), 4);
  // village, district, regency, province, nation
  EXPECT_EQ(report.figures(), 5 * static_cast<int64_t>(measures::Catalogue().size()));
}

TEST_F(SmallRegister, EveryEarlierPublicationIsRecomputedFromItsOwnOffsets) {
  const int64_t latest = Verify(rig).publication();
  ASSERT_GE(latest, 3);
  for (int64_t publication = 1; publication <= latest; ++publication) {
    const v1::VerifyPublicationResponse report = Verify(rig, publication);
    EXPECT_TRUE(report.passed()) << publication;
    EXPECT_FALSE(report.has_served_families());
  }
  EXPECT_EQ(Verify(rig, latest - 1).families(), 3);
}

TEST_F(SmallRegister, ALostEventIsNamedByTheGapAndTheFamilyItConcerned) {
  EditFamilyEvent(1, [](std::vector<LogRecord>& records, size_t i) {
    records.erase(records.begin() + static_cast<std::ptrdiff_t>(i));
  });
  // Family 2 was recorded again later: nothing that is served depends on its first record.
  EXPECT_TRUE(Verify(rig).passed());
  EXPECT_THAT(Found(Verify(rig)),
              Contains(StartsWith("EVENT_GAP sepakat.ingestion.family.v1/0@2")));
  EditFamilyEvent(2, [](std::vector<LogRecord>& records, size_t i) {
    records.erase(records.begin() + static_cast<std::ptrdiff_t>(i));
  });
  const v1::VerifyPublicationResponse report = Verify(rig);
  EXPECT_FALSE(report.passed());
  const std::vector<std::string> found = Found(report);
  EXPECT_THAT(found, Contains(StartsWith("STATE_DIFFERS")));
  EXPECT_THAT(found, Contains(StartsWith("EVENT_GAP sepakat.ingestion.family.v1/0@3")));
  EXPECT_THAT(found, Contains("FAMILY_DIFFERS register/" + TargetingRig::IdOf(3)));
  EXPECT_THAT(found, Contains(std::string("FIGURE_DIFFERS register/") + kVillage));
  EXPECT_THAT(found, Not(Contains("FAMILY_DIFFERS register/" + TargetingRig::IdOf(1))));
}

TEST_F(SmallRegister, ADoubledEventIsNamedAndChangesNothing) {
  EditFamilyEvent(2, [](std::vector<LogRecord>& records, size_t i) {
    const LogRecord again = records[i];
    records.insert(records.begin() + static_cast<std::ptrdiff_t>(i), again);
  });
  const v1::VerifyPublicationResponse report = Verify(rig);
  EXPECT_TRUE(report.passed());
  EXPECT_THAT(Found(report), Contains("EVENT_REPEATED sepakat.ingestion.family.v1/0@2"));
}

TEST_F(SmallRegister, AnAlteredEventIsNamedByItsPlace) {
  EditFamilyEvent(0, [](std::vector<LogRecord>& records, size_t i) {
    ingestion::events::v1::FamilyEvent event;
    ASSERT_TRUE(event.ParseFromString(*records[i].value));
    event.mutable_recorded()->mutable_snapshot()->set_welfare(900'000);
    records[i].value = event.SerializeAsString();
  });
  const v1::VerifyPublicationResponse report = Verify(rig);
  EXPECT_FALSE(report.passed());
  EXPECT_THAT(Found(report), Contains("EVENT_ALTERED sepakat.ingestion.family.v1/0@0"));
  EXPECT_THAT(Found(report), Contains(std::string("FIGURE_DIFFERS register/") + kVillage));
  EXPECT_THAT(Found(report), Contains("FAMILY_DIFFERS register/" + TargetingRig::IdOf(1)));
}

TEST_F(SmallRegister, AFigureThatTheLogDoesNotHoldAsComputedIsNamed) {
  rig.log.edit = [](std::vector<LogRecord>& records) {
    for (LogRecord& record : records) {
      if (record.topic != topics::kIndicator) continue;
      events::v1::IndicatorPublished indicator;
      ASSERT_TRUE(indicator.ParseFromString(*record.value));
      if (indicator.region() != kVillage) continue;
      for (auto& figure : *indicator.mutable_figures()) {
        if (figure.measure() == "poor_persons") figure.set_numerator("5");
      }
      record.value = indicator.SerializeAsString();
    }
  };
  const v1::VerifyPublicationResponse report = Verify(rig);
  EXPECT_FALSE(report.passed());
  EXPECT_EQ(report.digest_said(), report.digest_recomputed());
  EXPECT_THAT(Found(report),
              testing::ElementsAre(std::string("FIGURE_DIFFERS register/") + kVillage));
  EXPECT_THAT(report.findings(0).detail(), StartsWith("poor_persons: said 5/1"));
}

TEST_F(SmallRegister, ServingGoesOnWhileAPublicationIsVerified) {
  // A record arrives while the log is being read.
  bool arrived = false;
  rig.log.edit = [&](std::vector<LogRecord>& records) {
    if (arrived || records.empty() || records[0].topic != topics::kFamily) return;
    arrived = true;
    rig.log.edit = {};
    rig.Record({.id = 5, .welfare = 100'000});
    rig.Settle();
  };
  const v1::VerifyPublicationResponse report = Verify(rig);
  EXPECT_TRUE(arrived);
  EXPECT_TRUE(report.passed());
  EXPECT_EQ(report.served_families(), 5);
}

TEST(Verification, SaysWhatThereIsToVerify) {
  TargetingRig rig;
  EXPECT_EQ(ReasonOfVerify(rig, 0), "NOTHING_PUBLISHED");
  EXPECT_EQ(ReasonOfVerify(rig, 7), "PUBLICATION_UNKNOWN");
}

}  // namespace
}  // namespace sepakat::targeting
