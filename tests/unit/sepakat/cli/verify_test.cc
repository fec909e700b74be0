#include "fake_server.h"
#include "gmock/gmock.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"

namespace sepakat::cli {
namespace {

using testing::HasSubstr;
namespace v1 = targeting::v1;

v1::VerifyPublicationResponse Equal() {
  v1::VerifyPublicationResponse report;
  report.set_publication(17);
  report.set_cut_at_ms(1'760'000'000'000);
  report.set_passed(true);
  report.set_digest_said("aa");
  report.set_digest_recomputed("aa");
  report.set_events(291'000);
  report.set_families(290'000);
  report.set_figures(15'000);
  report.set_served_families(290'000);
  return report;
}

void Answer(FakeServer& server, v1::VerifyPublicationResponse report,
            v1::VerifyPublicationRequest* asked = nullptr) {
  server.On<v1::VerifyPublicationRequest, v1::VerifyPublicationResponse>(
      "VerifyPublication",
      [asked, report](const v1::VerifyPublicationRequest& request)
          -> absl::StatusOr<v1::VerifyPublicationResponse> {
        if (asked != nullptr) *asked = request;
        return report;
      });
}

TEST(Verify, SaysWhatWasComparedWhenEverythingIsEqual) {
  FakeServer server;
  Answer(server, Equal());
  EXPECT_EQ(server.Run({"verify"}), kExitOk);
  EXPECT_EQ(server.out(),
            "publication 17 of 2025-10-09T08:53:20.000Z: everything is equal\n"
            "  291,000 events read, 290,000 families, 15,000 figures compared, 290,000 served "
            "families compared\n"
            "  digest said       aa\n"
            "  digest recomputed aa\n");
}

TEST(Verify, NamesWhatDiffersAndEndsWithCode3) {
  FakeServer server;
  v1::VerifyPublicationResponse report = Equal();
  report.set_passed(false);
  report.set_digest_recomputed("bb");
  v1::VerificationFinding* finding = report.add_findings();
  finding->set_kind("EVENT_ALTERED");
  finding->set_fault(true);
  finding->set_where("sepakat.ingestion.family.v1/0@12");
  finding->set_detail("the content of event f/12 does not match its digest");
  (*report.mutable_finding_counts())["EVENT_ALTERED"] = 1;
  (*report.mutable_finding_counts())["FIGURE_DIFFERS"] = 40;
  Answer(server, report);
  EXPECT_EQ(server.Run({"verify"}), kExitDiffers);
  EXPECT_THAT(server.out(), HasSubstr("DIFFERS\n"));
  EXPECT_THAT(server.out(), HasSubstr("EVENT_ALTERED  sepakat.ingestion.family.v1/0@12  "));
  EXPECT_THAT(server.out(), HasSubstr("and 40 more findings\n"));
}

TEST(Verify, AsksForOnePublicationAndPrintsJson) {
  FakeServer server;
  v1::VerifyPublicationRequest asked;
  v1::VerifyPublicationResponse report = Equal();
  report.clear_served_families();
  Answer(server, report, &asked);
  EXPECT_EQ(server.Run({"verify", "--publication", "17", "--format", "json"}), kExitOk);
  EXPECT_EQ(asked.publication(), 17);
  EXPECT_THAT(server.out(), HasSubstr("\"passed\": true"));
  EXPECT_THAT(server.out(), HasSubstr("\"servedFamilies\": null"));
}

}  // namespace
}  // namespace sepakat::cli
