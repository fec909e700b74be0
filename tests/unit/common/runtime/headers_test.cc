// Headers keep names, texts and their order, and what is cut off is seen.
#include "common/runtime/headers.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace sepakat::runtime {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

RC_GTEST_PROP(HeadersTest, GiveBackWhatWasAddedInOrder, (const Pairs& pairs)) {
  Headers headers;
  for (const auto& [name, text] : pairs) headers.Add(name, text);
  RC_ASSERT(headers.size() == pairs.size());
  RC_ASSERT(Pairs(headers.begin(), headers.end()) == pairs);
}

RC_GTEST_PROP(HeadersTest, ComeBackFromTheirBytesWithWhatFollowsLeft, (const Pairs& pairs)) {
  Headers headers;
  for (const auto& [name, text] : pairs) headers.Add(name, text);
  const std::string bytes = std::string(headers.bytes()) + "behind";
  std::string_view rest = bytes;
  Headers taken;
  RC_ASSERT(Headers::Take(headers.size(), &rest, &taken));
  RC_ASSERT(taken == headers);
  RC_ASSERT(rest == "behind");
}

TEST(HeadersTest, FindTheFirstOfAName) {
  const Headers headers = {{"a", "1"}, {"b", "2"}, {"a", "3"}};
  EXPECT_EQ(headers.Find("a"), "1");
  EXPECT_EQ(headers.Find("b"), "2");
  EXPECT_EQ(headers.Find("c"), std::nullopt);
  EXPECT_EQ(headers.Find(""), std::nullopt);
}

TEST(HeadersTest, AreAppendedToEachOther) {
  Headers headers = {{"a", "1"}};
  headers.Append({{"b", "2"}, {"c", ""}});
  EXPECT_EQ(headers, (Headers{{"a", "1"}, {"b", "2"}, {"c", ""}}));
}

TEST(HeadersTest, AreNotTakenFromBytesThatEndTooEarly) {
  const Headers headers = {{"name", "text"}, {"other", ""}};
  const std::string bytes(headers.bytes());
  for (size_t size = 0; size < bytes.size(); ++size) {
    std::string_view rest = std::string_view(bytes).substr(0, size);
    Headers taken;
    EXPECT_FALSE(Headers::Take(2, &rest, &taken)) << size;
    EXPECT_EQ(rest.size(), size) << "nothing is taken";
  }
  std::string_view rest = bytes;
  Headers taken;
  EXPECT_FALSE(Headers::Take(0x8000'0000U, &rest, &taken))
      << "a count that nobody could have meant";
}

}  // namespace
}  // namespace sepakat::runtime
