// The reference data that ships, judged by the services that own it.

#include "budgeting/domain/programme.h"
#include "budgeting/wire/proto_codec.h"
#include "gtest/gtest.h"
#include "monitoring/wire/proto_codec.h"
#include "sepakat/reference/builtin.h"
#include "sepakat/reference/reference_set.h"
#include "targeting/domain/parameters.h"
#include "targeting/wire/parameter_codec.h"

namespace sepakat {
namespace {

reference::ReferenceSet Shipped() {
  reference::ReferenceSet set;
  for (const reference::BuiltinFile& file : reference::BuiltinFiles()) {
    if (file.kind != reference::BuiltinKind::kReference) continue;
    const absl::Status status = reference::ReadReference(file.name, file.text, set);
    EXPECT_TRUE(status.ok()) << status;
  }
  return set;
}

TEST(ShippedReference, IsAcceptedByTargeting) {
  const reference::ReferenceSet set = Shipped();
  const targeting::Population population{.id = "register"};
  for (const auto& message : set.lines) {
    const auto line = targeting::FromProto(message);
    ASSERT_TRUE(line.ok()) << line.status();
    EXPECT_TRUE(targeting::Check(*line, population).ok()) << message.region();
  }
  for (const auto& message : set.models) {
    const auto model = targeting::FromProto(message);
    ASSERT_TRUE(model.ok()) << model.status();
    EXPECT_TRUE(targeting::Check(*model).ok()) << targeting::Check(*model);
  }
  for (const auto& message : set.programmes) {
    EXPECT_TRUE(targeting::FromProto(message).ok()) << message.id();
  }
}

TEST(ShippedReference, IsAcceptedByBudgetingWithoutAWarning) {
  for (const auto& message : Shipped().programmes) {
    const budgeting::Programme programme = budgeting::FromProto(message);
    EXPECT_TRUE(budgeting::CheckProgramme(programme).ok()) << budgeting::CheckProgramme(programme);
    for (const std::string& warning : budgeting::LintProgramme(programme)) {
      ADD_FAILURE() << warning;
    }
  }
}

TEST(ShippedReference, IsAcceptedByMonitoring) {
  const monitoring::ProtoMonitoringCodec codec;
  for (const auto& file : Shipped().alerts) {
    const auto rules = codec.ParseAlertRules(file.toml, file.file_name);
    ASSERT_TRUE(rules.ok()) << rules.status();
    EXPECT_FALSE(rules->empty());
  }
}

}  // namespace
}  // namespace sepakat
