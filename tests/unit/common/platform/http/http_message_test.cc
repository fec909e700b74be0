#include "common/platform/http/http_message.h"

#include <gtest/gtest.h>

#include "common/platform/http/gzip.h"

namespace sepakat::platform {
namespace {

using Query = std::map<std::string, std::string>;

TEST(ParseTargetTest, PathAndQueryAreDecoded) {
  const struct {
    const char* target;
    const char* path;
    Query query;
  } kCases[] = {
      {"/v1/regions", "/v1/regions", {}},
      {"/v1/regions?parent=33.26&q=desa+wiradesa",
       "/v1/regions",
       {{"parent", "33.26"}, {"q", "desa wiradesa"}}},
      {"/v1/a%20b+c?x=%26%3D%2B", "/v1/a b+c", {{"x", "&=+"}}},
      {"/?flag&empty=&=nameless", "/", {{"flag", ""}, {"empty", ""}, {"", "nameless"}}},
      {"/x?a=1&a=2", "/x", {{"a", "2"}}},
  };
  for (const auto& c : kCases) {
    const auto parsed = ParseTarget(c.target);
    ASSERT_TRUE(parsed.has_value()) << c.target;
    EXPECT_EQ(parsed->first, c.path);
    EXPECT_EQ(parsed->second, c.query) << c.target;
  }
}

TEST(ParseTargetTest, MalformedTargetsAreRefused) {
  for (const char* target : {"", "v1", "/%", "/%4", "/%zz", "/a%00b", "/?x=%q1", "*"}) {
    EXPECT_FALSE(ParseTarget(target).has_value()) << target;
  }
}

TEST(GzipTest, IsTakenOnlyByThoseWhoAcceptIt) {
  const struct {
    const char* header;
    bool accepts;
  } kCases[] = {{"gzip", true},      {"gzip, deflate, br", true}, {"br;q=1.0, gzip;q=0.8", true},
                {"gzip;q=0", false}, {"deflate", false},          {"", false},
                {"gzip;q=0.5", true}};
  for (const auto& c : kCases) EXPECT_EQ(AcceptsGzip(c.header), c.accepts) << c.header;
}

}  // namespace
}  // namespace sepakat::platform
