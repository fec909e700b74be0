// What every .proto file of the project keeps: names, versions, comments, and what was promised.
#include "tests/contract/protos/contracts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>

#include "tests/support/paths.h"

namespace sepakat::contract {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

class ContractsTest : public testing::Test {
 protected:
  const Contracts contracts_ = Contracts::Load();
};

TEST_F(ContractsTest, EveryPackageIsVersionedAndStandsInTheFolderOfItsName) {
  ASSERT_FALSE(contracts_.files().empty());
  for (const FileDescriptor* file : contracts_.files()) {
    EXPECT_TRUE(std::regex_match(file->package(),
                                 std::regex(R"(sepakat\.[a-z]+(\.events)?\.v[1-9][0-9]*)")))
        << file->name();
    std::string folder = file->package();
    std::ranges::replace(folder, '.', '/');
    EXPECT_TRUE(file->name().starts_with(folder + "/")) << file->name();
  }
}

TEST_F(ContractsTest, EveryMethodHasARequestAndAResponseOfItsOwn) {
  for (const FileDescriptor* file : contracts_.files()) {
    for (int s = 0; s < file->service_count(); ++s) {
      for (int m = 0; m < file->service(s)->method_count(); ++m) {
        const auto& method = *file->service(s)->method(m);
        EXPECT_EQ(method.input_type()->name(), method.name() + "Request");
        EXPECT_EQ(method.output_type()->name(), method.name() + "Response");
      }
    }
  }
}

TEST_F(ContractsTest, FieldsAreSnakeCaseAndInstantsAndMoneyCarryTheirUnit) {
  const std::regex snake("[a-z][a-z0-9]*(_[a-z0-9]+)*");
  for (const FileDescriptor* file : contracts_.files()) {
    for (int i = 0; i < file->message_type_count(); ++i) {
      const Descriptor& message = *file->message_type(i);
      for (int f = 0; f < message.field_count(); ++f) {
        const std::string& name = message.field(f)->name();
        EXPECT_TRUE(std::regex_match(name, snake)) << message.field(f)->full_name();
        EXPECT_FALSE(name.ends_with("_at")) << message.field(f)->full_name() << " needs _ms";
        EXPECT_FALSE(name == "cost" || name == "ceiling" || name == "amount")
            << message.field(f)->full_name() << " needs _rupiah";
      }
    }
  }
}

TEST_F(ContractsTest, EveryEventAndEveryServiceSaysWhatItIsFor) {
  for (const FileDescriptor* file : contracts_.files()) {
    google::protobuf::SourceLocation location;
    for (int s = 0; s < file->service_count(); ++s) {
      ASSERT_TRUE(file->service(s)->GetSourceLocation(&location));
      EXPECT_FALSE(location.leading_comments.empty()) << file->service(s)->full_name();
    }
    if (file->package().find(".events.") == std::string::npos) continue;
    for (int i = 0; i < file->message_type_count(); ++i) {
      const Descriptor& message = *file->message_type(i);
      const bool is_event = message.name().ends_with("ed");
      ASSERT_TRUE(message.GetSourceLocation(&location));
      if (!is_event) continue;
      EXPECT_FALSE(location.leading_comments.empty()) << message.full_name();
    }
  }
}

TEST_F(ContractsTest, NothingThatWasPromisedIsTakenBack) {
  const std::vector<std::string> now = PublicSurface(contracts_);
  std::istringstream promised(ReadAll(support::SourceFolder() / "protos/surface.txt"));
  int lines = 0;
  for (std::string line; std::getline(promised, line); ++lines) {
    EXPECT_TRUE(std::ranges::binary_search(now, line))
        << "gone or changed: " << line << "\nadd a new field (or a new major version) instead";
  }
  EXPECT_GT(lines, 0);
}

TEST_F(ContractsTest, EveryPromiseIsWrittenDown) {
  std::string text;
  for (const std::string& line : PublicSurface(contracts_)) text += line + "\n";
  EXPECT_EQ(ReadAll(support::SourceFolder() / "protos/surface.txt"), text)
      << "run `make contracts` and commit protos/surface.txt";
}

TEST_F(ContractsTest, TheEventsDocumentIsCurrent) {
  EXPECT_EQ(ReadAll(support::SourceFolder() / "docs/EVENTS.md"), EventsDocument(contracts_))
      << "run `make contracts` and commit docs/EVENTS.md";
}

}  // namespace
}  // namespace sepakat::contract
