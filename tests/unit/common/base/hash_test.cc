// Hashes that other programs and later releases must agree with.
#include "common/base/hash.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace sepakat::base {
namespace {

// The vectors of Apache Kafka's own test of Utils.murmur2.
TEST(Murmur2Test, AgreesWithJavaClients) {
  const struct {
    const char* key;
    int32_t expected;
  } kCases[] = {
      {"21", -973932308},
      {"foobar", -790332482},
      {"a-little-bit-long-string", -985981536},
      {"a-little-bit-longer-string", -1486304829},
      {"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971},
      {"abc", 479470107},
  };
  for (const auto& [key, expected] : kCases) {
    EXPECT_EQ(static_cast<int32_t>(Murmur2(key)), expected) << key;
  }
}

TEST(PartitionOfTest, TakesThePositiveHashModuloThePartitionsAsJavaClientsDo) {
  EXPECT_EQ(PartitionOf("21", 7), (-973932308 & 0x7fffffff) % 7);
  EXPECT_EQ(PartitionOf("abc", 12), 479470107 % 12);
  EXPECT_EQ(PartitionOf("anything", 1), 0);
}

// State digests are kept in checkpoints and manifests: these values may never change.
TEST(Hash64Test, NeverChanges) {
  EXPECT_EQ(Hash64(""), Hash64("", 0));
  EXPECT_NE(Hash64("family", 1), Hash64("family", 2));
  EXPECT_NE(Hash64(std::string_view("\0", 1)), Hash64(std::string_view("\0\0", 2)));
  EXPECT_EQ(Hash64(""), 0x48218226ff3cd4bfULL);
  EXPECT_EQ(Hash64("sepakat"), 0xbc87430e7edccea2ULL);
  EXPECT_EQ(Hash64("family 000000000001", 7), 0x2118b881d13ddf48ULL);
}

RC_GTEST_PROP(Hash64Test, OneFlippedBitChangesIt, (std::string text)) {
  RC_PRE(!text.empty());
  std::string other = text;
  const size_t at = *rc::gen::inRange<size_t>(0, text.size());
  other[at] = static_cast<char>(other[at] ^ (1 << *rc::gen::inRange(0, 8)));
  RC_ASSERT(Hash64(text) != Hash64(other));
}

RC_GTEST_PROP(Digest128Test, DependsOnWhatIsInItAndNotOnTheOrder,
              (std::vector<std::string> parts)) {
  Digest128 forward;
  Digest128 backward;
  for (auto it = parts.begin(); it != parts.end(); ++it) forward.Add(*it);
  for (auto it = parts.rbegin(); it != parts.rend(); ++it) backward.Add(*it);
  RC_ASSERT(forward == backward);
  forward.Add("one more");
  RC_ASSERT(!(forward == backward));
  forward.Remove("one more");
  RC_ASSERT(forward == backward);
  for (const std::string& part : parts) forward.Remove(part);
  RC_ASSERT(forward == Digest128());
}

TEST(Digest128Test, CountsRepeats) {
  Digest128 once;
  once.Add("a");
  Digest128 twice = once;
  twice.Add("a");
  EXPECT_FALSE(once == twice);
  EXPECT_EQ(Digest128().Hex(), std::string(32, '0'));
  EXPECT_EQ(once.Hex().size(), 32U);
}

TEST(HexTest, WritesEveryByteAsTwoLowerCaseDigits) {
  EXPECT_EQ(Hex(std::string_view("\x00\x7f\xab", 3)), "007fab");
  EXPECT_EQ(Hex(""), "");
}

}  // namespace
}  // namespace sepakat::base
