// Ingestion as an object: what we know about whom, since when, from which source.
//
//   IngestionApp app(env, secrets.get());      // secrets: platform/crypto/key_file.h
//   app.Start();
//   server.Add(app.rpc());                     // IngestionService
//   TaskLoop loop(&app, ...);                  // or a test driver polls it
//
// Uses log, store, clock and telemetry of `env`. Handlers of IngestFile and IngestStream wait for
// the task to decide; where no loop runs, options.await must drive it. Thread: as runtime/app.h;
// rpc() handlers run on any thread.
#pragma once

#include <atomic>
#include <functional>

#include "common/platform/rpc/rpc_service.h"
#include "common/runtime/app.h"
#include "common/runtime/env.h"
#include "common/runtime/secrets.h"
#include "common/runtime/stateful_task.h"
#include "ingestion/app/ingestion_task.h"
#include "ingestion/app/intake.h"
#include "ingestion/wire/event_codec.h"

namespace sepakat::ingestion {

struct IngestionOptions {
  // Lets time pass until `done` may hold. Absent: waits for the task's loop. A test on one thread
  // polls its apps here.
  std::function<void(const std::function<bool()>& done)> await;
  // Records appended at a time, and how many may wait for their decision before a file is held
  // back.
  int block_records = 2000;
  int64_t most_undecided = 20'000;
  // Regency -> partition of the family topic; regencies that are not listed go by hash.
  PartitionTable::Entries partition_table;
};

class IngestionApp final : public runtime::App {
 public:
  // `secrets` outlives the App.
  IngestionApp(const runtime::Env& env, const runtime::Secrets* secrets,
               IngestionOptions options = {});

  std::string_view name() const override { return "ingestion"; }
  absl::Status Start() override;
  absl::StatusOr<bool> Poll(int wait_ms) override { return task_.Poll(wait_ms); }
  absl::StatusOr<bool> Relay() override { return task_.RelayOnce(); }
  void Stop() override { started_ = false; }
  absl::Status Healthy() const override;

  const platform::RpcService& rpc() const { return rpc_; }

 private:
  const runtime::Env env_;
  const EventCodec codec_;
  IngestionTask ingestion_;
  runtime::StatefulTask task_;
  Intake intake_;
  platform::RpcService rpc_;
  std::atomic<bool> started_ = false;
};

}  // namespace sepakat::ingestion
