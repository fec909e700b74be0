#include "tests/conformance/store/state_store_suite.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <thread>
#include <vector>

namespace sepakat::runtime {
namespace {

using testing::ElementsAre;
using Rows = std::vector<std::pair<std::string, std::string>>;

void Put(StateStore& store, const Rows& rows) {
  StoreBatch batch;
  for (const auto& [key, value] : rows) batch.Put(key, value);
  ASSERT_EQ(store.Commit(batch), absl::OkStatus());
}

Rows Forward(const StateStore& store, std::string_view from, std::string_view to,
             size_t most = 1000) {
  Rows rows;
  EXPECT_EQ(store.Scan(from, to,
                       [&](std::string_view key, std::string_view value) {
                         rows.emplace_back(key, value);
                         return rows.size() < most;
                       }),
            absl::OkStatus());
  return rows;
}

Rows Backward(const StateStore& store, std::string_view from, std::string_view to,
              size_t most = 1000) {
  Rows rows;
  EXPECT_EQ(store.ScanBackward(from, to,
                               [&](std::string_view key, std::string_view value) {
                                 rows.emplace_back(key, value);
                                 return rows.size() < most;
                               }),
            absl::OkStatus());
  return rows;
}

TEST_P(StateStoreTest, AValueIsFoundUnderItsKeyAndNoOther) {
  Put(store(), {{"a", "1"}, {"empty", ""}, {std::string("z\0ero", 5), std::string("\0\xff", 2)}});
  EXPECT_EQ(*store().Get("a"), "1");
  EXPECT_EQ(*store().Get("empty"), "");
  EXPECT_EQ(*store().Get(std::string_view("z\0ero", 5)), std::string("\0\xff", 2));
  EXPECT_EQ(*store().Get("b"), std::nullopt);
  EXPECT_EQ(*store().Get(""), std::nullopt);
}

TEST_P(StateStoreTest, ManyKeysAreReadInTheirOrderWithGapsForTheAbsent) {
  Put(store(), {{"a", "1"}, {"c", "3"}});
  const std::vector<std::optional<std::string>> expected = {"3", std::nullopt, "1", "3"};
  EXPECT_EQ(*store().MultiGet({"c", "b", "a", "c"}), expected);
  EXPECT_TRUE(store().MultiGet({})->empty());
}

TEST_P(StateStoreTest, TheLastChangeOfAKeyInABatchCounts) {
  StoreBatch batch;
  batch.Put("a", "1");
  batch.Put("a", "2");
  batch.Put("b", "1");
  batch.Delete("b");
  batch.Delete("c");
  batch.Put("c", "1");
  ASSERT_EQ(store().Commit(batch), absl::OkStatus());
  EXPECT_EQ(Forward(store(), "", ""), (Rows{{"a", "2"}, {"c", "1"}}));
}

TEST_P(StateStoreTest, DeletingWhatIsNotThereIsNoError) {
  StoreBatch batch;
  batch.Delete("nothing");
  EXPECT_EQ(store().Commit(batch), absl::OkStatus());
  EXPECT_EQ(store().Commit(StoreBatch()), absl::OkStatus());
}

TEST_P(StateStoreTest, ScansAreBytewiseWithTheLowerEndInsideAndTheUpperOutside) {
  Put(store(), {{"a", "1"}, {"b", "2"}, {"b\xff", "3"}, {"c", "4"}, {"\xff", "5"}});
  EXPECT_EQ(Forward(store(), "b", "c"), (Rows{{"b", "2"}, {"b\xff", "3"}}));
  EXPECT_EQ(Forward(store(), "c", ""), (Rows{{"c", "4"}, {"\xff", "5"}}));
  EXPECT_EQ(Backward(store(), "b", "c"), (Rows{{"b\xff", "3"}, {"b", "2"}}));
  EXPECT_EQ(Backward(store(), "c", ""), (Rows{{"\xff", "5"}, {"c", "4"}}));
  EXPECT_EQ(Backward(store(), "", "b"), (Rows{{"a", "1"}}));
  EXPECT_TRUE(Forward(store(), "d", "e").empty());
  EXPECT_TRUE(Backward(store(), "d", "e").empty());
}

TEST_P(StateStoreTest, AScanEndsWhenTheVisitorHasEnough) {
  Put(store(), {{"a", "1"}, {"b", "2"}, {"c", "3"}});
  EXPECT_EQ(Forward(store(), "", "", 2), (Rows{{"a", "1"}, {"b", "2"}}));
  EXPECT_EQ(Backward(store(), "", "", 2), (Rows{{"c", "3"}, {"b", "2"}}));
}

TEST_P(StateStoreTest, AVisitorMayAskTheStore) {
  Put(store(), {{"a", "1"}, {"b", "2"}});
  std::vector<std::string> seen;
  ASSERT_EQ(store().Scan("", "",
                         [&](std::string_view key, std::string_view) {
                           seen.push_back(**store().Get(key));
                           return true;
                         }),
            absl::OkStatus());
  EXPECT_THAT(seen, ElementsAre("1", "2"));
}

TEST_P(StateStoreTest, ReadersSeeEachCommitWholeOrNotAtAll) {
  constexpr int kCommits = 200;
  Put(store(), {{"left", "0"}, {"right", "0"}});
  std::jthread writer([&] {
    for (int i = 1; i <= kCommits; ++i) {
      Put(store(), {{"left", std::to_string(i)}, {"right", std::to_string(i)}});
    }
  });
  std::string last;
  while (last != std::to_string(kCommits)) {
    const Rows rows = Forward(store(), "left", "rightz");
    ASSERT_EQ(rows.size(), 2U);
    ASSERT_EQ(rows[0].second, rows[1].second);
    last = rows[0].second;
  }
}

TEST_P(StateStoreTest, CommitsFromSeveralThreadsAllTakeEffect) {
  std::vector<std::jthread> writers;
  writers.reserve(4);
  for (int w = 0; w < 4; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < 25; ++i) {
        Put(store(), {{std::to_string(w) + "/" + std::to_string(i), "x"}});
      }
    });
  }
  writers.clear();
  EXPECT_EQ(Forward(store(), "", "").size(), 100U);
}

TEST_P(StateStoreTest, BehavesLikeASortedMapUnderAnyHistory) {
  EXPECT_TRUE(rc::check([&] {
    StoreBatch clear;
    for (const auto& [key, value] : Forward(store(), "", "", 1'000'000)) clear.Delete(key);
    RC_ASSERT(store().Commit(clear).ok());
    std::map<std::string, std::string> model;
    const auto key_of = [](int n) { return std::string(1, static_cast<char>('a' + n)); };
    const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 6), rc::gen::inRange(0, 4)));
    for (size_t at = 0; at < steps.size();) {
      StoreBatch batch;
      for (int n = 0; n < 3 && at < steps.size(); ++n, ++at) {
        const auto [key, action] = steps[at];
        if (action == 0) {
          batch.Delete(key_of(key));
          model.erase(key_of(key));
        } else {
          batch.Put(key_of(key), std::to_string(at));
          model[key_of(key)] = std::to_string(at);
        }
      }
      RC_ASSERT(store().Commit(batch).ok());
      const Rows all(model.begin(), model.end());
      RC_ASSERT(Forward(store(), "", "") == all);
      RC_ASSERT(Backward(store(), "", "") == Rows(all.rbegin(), all.rend()));
      const Rows part(model.lower_bound("b"), model.lower_bound("d"));
      RC_ASSERT(Forward(store(), "b", "d") == part);
      RC_ASSERT(Backward(store(), "b", "d") == Rows(part.rbegin(), part.rend()));
    }
  }));
}

TEST_P(DurableStateStoreTest, WhatWasCommittedIsThereAfterReopening) {
  Put(store(), {{"a", "1"}, {"b", "2"}});
  StoreBatch batch;
  batch.Delete("a");
  ASSERT_EQ(store().Commit(batch), absl::OkStatus());
  harness_->Reopen();
  EXPECT_EQ(Forward(store(), "", ""), (Rows{{"b", "2"}}));
}

TEST(PrefixEndTest, IsTheSmallestKeyAboveEveryKeyWithThePrefix) {
  EXPECT_EQ(PrefixEnd("ab"), "ac");
  EXPECT_EQ(PrefixEnd("a\xff"), "b");
  EXPECT_EQ(PrefixEnd("\xff\xff"), "");
  EXPECT_EQ(PrefixEnd(""), "");
}

}  // namespace
}  // namespace sepakat::runtime
