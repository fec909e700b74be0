// The topics that the program creates are those that deploy/topics.yaml declares, no more and no
// less.
#include "common/runtime/topics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "tests/support/paths.h"

namespace sepakat::runtime {
namespace {

constexpr int32_t kDataPartitions = 12;

struct Declared {
  int32_t partitions = 0;
  bool compacted = false;
  int64_t lag_days = 0;
  bool operator==(const Declared&) const = default;
};

void PrintTo(const Declared& topic, std::ostream* out) {
  *out << topic.partitions << (topic.compacted ? " compact " : " keep ") << topic.lag_days;
}

// Reads the few lines of YAML that the file consists of: "  - name: x" and "    field: x".
std::map<std::string, Declared> ReadDeclarations() {
  std::ifstream file(support::SourceFolder() / "deploy/topics.yaml");
  EXPECT_TRUE(file.is_open());
  std::map<std::string, Declared> topics;
  std::string name;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#' || line == "topics:") continue;
    const size_t colon = line.find(": ");
    if (colon == std::string::npos || colon < 4) {
      ADD_FAILURE() << "not understood: " << line;
      continue;
    }
    const std::string field = line.substr(4, colon - 4);
    const std::string value = line.substr(colon + 2);
    if (field == "name") {
      name = value;
      EXPECT_FALSE(topics.contains(name)) << name << " is declared twice";
    } else if (field == "partitions") {
      topics[name].partitions = value == "data" ? kDataPartitions : std::stoi(value);
    } else if (field == "policy") {
      EXPECT_TRUE(value == "keep" || value == "compact") << value;
      topics[name].compacted = value == "compact";
    } else if (field == "lag_days") {
      topics[name].lag_days = std::stoi(value);
    } else {
      EXPECT_TRUE(field == "key" || field == "holds") << field;
    }
  }
  return topics;
}

TEST(TopicsTest, TheFileAndTheProgramDeclareTheSame) {
  std::map<std::string, Declared> expected = ReadDeclarations();
  EXPECT_FALSE(expected.empty());
  for (const auto& [name, unused] : ReadDeclarations()) {
    expected[topics::QuarantineOf(name)] = {.partitions = 1, .compacted = false, .lag_days = 0};
  }
  std::map<std::string, Declared> actual;
  for (const TopicSpec& topic : topics::All(kDataPartitions)) {
    const int64_t lag_days = topic.compacted ? topic.min_lag_ms / (24 * 3600 * 1000) : 0;
    EXPECT_TRUE(
        actual.emplace(topic.name, Declared{topic.partitions, topic.compacted, lag_days}).second)
        << topic.name << " is created twice";
  }
  EXPECT_EQ(actual, expected);
}

TEST(TopicsTest, NamesTellServiceAggregateAndMajorVersion) {
  for (const auto& [name, unused] : ReadDeclarations()) {
    EXPECT_THAT(name, testing::MatchesRegex("sepakat\\.[a-z]+\\.[a-z_]+\\.v[0-9]+"));
  }
}

}  // namespace
}  // namespace sepakat::runtime
