// The story of the field, as in the Poverty Laboratory: one family from the first visit to a
// repaired house, and what its figures say at every level on the way.
//
//   surveyed -> house unfit -> need opened -> proposed -> approved -> delivered -> surveyed again
//   -> need closed -> headcounts changed at all five levels -> the page shows it
//
// The same story runs in memory and over a real Kafka and Redis.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/date.h"
#include "common/embedded/in_process_views.h"
#include "common/embedded/memory_log.h"
#include "common/embedded/system_clock.h"
#include "common/platform/kafka/kafka_log.h"
#include "common/platform/redis/redis_views.h"
#include "common/runtime/topics.h"
#include "nlohmann/json.hpp"
#include "sepakat/budgeting/v1/budgeting_service.pb.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"
#include "tests/support/chain/chain.h"
#include "tests/support/servers/kafka_server.h"
#include "tests/support/servers/redis_server.h"

namespace sepakat {
namespace {

constexpr char kVillage[] = "33.26.15.2014";
constexpr const char* kLevels[] = {"0", "33", "33.26", "33.26.15", kVillage};

constexpr char kBook[] = R"(
[codebook]
id = "kunjungan"
version = "1"
name = "Kunjungan lapangan"
steward = "Desa Mulyorejo"
source = "Laboratorium Kemiskinan"
[record]
unit = "family"
observed_on = { column = "tanggal" }
[roles]
family  = { column = "kk", kind = "text" }
region  = { column = "desa", coding = "kemendagri" }
size    = { column = "anggota" }
welfare = { column = "pengeluaran", unit = "family", period = "month" }
[[variable]]
column = "lantai"
variable = "floor"
[[variable]]
column = "dinding"
variable = "wall"
[[variable]]
column = "atap"
variable = "roof"
[[variable]]
column = "luas"
variable = "floor_area_m2"
[[variable]]
column = "air"
variable = "water_source"
[[variable]]
column = "jarak"
variable = "water_distance"
[[variable]]
column = "jamban"
variable = "toilet"
[[variable]]
column = "kloset"
variable = "closet"
[[variable]]
column = "tinja"
variable = "disposal"
)";

constexpr char kRegions[] =
    "kode,nama\n33,Jawa Tengah\n33.26,Kabupaten Pekalongan\n33.26.15,Tirto\n"
    "33.26.15.2014,Mulyorejo\n33.26.15.2015,Jeruksari\n";

common::v1::RequestContext Context(const std::string& id) {
  common::v1::RequestContext context;
  context.set_request_id(id);
  context.set_actor("kepala Bappeda");
  context.set_reason("uji cerita lapangan");
  return context;
}

// What a family's answers are, with everything in order unless the story says otherwise.
struct Visit {
  std::string card;
  std::string day;
  std::string floor = "2";
  std::string wall = "1";
};

class FamilyStory {
 public:
  FamilyStory(runtime::EventLog* log, runtime::Views* views, int wait_ms)
      : chain_(log, views, wait_ms) {}

  void Run() {
    const absl::Status started = chain_.Start();
    ASSERT_TRUE(started.ok()) << started;
    SetUpReference();
    if (testing::Test::HasFatalFailure()) return;
    TheNeighbourIsWellAndTheFamilyIsNot();
    if (testing::Test::HasFatalFailure()) return;
    TheNeedIsProposedApprovedAndFrozen();
    if (testing::Test::HasFatalFailure()) return;
    HelpArrivesAndIsRecorded();
    if (testing::Test::HasFatalFailure()) return;
    TheNextVisitClosesTheNeedAtEveryLevel();
  }

 private:
  void SetUpReference() {
    ingestion::v1::LoadRegionsRequest regions;
    *regions.mutable_context() = Context("regions");
    regions.mutable_edition()->set_edition("edisi uji");
    regions.mutable_edition()->set_parent("0");
    regions.mutable_edition()->set_valid_from(20'000);
    regions.set_csv(kRegions);
    const auto loaded =
        chain_.Call<ingestion::v1::LoadRegionsResponse>("ingestion", "LoadRegions", regions);
    ASSERT_TRUE(loaded.ok()) << loaded.status();
    ingestion::v1::RegisterCodebookRequest book;
    *book.mutable_context() = Context("book");
    book.set_toml(kBook);
    book.set_file_name("kunjungan.toml");
    const auto registered =
        chain_.Call<ingestion::v1::RegisterCodebookResponse>("ingestion", "RegisterCodebook", book);
    ASSERT_TRUE(registered.ok()) << registered.status();
    targeting::v1::SetPovertyLinesRequest lines;
    *lines.mutable_context() = Context("lines");
    auto* line = lines.add_lines();
    line->set_population("register");
    line->set_region("33.26");
    line->set_valid_from(20'000);
    line->set_value("538371");
    line->set_source("BPS 2025");
    line->set_version("2025");
    const auto set =
        chain_.Call<targeting::v1::SetPovertyLinesResponse>("targeting", "SetPovertyLines", lines);
    ASSERT_TRUE(set.ok()) << set.status();
    budgeting::v1::SetProgrammesRequest programmes;
    *programmes.mutable_context() = Context("programmes");
    auto* repair = programmes.add_programmes();
    repair->set_id("rtlh");
    repair->set_version("2026");
    repair->set_name("Rehabilitasi RTLH");
    repair->set_name_en("House repair");
    repair->set_population("register");
    repair->set_subactivity_code("1.04.03.2.03.0002");
    repair->set_agency("Dinas Perkim");
    repair->set_unit("Unit Rumah");
    repair->set_unit_cost_rupiah(20'000'000);
    repair->set_ceiling_rupiah(20'000'000);
    repair->set_year(2026);
    repair->set_nomenclature_version("2027");
    repair->set_source("rekaan untuk uji");
    repair->set_deadline(20'800);
    repair->mutable_rule()->add_needs("unfit_house");
    const auto programme =
        chain_.Call<budgeting::v1::SetProgrammesResponse>("budgeting", "SetProgrammes", programmes);
    ASSERT_TRUE(programme.ok()) << programme.status();
  }

  void Survey(const Visit& visit, const std::string& expected_outcome) {
    ingestion::v1::IngestStreamRequest request;
    *request.mutable_context() = Context("visit-" + visit.card + visit.day);
    request.set_codebook_id("kunjungan");
    request.set_source("desa Mulyorejo");
    auto& cells = *request.add_rows()->mutable_cells();
    cells = {};
    const std::pair<const char*, std::string> answers[] = {{"kk", visit.card},
                                                           {"tanggal", visit.day},
                                                           {"desa", kVillage},
                                                           {"anggota", "4"},
                                                           {"pengeluaran", "1600000"},
                                                           {"lantai", visit.floor},
                                                           {"dinding", visit.wall},
                                                           {"atap", "2"},
                                                           {"luas", "48"},
                                                           {"air", "3"},
                                                           {"jarak", ""},
                                                           {"jamban", "1"},
                                                           {"kloset", "1"},
                                                           {"tinja", "1"}};
    for (const auto& [column, value] : answers) cells[column] = value;
    bool sent = false;
    ingestion::v1::IngestStreamRequest scratch;
    ingestion::v1::IngestStreamResponse response;
    const absl::Status status = chain_.channel()->ClientStream(
        support::Chain::FullName("ingestion", "IngestStream"), &scratch,
        [&](google::protobuf::Message* message) -> absl::StatusOr<bool> {
          message->CopyFrom(request);
          return !std::exchange(sent, true);
        },
        &response, {60'000, {}});
    ASSERT_TRUE(status.ok()) << status;
    ASSERT_EQ(response.receipts_size(), 1);
    EXPECT_EQ(response.receipts(0).outcome(), expected_outcome);
    last_family_ = response.receipts(0).family_id();
  }

  // `unfit houses of known houses` at one level, as published.
  std::string UnfitHouses(const std::string& region) {
    const auto figure = chain_.Figure(region, "deprived.unfit_house");
    return figure ? figure->numerator() + " of " + figure->denominator() : "nothing";
  }

  bool AtAllLevels(const std::string& expected) {
    return std::ranges::all_of(kLevels,
                               [&](const char* region) { return UnfitHouses(region) == expected; });
  }

  void TheNeighbourIsWellAndTheFamilyIsNot() {
    Survey({.card = "K-2", .day = "2025-11-02"}, "accepted");
    Survey({.card = "K-1", .day = "2025-11-03", .floor = "8", .wall = "6"}, "accepted");
    family_ = last_family_;
    ASSERT_TRUE(chain_.Until([&] { return AtAllLevels("1 of 2"); })) << UnfitHouses(kVillage);
  }

  void TheNeedIsProposedApprovedAndFrozen() {
    const auto proposal = [&] {
      budgeting::v1::GetProposalRequest request;
      request.set_programme_id("rtlh");
      const auto answer =
          chain_.Call<budgeting::v1::GetProposalResponse>("budgeting", "GetProposal", request);
      return answer.ok() ? answer->proposal() : budgeting::events::v1::PlanProposed();
    };
    ASSERT_TRUE(chain_.Until([&] { return proposal().rows_size() == 1; }));
    EXPECT_EQ(proposal().rows(0).region(), kVillage);
    EXPECT_EQ(proposal().rows(0).proposed_units(), 1);
    EXPECT_EQ(proposal().cost_rupiah(), 20'000'000);
    EXPECT_EQ(proposal().gap(), 0);
    budgeting::v1::ApprovePlanRequest approve;
    *approve.mutable_context() = Context("approve");
    approve.set_plan_id(proposal().plan_id());
    const auto approved =
        chain_.Call<budgeting::v1::ApprovePlanResponse>("budgeting", "ApprovePlan", approve);
    ASSERT_TRUE(approved.ok()) << approved.status();
    ASSERT_EQ(approved->approved().families_size(), 1);
    EXPECT_EQ(approved->approved().families(0).family_id(), family_);
    EXPECT_GT(approved->approved().publication(), 0);
    plan_ = approved->approved().plan_id();
    const auto again =
        chain_.Call<budgeting::v1::ApprovePlanResponse>("budgeting", "ApprovePlan", approve);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->approved().list_digest(), approved->approved().list_digest());
  }

  void HelpArrivesAndIsRecorded() {
    constexpr int64_t kThirtyDaysMs = int64_t{30} * 24 * 3'600'000;
    chain_.clock().AdvanceMs(kThirtyDaysMs);
    const auto answer = chain_.Post("/v1/plans/" + plan_ + "/deliveries",
                                    nlohmann::json{{"actor", "Dinas Perkim"},
                                                   {"reason", "serah terima"},
                                                   {"familyId", family_},
                                                   {"deliveredOn", 20'442},
                                                   {"costRupiah", "20000000"},
                                                   {"handoverRecord", "BAST-7/2025"}}
                                        .dump(),
                                    "delivery-1");
    ASSERT_EQ(answer.status, 200) << answer.body;
  }

  void TheNextVisitClosesTheNeedAtEveryLevel() {
    Survey({.card = "K-1", .day = "2025-12-24"}, "accepted");
    EXPECT_EQ(last_family_, family_);
    ASSERT_TRUE(chain_.Until([&] { return AtAllLevels("0 of 2"); })) << UnfitHouses(kVillage);
    monitoring::v1::ListOutcomesRequest request;
    request.set_plan_id(plan_);
    const auto outcomes = [&] {
      const auto answer =
          chain_.Call<monitoring::v1::ListOutcomesResponse>("monitoring", "ListOutcomes", request);
      return answer.ok() ? *answer : monitoring::v1::ListOutcomesResponse();
    };
    ASSERT_TRUE(chain_.Until([&] {
      const auto now = outcomes();
      return now.outcomes_size() == 1 && now.outcomes(0).need_after() == "closed";
    }));
    ThePageShowsIt();
  }

  // `unfit houses of known houses` as the page reads it.
  std::string PageSays(const std::string& region) {
    const auto answer = chain_.Get("/v1/figures/" + region);
    if (answer.status != 200) return answer.body;
    const auto body = nlohmann::json::parse(answer.body);
    for (const auto& figure : body["indicators"]["figures"]) {
      if (figure["measure"] != "deprived.unfit_house") continue;
      return figure["numerator"].get<std::string>() + " of " +
             figure["denominator"].get<std::string>();
    }
    return "nothing";
  }

  void ThePageShowsIt() {
    for (const char* region : kLevels) {
      EXPECT_TRUE(chain_.Until([&] { return PageSays(region) == "0 of 2"; }))
          << region << ": " << PageSays(region);
    }
    const auto card = chain_.Get("/v1/families/" + family_);
    ASSERT_EQ(card.status, 200) << card.body;
    for (const auto& rule : nlohmann::json::parse(card.body)["rules"]) {
      if (rule["rule"] == "unfit_house") {
        EXPECT_EQ(rule["result"], "false");
      }
    }
  }

  support::Chain chain_;
  std::string last_family_;
  std::string family_;
  std::string plan_;
};

TEST(FamilyStory, ComesTrueInOneProcess) {
  embedded::MemoryLog log;
  ASSERT_TRUE(log.EnsureTopics(runtime::topics::All(2)).ok());
  embedded::InProcessViews views;
  FamilyStory(&log, &views, 0).Run();
}

// A new broker names a partition before it has a leader for it.
bool EveryPartitionHasALeader(runtime::EventLog& log) {
  constexpr int kMostQuestions = 20'000;
  int questions = 0;
  for (const runtime::TopicSpec& topic : runtime::topics::All(2)) {
    for (int32_t p = 0; p < topic.partitions; ++p) {
      while (!log.EndOffset({topic.name, p}).ok()) {
        if (++questions > kMostQuestions) return false;
      }
    }
  }
  return true;
}

TEST(FamilyStory, ComesTrueOverKafkaAndRedis) {
  const auto kafka = support::SharedKafka();
  ASSERT_TRUE(kafka.ok()) << kafka.status();
  const auto redis = support::RedisServer::Start();
  ASSERT_TRUE(redis.ok()) << redis.status();
  const auto log = platform::KafkaLog::Open({.bootstrap = (*kafka)->bootstrap()});
  ASSERT_TRUE(log.ok()) << log.status();
  ASSERT_TRUE((*log)->EnsureTopics(runtime::topics::All(2)).ok());
  ASSERT_TRUE(EveryPartitionHasALeader(**log));
  const embedded::SystemClock clock;
  platform::RedisViews views({support::RedisServer::kHost, (*redis)->port()}, &clock);
  FamilyStory(log->get(), &views, 5).Run();
}

}  // namespace
}  // namespace sepakat
