#include "tests/support/rocksdb/faulty_env.h"

#include <atomic>
#include <string>

#include "rocksdb/env.h"

namespace sepakat::support {

struct FaultyEnv::State {
  std::atomic<Fault> fault = Fault::kNone;
  std::atomic<bool> crashed = false;
};

namespace {

using rocksdb::Status;

// Holds back what was appended until it is synced.
class ForgetfulFile final : public rocksdb::WritableFileWrapper {
 public:
  ForgetfulFile(std::unique_ptr<rocksdb::WritableFile> file, std::atomic<FaultyEnv::Fault>* fault,
                std::atomic<bool>* crashed)
      : WritableFileWrapper(file.get()), file_(std::move(file)), fault_(fault), crashed_(crashed) {}

  Status Append(const rocksdb::Slice& bytes) override {
    if (*fault_ == FaultyEnv::Fault::kDiskFull) return Status::NoSpace("No space left on device");
    unsynced_.append(bytes.data(), bytes.size());
    size_ += bytes.size();
    return Status::OK();
  }
  Status Append(const rocksdb::Slice& bytes, const rocksdb::DataVerificationInfo&) override {
    return Append(bytes);
  }
  Status Flush() override { return Status::OK(); }
  Status RangeSync(uint64_t, uint64_t) override { return Status::OK(); }
  Status Sync() override {
    if (*fault_ == FaultyEnv::Fault::kSyncFails) return Status::IOError("Input/output error");
    if (*crashed_) return Status::OK();
    Status status = file_->Append(unsynced_);
    unsynced_.clear();
    return status.ok() ? file_->Flush() : status;
  }
  Status Fsync() override { return Sync(); }
  Status Close() override { return file_->Close(); }
  Status Truncate(uint64_t) override { return Status::OK(); }
  uint64_t GetFileSize() override { return size_; }

 private:
  std::unique_ptr<rocksdb::WritableFile> file_;
  std::atomic<FaultyEnv::Fault>* const fault_;
  std::atomic<bool>* const crashed_;
  std::string unsynced_;
  uint64_t size_ = 0;
};

class ForgetfulEnv final : public rocksdb::EnvWrapper {
 public:
  ForgetfulEnv(std::atomic<FaultyEnv::Fault>* fault, std::atomic<bool>* crashed)
      : EnvWrapper(rocksdb::Env::Default()), fault_(fault), crashed_(crashed) {}

  Status NewWritableFile(const std::string& name, std::unique_ptr<rocksdb::WritableFile>* result,
                         const rocksdb::EnvOptions& options) override {
    std::unique_ptr<rocksdb::WritableFile> file;
    Status status = target()->NewWritableFile(name, &file, options);
    if (status.ok()) *result = std::make_unique<ForgetfulFile>(std::move(file), fault_, crashed_);
    return status;
  }

 private:
  std::atomic<FaultyEnv::Fault>* const fault_;
  std::atomic<bool>* const crashed_;
};

}  // namespace

FaultyEnv::FaultyEnv()
    : state_(std::make_unique<State>()),
      env_(std::make_unique<ForgetfulEnv>(&state_->fault, &state_->crashed)) {}
FaultyEnv::~FaultyEnv() = default;

rocksdb::Env* FaultyEnv::env() { return env_.get(); }
void FaultyEnv::Set(Fault fault) { state_->fault = fault; }
void FaultyEnv::Crash() { state_->crashed = true; }

}  // namespace sepakat::support
