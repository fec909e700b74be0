// TOML with mistakes of its form: every one is told, in words for people who do not know TOML.
#include "ingestion/wire/toml_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingestion/wire/codebook_toml.h"

namespace sepakat::ingestion {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> Texts(const std::vector<BookFinding>& findings) {
  std::vector<std::string> texts;
  for (const BookFinding& finding : findings) texts.push_back(finding.Text());
  return texts;
}

struct Form {
  const char* text;
  int line;
  const char* told;
};

TEST(AMistakeOfForm, IsToldWithItsLineAndWhatToDo) {
  const Form forms[] = {
      {"a = 1\nb = \n", 2, "a value is missing behind '='"},
      {"a = \"x\nb = 1\n", 1, "the quote that opens here is not closed"},
      {"a = 'x' y\n", 1, "only one value may stand behind '='"},
      {"a = ja\n", 1, "text stands in straight quotes"},
      {"a = “x”\n", 1, "text stands in straight quotes"},
      {"a = 01\n", 1, "put it in quotes"},
      {"a = \"C:\\data\"\n", 1, "for a backslash"},
      {"a = { b = 1,\n c = 2 }\n", 1, "stays on one line"},
      {"größe = 1\n", 1, "stands in quotes"},
      {"a = 1\na = 2\n", 2, "it stands twice"},
      {"[roles\n", 1, "closed by ']'"},
  };
  for (const Form& form : forms) {
    const TomlText read = ReadToml(form.text, "buku.toml");
    ASSERT_FALSE(read.mistakes.empty()) << form.text;
    EXPECT_EQ(read.mistakes[0].line, form.line) << form.text;
    EXPECT_THAT(read.mistakes[0].message, HasSubstr(form.told)) << form.text;
  }
}

TEST(FiveMistakesOfForm, AreToldTogetherAndTheRestIsRead) {
  const TomlText read =
      ReadToml("[a]\nid = \nname = \"x\nsize = 01\nkept = 1\nkept = 2\nword = ja\n", "buku.toml");
  EXPECT_THAT(Texts(read.mistakes),
              ElementsAre(HasSubstr(":2:"), HasSubstr(":3:"), HasSubstr(":4:"), HasSubstr(":6:"),
                          HasSubstr(":7:")));
  EXPECT_TRUE(read.readable);
  EXPECT_EQ(read.table["a"]["kept"].value_or(0), 1);
  EXPECT_TRUE(read.lost_keys.contains("[a] name"));
}

TEST(AListThatIsNeverClosed, IsToldOnceAndNothingIsGuessedBehindIt) {
  const TomlText read = ReadToml("a = [1,\nb = 2\nc = 3\n", "buku.toml");
  EXPECT_EQ(read.mistakes.size(), 1U);
  EXPECT_FALSE(read.readable);
}

TEST(ACodeBookWithMistakesOfFormAndOfContent, TellsBothAndDoesNotCallUnreadableKeysMissing) {
  const CodebookReading reading = ReadCodebook(
      "[codebook]\nid = \"uji\nversion = \"1\"\nname = \"U\"\nsteward = \"U\"\nsource = \"U\"\n"
      "[record]\nunit = \"rumah\"\nobserved_on = { value = 2025 }\n"
      "[roles]\nfamily = { column = \"no\"\nsize = { column = \"n\" }\nregion = { value = \"33\" "
      "}\n",
      "uji.toml");
  EXPECT_THAT(Texts(reading.findings),
              ElementsAre(HasSubstr("uji.toml:2: the quote that opens here"),
                          HasSubstr("uji.toml:8: [record]: 'unit' is 'rumah'"),
                          HasSubstr("uji.toml:9: [record] observed_on: '2025' is no date"),
                          HasSubstr("uji.toml:11: { ... } stays on one line")));
}

TEST(AKeyThatIsUnreadableInOneSection, IsMissingInAnother) {
  const CodebookReading reading = ReadCodebook(
      "[codebook]\nid = \"uji\"\nversion = \"1\"\nname = \"U\nsteward = \"U\"\nsource = \"U\"\n"
      "[population]\nid = \"uji\"\n"
      "[record]\nunit = \"family\"\nobserved_on = { value = \"2025-01-01\" }\n"
      "[roles]\nfamily = { column = \"no\" }\nsize = { value = 1 }\n"
      "[roles.region]\ncolumn = kode\n",
      "uji.toml");
  EXPECT_THAT(Texts(reading.findings),
              ElementsAre(HasSubstr("uji.toml:4: the quote that opens here"),
                          HasSubstr("uji.toml:7: [population]: 'name' is missing"),
                          HasSubstr("uji.toml:16: text stands in straight quotes")));
}

}  // namespace
}  // namespace sepakat::ingestion
