#include "common/platform/crypto/key_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>
#include <vector>

#include "common/base/hash.h"
#include "common/base/status.h"

namespace sepakat::platform {
namespace {

class KeyFile : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(KeyFile, IsMadeOnceAndReadableByItsOwnerOnly) {
  const auto file = folder_ / "kunci";
  const auto first = SecretsFromFile(file);
  ASSERT_TRUE(first.ok()) << first.status();
  struct stat info {};
  ASSERT_EQ(stat(file.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  const auto second = SecretsFromFile(file);
  EXPECT_EQ((*first)->Pseudonym("register", "x"), (*second)->Pseudonym("register", "x"));
}

TEST_F(KeyFile, ThatOthersMayReadOrThatIsCutOffIsRefused) {
  const auto file = folder_ / "kunci";
  ASSERT_TRUE(SecretsFromFile(file).ok());
  std::filesystem::permissions(file, std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  EXPECT_EQ(base::ReasonOf(SecretsFromFile(file).status()), "KEY_FILE_OPEN");
  std::filesystem::remove(file);
  std::ofstream(file) << "pendek";
  std::filesystem::permissions(file, std::filesystem::perms::owner_read);
  EXPECT_EQ(base::ReasonOf(SecretsFromFile(file).status()), "KEY_FILE_DAMAGED");
}

TEST(Sealing, GivesThePlainTextBackAndOtherBytesEachTime) {
  const auto secrets = SecretsFromKey(std::string(32, 'a'));
  for (const std::string& plain : {std::string(), std::string("x"), std::string(100'000, 'y')}) {
    const std::string sealed = secrets->Seal(plain);
    EXPECT_EQ(sealed.size(), plain.size() + 28);
    EXPECT_EQ(secrets->Open(sealed).value(), plain);
    EXPECT_NE(secrets->Seal(plain), sealed);
  }
}

TEST(Sealing, ANonceNeverComesTwice) {
  const auto secrets = SecretsFromKey(std::string(32, 'a'));
  std::set<std::string> nonces;
  for (int i = 0; i < 5000; ++i) nonces.insert(secrets->Seal("x").substr(0, 12));
  EXPECT_EQ(nonces.size(), 5000U);
}

TEST(Sealing, NoticesEveryFlippedBitAndEveryOtherKey) {
  const auto secrets = SecretsFromKey(std::string(32, 'a'));
  const std::string sealed = secrets->Seal("rahasia");
  for (size_t at = 0; at < sealed.size(); ++at) {
    std::string damaged = sealed;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    EXPECT_EQ(base::ReasonOf(secrets->Open(damaged).status()), "SEAL_BROKEN") << at;
  }
  EXPECT_FALSE(SecretsFromKey(std::string(32, 'b'))->Open(sealed).ok());
  EXPECT_FALSE(secrets->Open("pendek").ok());
  EXPECT_TRUE(secrets->Open(sealed).ok()) << "a failure leaves nothing behind";
}

TEST(Pseudonyms, DependOnKeyScopeAndTextAlone) {
  const auto a = SecretsFromKey(std::string(32, 'a'));
  const auto b = SecretsFromKey(std::string(32, 'b'));
  EXPECT_EQ(a->Pseudonym("register", "1").size(), 32U);
  EXPECT_EQ(a->Pseudonym("register", "1"), a->Pseudonym("register", "1"));
  EXPECT_NE(a->Pseudonym("register", "1"), b->Pseudonym("register", "1"));
  EXPECT_NE(a->Pseudonym("register", "1"), a->Pseudonym("survey", "1"));
  EXPECT_NE(a->Pseudonym("ab", "c"), a->Pseudonym("a", "bc"));
  EXPECT_NE(a->Digest("1"), b->Digest("1"));
  EXPECT_EQ(a->Digest("1").size(), 32U);
}

// HMAC-SHA-256 under HMAC-SHA-256(master, use), computed by another program: a register of today is
// read with the keys of today for ever.
TEST(Pseudonyms, AreThoseOfEarlierVersions) {
  const auto secrets = SecretsFromKey(std::string(32, 'a'));
  EXPECT_EQ(base::Hex(secrets->Digest("1")),
            "5203c9f24db10fc3511e79988bd751e752946642f58518518c5d48874bf16309");
  EXPECT_EQ(secrets->Pseudonym("register", "1"), "d1e92142a400923d08b778f4a879ad52");
}

TEST(Secrets, AreSharedByThreads) {
  const auto secrets = SecretsFromKey(std::string(32, 'a'));
  const std::string expected = secrets->Digest("isi");
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 2000; ++i) {
        const std::string text(static_cast<size_t>(i % 97), 'z');
        if (secrets->Open(secrets->Seal(text)).value_or("?") != text) ++wrong;
        if (secrets->Digest("isi") != expected) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace sepakat::platform
