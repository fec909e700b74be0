// Questions and commands from other threads while publications are cut.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/support/targeting/targeting_rig.h"

namespace sepakat::targeting {
namespace {

using support::TargetingRig;

TEST(Concurrency, EveryAnswerBelongsToOnePublication) {
  TargetingRig rig;
  rig.SetLine("33.26", "500000");
  // Two families always enter together and one of the two is poor.
  const auto add_pair = [&rig](int pair) {
    rig.Record({.id = 2 * pair, .size = 1, .welfare = 400'000});
    rig.Record({.id = 2 * pair + 1, .size = 1, .welfare = 600'000});
  };
  add_pair(0);
  rig.Settle();
  std::atomic<bool> stop{false};
  std::atomic<int> answers{0};
  std::vector<std::thread> askers;
  for (int i = 0; i < 2; ++i) {
    askers.emplace_back([&] {
      int64_t last = 0;
      while (!stop) {
        v1::GetFiguresRequest request;
        request.set_region("33.26");
        const auto response = rig.Call<v1::GetFiguresResponse>("GetFigures", request);
        ASSERT_TRUE(response.ok()) << response.status();
        ASSERT_GE(response->indicators().publication(), last);
        last = response->indicators().publication();
        for (const auto& figure : response->indicators().figures()) {
          if (figure.measure() != "p0") continue;
          ASSERT_EQ(figure.value(), "0.500000");
        }
        v1::ListFamiliesRequest list;
        const auto families = rig.Call<v1::ListFamiliesResponse>("ListFamilies", list);
        ASSERT_TRUE(families.ok()) << families.status();
        ASSERT_EQ(families->total() % 2, 0);
        ++answers;
      }
    });
  }
  std::thread commander([&] {
    for (int i = 0; i < 20; ++i) rig.SetLine("33.26", std::to_string(500'000 + i));
  });
  for (int pair = 1; pair < 200; ++pair) {
    add_pair(pair);
    rig.Settle();
  }
  commander.join();
  rig.Settle();
  stop = true;
  for (std::thread& asker : askers) asker.join();
  EXPECT_GT(answers, 0);
  EXPECT_EQ(rig.Figure("33.26", "families").numerator(), "400");
}

}  // namespace
}  // namespace sepakat::targeting
