// Identity numbers and names stay inside: seeded canaries are looked for wherever bytes leave or
// rest.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "common/runtime/topics.h"
#include "tests/spec/ingestion/world.h"

namespace sepakat::ingestion {
namespace {

constexpr std::string_view kCard = "3326150101018881";
constexpr std::string_view kNik = "3326154101907772";
constexpr std::string_view kName = "Kanarijati";

TEST(PersonalData, IsNowhereInTheClear) {
  World world;
  world.LoadRegions();
  ASSERT_TRUE(world.Register(kVillageBook).ok());
  // Accepted, flagged, refused, shifted by a column, broken: wherever the canaries may end up.
  const std::string rows = fmt::format(
      "{0};33.26.15.2014;{2};{1};41;1;1;900000;1;;05/03/2025\n"
      "3326150000000001;{0};{2};{1};41;1;1;900000;1;;05/03/2025\n"
      "3326150000000002;33.26.15.2014;{1};{2};{1};1;1;{2};{2};{1};05/03/2025\n"
      "3326150000000003;33.26.15.2014;{2};{1};{0};{2};{1};{0};{1};{2};{1}\n"
      "3326150000000004;33.26.15.2014;\"{2}\"{1};41;1;1;900000;1;;05/03/2025\n"
      "3326150000000005;{2};{1}\n"
      "{2};33.26.15.2014;{2};{1};41;1;1;900000;1;;05/03/2025\n",
      kCard, kNik, kName);
  const auto answer = world.Ingest(std::string(kHeader) + rows, "desa");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_GE(answer->progress().rejected(), 4);

  std::string everything = answer->SerializeAsString();
  for (const runtime::TopicSpec& topic : runtime::topics::All(4)) {
    for (const runtime::LogRecord& record : world.Said(topic.name)) {
      everything += record.key + record.value.value_or("");
      for (const auto& [name, value] : record.headers) everything += value;
    }
  }
  ASSERT_TRUE(world.store
                  .Scan("", "",
                        [&](std::string_view key, std::string_view value) {
                          everything.append(key).append(value);
                          return true;
                        })
                  .ok());
  ASSERT_GT(everything.size(), 1000U);
  for (const std::string_view canary : {kCard, kNik, kName}) {
    EXPECT_EQ(everything.find(canary), std::string::npos) << canary;
  }
}

TEST(PersonalData, IsMaskedInTheQuarantine) {
  World world;
  world.LoadRegions();
  ASSERT_TRUE(world.Register(kVillageBook).ok());
  ASSERT_TRUE(
      world
          .Ingest(std::string(kHeader) +
                      fmt::format("{0};33.26.15.2014;{2};{1};41;3;1;900000;1;{1};05/03/2025\n",
                                  kCard, kNik, kName),
                  "desa")
          .ok());
  const auto list =
      world.Call<v1::ListQuarantineResponse>("ListQuarantine", v1::ListQuarantineRequest());
  ASSERT_EQ(list->records_size(), 1);
  v1::GetQuarantinedRequest request;
  request.set_submission_id(list->records(0).submission_id());
  const auto record = world.Call<v1::GetQuarantinedResponse>("GetQuarantined", request);
  ASSERT_TRUE(record.ok()) << record.status();
  const auto& cells = record->rows(0).cells();
  EXPECT_EQ(cells.at("kk"), "****");
  EXPECT_EQ(cells.at("nik"), "****");
  EXPECT_EQ(cells.at("nama"), "****");
  EXPECT_EQ(cells.at("lahir"), "****") << "an identity number in any column";
  EXPECT_EQ(cells.at("hub"), "3");
  EXPECT_EQ(record->masked_columns_size(), 4);
}

TEST(Pseudonyms, DependOnTheKeyAndThePopulation) {
  World world;
  world.LoadRegions();
  ASSERT_TRUE(world.Register(kVillageBook).ok());
  ASSERT_TRUE(
      world
          .Ingest(std::string(kHeader) +
                      fmt::format("{};33.26.15.2014;A;;41;1;1;900000;1;;05/03/2025\n", kCard),
                  "desa")
          .ok());
  const auto events = world.FamilyEvents();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].recorded().family_id().size(), 32U);
}

}  // namespace
}  // namespace sepakat::ingestion
