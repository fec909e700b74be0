#include "tests/bench/chain/update_stream.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "sepakat/generate/columns.h"
#include "sepakat/generate/update_stream.h"
#include "tests/support/http/raw_client.h"

namespace sepakat::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kSenders = 16;
constexpr uint64_t kSeed = 11;
constexpr auto kPatience = std::chrono::seconds(10);

int64_t WallMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

double MsSince(Clock::time_point then) {
  return std::chrono::duration<double, std::milli>(Clock::now() - then).count();
}

struct Record {
  std::string village;
  std::string request;
};

std::string RequestOf(const generate::Update& update, size_t number) {
  nlohmann::json rows = nlohmann::json::array();
  for (const generate::Row& row : update.rows) {
    nlohmann::json cells = nlohmann::json::object();
    for (size_t c = 0; c < row.size(); ++c) {
      if (!row[c].empty()) cells[std::string(generate::kColumnNames[c])] = row[c];
    }
    rows.push_back({{"cells", std::move(cells)}});
  }
  const std::string body = nlohmann::json({{"actor", "bench"},
                                           {"codebookId", "regsosek_2022"},
                                           {"source", "bench"},
                                           {"rows", std::move(rows)}})
                               .dump();
  return fmt::format(
      "POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      "Idempotency-Key: bench-{}\r\nContent-Length: {}\r\n\r\n{}",
      number, body.size(), body);
}

// Each of another family; the same for every run of a day.
std::vector<Record> MakeRecords(const generate::Plan& plan, size_t count) {
  constexpr int64_t kDayMs = 86'400'000;
  const auto today = static_cast<int32_t>(WallMs() / kDayMs);
  std::vector<Record> records;
  std::set<int64_t> used;
  for (int64_t step = 0; records.size() < count; ++step) {
    const generate::Update update = generate::DrawUpdate(plan, kSeed, step, today);
    if (!used.insert(update.family).second) continue;
    const auto village = static_cast<size_t>(plan.VillageOf(update.family));
    records.push_back({plan.villages[village].code, RequestOf(update, records.size())});
  }
  return records;
}

class Stream {
 public:
  Stream(std::vector<Record> records, const UpdateOptions& options)
      : records_(std::move(records)), options_(options) {
    for (size_t i = 0; i < records_.size(); ++i) left_.push_back(i);
  }

  UpdateTimes Run() {
    support::RawClient stream(options_.http_port);
    stream.Send("GET /v1/stream HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n");
    stream.ReadUntil("event: hello");
    std::thread reader([&] { Follow(stream); });
    began_ = Clock::now();
    std::vector<std::thread> senders;
    for (int i = 0; i < kSenders; ++i) senders.emplace_back([this] { Send(); });
    for (std::thread& sender : senders) sender.join();
    times_.per_second = 1000 * static_cast<double>(records_.size()) / MsSince(began_);
    WaitUntilAllAreSeen();
    ended_ = true;
    reader.join();  // At the latest with the next heartbeat.
    times_.lost += static_cast<int>(under_way_.size());
    return times_;
  }

 private:
  struct UnderWay {
    size_t number = 0;
    int64_t sent_wall_ms = 0;
    Clock::time_point sent;
  };

  bool Counts(size_t number) const { return number >= static_cast<size_t>(options_.warm_up); }

  // The next record whose village has none under way, which it has from now on.
  std::optional<UnderWay> Begin() {
    std::unique_lock lock(mutex_);
    while (!left_.empty()) {
      for (auto it = left_.begin(); it != left_.end(); ++it) {
        if (under_way_.contains(records_[*it].village)) continue;
        const UnderWay begun{*it, WallMs(), Clock::now()};
        left_.erase(it);
        under_way_[records_[begun.number].village] = begun;
        return begun;
      }
      seen_.wait_for(lock, kPatience);
    }
    return std::nullopt;
  }

  void Send() {
    support::RawClient client(options_.http_port);
    const std::chrono::microseconds period(1'000'000 / options_.per_second);
    for (size_t turn = next_++; turn < records_.size(); turn = next_++) {
      std::this_thread::sleep_until(began_ + turn * period);
      const std::optional<UnderWay> begun = Begin();
      if (!begun) return;
      const Record& record = records_[begun->number];
      client.Send(record.request);
      const int status = support::StatusOf(client.ReadAnswer());
      const std::lock_guard guard(mutex_);
      if (status == 201) {
        if (Counts(begun->number)) times_.accepted_ms.push_back(MsSince(begun->sent));
        continue;
      }
      fmt::print(stderr, "a record was answered with {}\n", status);
      under_way_.erase(record.village);
      seen_.notify_all();
      ++times_.lost;
    }
  }

  void WaitUntilAllAreSeen() {
    std::unique_lock lock(mutex_);
    seen_.wait_for(lock, kPatience, [this] { return under_way_.empty(); });
  }

  void Follow(support::RawClient& stream) {
    support::RawClient client(options_.http_port);
    while (!ended_) {
      const std::string frame = stream.ReadUntil("\n\n");
      const size_t data = frame.find("data: {");
      if (frame.empty()) return;
      if (frame.find("event: publication") == std::string::npos || data == std::string::npos) {
        continue;
      }
      const auto notice = nlohmann::json::parse(frame.substr(data + 6), nullptr, false);
      if (!notice.contains("regions")) continue;
      for (const auto& region : notice["regions"]) {
        LookAt(region["region"].get<std::string>(), client);
      }
    }
  }

  void LookAt(const std::string& village, support::RawClient& client) {
    UnderWay waiting;
    {
      const std::lock_guard guard(mutex_);
      const auto it = under_way_.find(village);
      if (it == under_way_.end()) return;
      waiting = it->second;
    }
    client.Send(fmt::format("GET /v1/figures/{} HTTP/1.1\r\nHost: x\r\n\r\n", village));
    const auto answer = nlohmann::json::parse(support::BodyOf(client.ReadAnswer()), nullptr, false);
    if (!answer.contains("indicators")) return;
    const auto newest =
        std::stoll(answer["indicators"].value("newestAcceptedAtMs", std::string("0")));
    if (newest < waiting.sent_wall_ms) return;
    const std::lock_guard guard(mutex_);
    const auto it = under_way_.find(village);
    if (it == under_way_.end() || it->second.number != waiting.number) return;
    if (Counts(waiting.number)) times_.seen_ms.push_back(MsSince(waiting.sent));
    under_way_.erase(it);
    seen_.notify_all();
  }

  const std::vector<Record> records_;
  const UpdateOptions options_;
  std::atomic<size_t> next_ = 0;  // turns taken
  std::atomic<bool> ended_ = false;
  Clock::time_point began_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable seen_;
  std::deque<size_t> left_;
  std::map<std::string, UnderWay> under_way_;  // by village
  UpdateTimes times_;
};

}  // namespace

UpdateTimes SendUpdates(const generate::Plan& plan, const UpdateOptions& options) {
  return Stream(MakeRecords(plan, static_cast<size_t>(options.updates + options.warm_up)), options)
      .Run();
}

}  // namespace sepakat::bench
