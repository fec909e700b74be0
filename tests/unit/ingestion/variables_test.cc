// The domain's list of variables is the contract's list.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <string>

#include "ingestion/domain/canonical.h"
#include "sepakat/common/v1/family.pb.h"

namespace sepakat::ingestion {
namespace {

TEST(Variables, AreThoseOfTheContract) {
  const auto* contract = common::v1::Variable_descriptor();
  int known = 0;
  for (int i = 0; i < contract->value_count(); ++i) {
    std::string name = contract->value(i)->name().substr(std::string("VARIABLE_").size());
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (contract->value(i)->number() == 0) continue;
    const VariableInfo* info = FindVariable(name);
    ASSERT_NE(info, nullptr) << name;
    EXPECT_EQ(info->number, contract->value(i)->number()) << name;
    EXPECT_LT(info->number, kVariableLimit);
    ++known;
  }
  EXPECT_EQ(known, static_cast<int>(AllVariables().size()));
}

TEST(Items, AreFoundByNameInTheOrderOfTheirNumbers) {
  int number = 0;
  for (const ItemInfo& item : AllItems()) {
    EXPECT_EQ(static_cast<int>(item.item), number++);
    EXPECT_EQ(FindItem(item.name), &item);
    EXPECT_EQ(FindVariable(item.name), nullptr) << item.name << " would mean two things";
  }
  EXPECT_EQ(number, kItems);
}

}  // namespace
}  // namespace sepakat::ingestion
