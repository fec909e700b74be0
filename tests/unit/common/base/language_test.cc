#include "common/base/language.h"

#include "common/base/status.h"
#include "gtest/gtest.h"

namespace sepakat::base {
namespace {

TEST(LanguageTest, ASentenceIsSaidInEitherLanguageWithItsValues) {
  EXPECT_EQ(Say(Language::kIndonesian, "{} keluarga", "{} families", 3), "3 keluarga");
  EXPECT_EQ(Say(Language::kEnglish, "{} keluarga", "{} families", 3), "3 families");
  EXPECT_EQ((Text{"ya", "yes"}.In(Language::kIndonesian)), "ya");
}

TEST(LanguageTest, AFailureSaysBothAndKeepsItsReason) {
  const absl::Status status = ErrorInBoth(absl::StatusCode::kNotFound, "REGION_UNKNOWN",
                                          "tidak ada wilayah {}", "there is no region {}", "33");
  EXPECT_EQ(MessageIn(Language::kIndonesian, status), "tidak ada wilayah 33");
  EXPECT_EQ(MessageIn(Language::kEnglish, status), "there is no region 33");
  EXPECT_EQ(status.message(), "there is no region 33") << "logs are English";
  EXPECT_EQ(ReasonOf(status), "REGION_UNKNOWN");
}

TEST(LanguageTest, AFailureThatSaysOneLanguageIsToldInThatOne) {
  const absl::Status status = Error(absl::StatusCode::kNotFound, "GONE", "it is gone");
  EXPECT_EQ(MessageIn(Language::kIndonesian, status), "it is gone");
  EXPECT_FALSE(SpeaksIndonesian(status));
}

TEST(LanguageTest, WhereItHappenedIsSaidInBoth) {
  const absl::Status status =
      Annotate(ErrorInBoth(absl::StatusCode::kNotFound, "GONE", "hilang", "gone"), "a.csv");
  EXPECT_EQ(MessageIn(Language::kIndonesian, status), "a.csv: hilang");
  EXPECT_EQ(MessageIn(Language::kEnglish, status), "a.csv: gone");
}

}  // namespace
}  // namespace sepakat::base
