// A file system for RocksDB that forgets what was not synced, and fails on demand.
//
// Bytes reach the real file only by Sync() or Fsync(). After Crash() nothing reaches it any more,
// so what a database leaves behind is what a power cut would leave; open it again with the real
// one. Thread: any.
#pragma once

#include <memory>

namespace rocksdb {
class Env;
}

namespace sepakat::support {

class FaultyEnv {
 public:
  enum class Fault { kNone, kSyncFails, kDiskFull };

  FaultyEnv();
  ~FaultyEnv();
  rocksdb::Env* env();
  // From now on, until told otherwise.
  void Set(Fault fault);
  void Crash();

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::unique_ptr<rocksdb::Env> env_;
};

}  // namespace sepakat::support
