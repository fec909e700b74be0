#include <gtest/gtest.h>

#include "sepakat/common/v1/family.pb.h"
#include "targeting/domain/features.h"
#include "targeting/wire/event_codec.h"
#include "targeting/wire/parameter_codec.h"

namespace sepakat::targeting {
namespace {

TEST(Codec, TheVariablesOfTheDomainAreThoseOfTheContract) {
  const auto* contract = common::v1::Variable_descriptor();
  int named = 0;
  for (int i = 0; i < contract->value_count(); ++i) {
    const auto* value = contract->value(i);
    if (value->number() == 0) continue;
    ++named;
    std::string name = value->name().substr(std::string("VARIABLE_").size());
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const std::optional<Variable> variable = VariableNamed(name);
    ASSERT_TRUE(variable.has_value()) << name;
    EXPECT_EQ(static_cast<int>(*variable), value->number()) << name;
    EXPECT_EQ(NameOf(*variable), name);
  }
  EXPECT_EQ(named, std::ssize(AllVariables()));
}

TEST(Codec, AManifestSurvivesTheWire) {
  Manifest manifest;
  manifest.publication = 7;
  manifest.inputs[{"sepakat.ingestion.family.v1", 3}] = 99;
  manifest.parameters = {{"poverty_line", "register/33.26", "2025"}};
  manifest.state_digest = "0123456789abcdef0123456789abcdef";
  manifest.output_counts["a"] = 2;
  manifest.last_sequences["a/0"] = 5;
  manifest.cut_at_ms = 123;
  manifest.families = 4;
  manifest.conflicts = 1;
  manifest.bulk = true;
  const EventCodec codec;
  const auto read = codec.DecodeManifest(codec.Encode(manifest).payload);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->inputs, manifest.inputs);
  EXPECT_EQ(read->parameters, manifest.parameters);
  EXPECT_EQ(read->state_digest, manifest.state_digest);
  EXPECT_EQ(read->output_counts, manifest.output_counts);
  EXPECT_EQ(read->last_sequences, manifest.last_sequences);
  EXPECT_EQ(
      std::tuple(read->publication, read->cut_at_ms, read->families, read->conflicts, read->bulk),
      std::tuple(7, 123, 4, 1, true));
}

TEST(Codec, AModelSurvivesTheWire) {
  Model model{"register",
              "pmt",
              "3",
              "Taksiran",
              "tim",
              "local_estimate",
              14'000'000,
              {{Variable::kFloor, {7, 8}, -400'000, "lantai", -100'000},
               {Variable::kHeadAge, {}, -208, "umur", {}, 2}}};
  const auto read = FromProto(ToProto(model));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, model);
}

}  // namespace
}  // namespace sepakat::targeting
