// The stores: in memory, and RocksDB.
#include "common/embedded/memory_store.h"
#include "common/platform/rocksdb/rocks_store.h"
#include "tests/conformance/store/state_store_suite.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::runtime {
namespace {

class MemoryHarness final : public StoreHarness {
 public:
  StateStore& store() override { return store_; }
  void Reopen() override { FAIL() << "a store in memory does not survive"; }

 private:
  embedded::MemoryStore store_;
};

class RocksHarness final : public StoreHarness {
 public:
  RocksHarness() : folder_("sepakat-store") { Reopen(); }
  StateStore& store() override { return *store_; }
  void Reopen() override {
    store_.reset();
    auto opened = platform::RocksStore::Open(folder_.path() / "store");
    ASSERT_TRUE(opened.ok()) << opened.status();
    store_ = *std::move(opened);
  }

 private:
  support::TemporaryFolder folder_;
  std::unique_ptr<platform::RocksStore> store_;
};

const StoreSubject kMemory{"Memory", [] { return std::make_unique<MemoryHarness>(); }};
const StoreSubject kRocks{"RocksDb", [] { return std::make_unique<RocksHarness>(); }};

INSTANTIATE_TEST_SUITE_P(All, StateStoreTest, testing::Values(kMemory, kRocks), SubjectName);
INSTANTIATE_TEST_SUITE_P(All, DurableStateStoreTest, testing::Values(kRocks), SubjectName);

}  // namespace
}  // namespace sepakat::runtime
