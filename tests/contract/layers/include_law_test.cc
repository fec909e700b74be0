// The architecture's dependency law, read from the sources themselves.
#include "tests/contract/layers/include_law.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/paths.h"

namespace sepakat::support {
namespace {

constexpr char kLayers[] =
    "base\tservices/common/base\tmoney.cc\n"
    "domain\tservices/common/measures\tfgt.cc\n"
    "app\tservices/common/runtime\ttask.cc\n"
    "platform\tservices/common/platform/kafka\tkafka_log.cc\n"
    "domain\tservices/targeting/domain\tranking.cc\n"
    "app\tservices/targeting/app\thandler.cc\n"
    "wire\tservices/targeting/wire\tcodec.cc\n"
    "wire\tservices/targeting\ttargeting_app.cc\n"
    "main\tservices/targeting\tservices/targeting/main.cc\n"
    "domain\tservices/budgeting/domain\tplan.cc\n"
    "main\tservices/sepakat\tserve.cc\n";

struct Case {
  std::string file;
  std::string include;
  bool allowed;
};

std::string Told(const Case& c) { return c.file + " includes " + c.include; }

class IncludeLawTable : public testing::TestWithParam<Case> {};

TEST_P(IncludeLawTable, JudgesTheInclude) {
  const IncludeLaw law(kLayers);
  const std::string text = "#pragma once\n#include " + GetParam().include + "\n";
  const std::vector<std::string> found = law.Violations(GetParam().file, text);
  EXPECT_EQ(found.empty(), GetParam().allowed) << Told(GetParam());
}

const Case kCases[] = {
    {"services/common/base/money.h", "<string>", true},
    {"services/common/base/money.h", "\"absl/status/status.h\"", true},
    {"services/common/base/money.h", "<thread>", false},
    {"services/common/base/money.h", "\"common/measures/fgt.h\"", false},
    {"services/targeting/domain/ranking.h", "\"common/base/money.h\"", true},
    {"services/targeting/domain/ranking.cc", "\"common/measures/fgt.h\"", true},
    {"services/targeting/domain/ranking.cc", "\"common/runtime/task.h\"", false},
    {"services/targeting/domain/ranking.cc", "\"targeting/app/handler.h\"", false},
    {"services/targeting/domain/ranking.cc", "\"budgeting/domain/plan.h\"", false},
    {"services/targeting/domain/ranking.cc", "<chrono>", false},
    {"services/targeting/domain/ranking.cc", "<random>", false},
    {"services/targeting/domain/ranking.cc", "<nlohmann/json.hpp>", false},
    {"services/targeting/domain/ranking.cc", "\"sepakat/common/v1/family.pb.h\"", false},
    {"services/targeting/domain/thread_pool.h", "\"targeting/domain/ranking.h\"", true},
    {"services/targeting/app/handler.cc", "\"targeting/domain/ranking.h\"", true},
    {"services/targeting/app/handler.cc", "\"common/runtime/task.h\"", true},
    {"services/targeting/app/handler.cc", "\"sepakat/common/v1/family.pb.h\"", false},
    {"services/targeting/app/handler.cc", "<librdkafka/rdkafka.h>", false},
    {"services/targeting/app/handler.cc", "\"common/platform/kafka/kafka_log.h\"", false},
    {"services/targeting/wire/codec.cc", "\"sepakat/common/v1/family.pb.h\"", true},
    {"services/targeting/wire/codec.cc", "<nlohmann/json.hpp>", true},
    {"services/targeting/wire/codec.cc", "<hiredis/hiredis.h>", false},
    {"services/targeting/wire/codec.cc", "<grpcpp/grpcpp.h>", false},
    {"services/targeting/targeting_app.h", "\"targeting/wire/codec.h\"", true},
    {"services/targeting/targeting_app.h", "\"common/platform/kafka/kafka_log.h\"", false},
    {"services/targeting/main.cc", "\"common/platform/kafka/kafka_log.h\"", true},
    {"services/targeting/main.cc", "\"budgeting/domain/plan.h\"", false},
    {"services/common/platform/kafka/kafka_log.cc", "<librdkafka/rdkafka.h>", true},
    {"services/common/platform/kafka/kafka_log.cc", "\"common/runtime/task.h\"", true},
    {"services/common/platform/kafka/kafka_log.cc", "\"common/measures/fgt.h\"", false},
    {"services/common/platform/kafka/kafka_log.cc", "\"targeting/app/handler.h\"", false},
    {"services/common/platform/kafka/kafka_log.cc", "\"sepakat/common/v1/family.pb.h\"", false},
    {"services/sepakat/serve.cc", "\"targeting/targeting_app.h\"", true},
    {"services/sepakat/serve.cc", "\"budgeting/domain/plan.h\"", true},
};
INSTANTIATE_TEST_SUITE_P(Includes, IncludeLawTable, testing::ValuesIn(kCases));

TEST(IncludeLawTest, NamesFileIncludeAndLayer) {
  const IncludeLaw law(kLayers);
  EXPECT_THAT(law.Violations("services/targeting/domain/ranking.cc",
                             "#include \"targeting/app/handler.h\"\n"),
              testing::ElementsAre("services/targeting/domain/ranking.cc: includes "
                                   "targeting/app/handler.h; layer domain never uses layer app"));
}

TEST(IncludeLawTest, AFileThatNoLibraryClaimsIsAMistake) {
  const IncludeLaw law(kLayers);
  EXPECT_THAT(law.Violations("services/targeting/lonely.h", ""), testing::SizeIs(1));
  EXPECT_THAT(law.Violations("services/elsewhere/lonely.h", ""), testing::SizeIs(1));
}

std::string TextOf(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

TEST(IncludeLawTest, EverySourceOfTheHouseKeepsTheLaw) {
  const IncludeLaw law(TextOf(SEPAKAT_LAYERS_TSV));
  const std::filesystem::path root = SourceFolder();
  std::vector<std::string> found;
  int files = 0;
  auto entry = std::filesystem::recursive_directory_iterator(root / "services");
  for (; entry != std::filesystem::recursive_directory_iterator(); ++entry) {
    const std::filesystem::path& file = entry->path();
    if (file.filename() == "web") entry.disable_recursion_pending();
    if (file.extension() != ".h" && file.extension() != ".cc") continue;
    ++files;
    const std::string path = file.lexically_relative(root).string();
    for (const std::string& violation : law.Violations(path, TextOf(file))) {
      found.push_back(violation);
    }
  }
  EXPECT_THAT(found, testing::IsEmpty());
  EXPECT_GT(files, 0);
}

}  // namespace
}  // namespace sepakat::support
