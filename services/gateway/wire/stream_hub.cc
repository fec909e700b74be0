#include "gateway/wire/stream_hub.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace sepakat::gateway {
namespace {

constexpr std::string_view kReload = "event: reload\ndata: {}\n\n";

std::shared_ptr<const std::string> MakeFrame(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

std::shared_ptr<const std::string> PublicationFrame(int64_t publication, std::string_view json) {
  return MakeFrame(fmt::format("id: {}\nevent: publication\ndata: {}\n\n", publication, json));
}

std::optional<int64_t> ParseId(std::string_view text) {
  int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return id;
}

}  // namespace

void StreamHub::Join(std::shared_ptr<platform::SseClient> client, std::string_view last_seen,
                     int64_t now_ms) {
  const std::lock_guard guard(mutex_);
  const int64_t newest = ring_.empty() ? 0 : ring_.back().publication;
  client->Send(MakeFrame(fmt::format(
      "retry: 1000\nevent: hello\ndata: {{\"publication\":\"{}\",\"nowMs\":\"{}\"}}\n\n", newest,
      now_ms)));
  if (const std::optional<int64_t> seen = ParseId(last_seen)) {
    const bool missed_more = !ring_.empty() && *seen + 1 < ring_.front().publication;
    if (missed_more || *seen > newest) {
      client->Send(MakeFrame(std::string(kReload)));
    } else {
      for (const Frame& frame : ring_) {
        if (frame.publication > *seen) client->Send(frame.text);
      }
    }
  }
  clients_.push_back(std::move(client));
}

void StreamHub::Announce(int64_t publication, std::string json) {
  const std::lock_guard guard(mutex_);
  const auto text = PublicationFrame(publication, json);
  if (!ring_.empty() && publication < ring_.back().publication) return;
  Keep(publication, text);
  SendToAll(text);
}

void StreamHub::CatchUp(int64_t publication, std::string json) {
  const std::lock_guard guard(mutex_);
  if (!ring_.empty() && publication <= ring_.back().publication) return;
  const bool missed = !ring_.empty();
  ring_.clear();  // It has a gap now; who resumes from before it reloads.
  Keep(publication, PublicationFrame(publication, json));
  if (missed) SendToAll(MakeFrame(std::string(kReload)));
}

void StreamHub::Keep(int64_t publication, std::shared_ptr<const std::string> text) {
  ring_.push_back({publication, std::move(text)});
  if (ring_.size() > ring_size_) ring_.pop_front();
}

void StreamHub::Heartbeat() {
  const std::lock_guard guard(mutex_);
  SendToAll(MakeFrame(": heartbeat\n\n"));
}

size_t StreamHub::clients() {
  const std::lock_guard guard(mutex_);
  return clients_.size();
}

void StreamHub::SendToAll(const std::shared_ptr<const std::string>& frame) {
  std::erase_if(clients_, [&](const auto& client) { return !client->Send(frame); });
}

}  // namespace sepakat::gateway
