#include "common/platform/rpc/trace.h"

#include <gtest/gtest.h>

namespace sepakat::platform {
namespace {

TEST(TraceTest, OnlyW3cTraceparentsAreOnes) {
  const struct {
    const char* text;
    bool valid;
  } kCases[] = {
      {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true},
      {"00-00000000000000000000000000000000-b7ad6b7169203331-01", false},
      {"00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", false},
      {"01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", false},
      {"00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", false},
      {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331", false},
      {"", false},
  };
  for (const auto& c : kCases) EXPECT_EQ(IsTraceparent(c.text), c.valid) << c.text;
}

TEST(TraceTest, AMadeOneIsValidEvenFromZeros) {
  EXPECT_EQ(MakeTraceparent(1, 2, 3), "00-00000000000000010000000000000002-0000000000000003-01");
  EXPECT_TRUE(IsTraceparent(MakeTraceparent(0, 0, 0)));
}

}  // namespace
}  // namespace sepakat::platform
