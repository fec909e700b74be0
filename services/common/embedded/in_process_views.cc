#include "common/embedded/in_process_views.h"

namespace sepakat::embedded {

using runtime::ViewDocument;

class InProcessViews::Subscription final : public runtime::ViewSubscription {
 public:
  Subscription(InProcessViews* views, int64_t id) : views_(views), id_(id) {}
  ~Subscription() override {
    const std::lock_guard guard(views_->listeners_mutex_);
    views_->listeners_.erase(id_);
  }
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;

 private:
  InProcessViews* const views_;
  const int64_t id_;
};

absl::Status InProcessViews::PutIfNewer(std::span<const ViewDocument> documents) {
  const std::lock_guard guard(mutex_);
  for (const ViewDocument& document : documents) {
    const auto [it, created] = documents_.try_emplace(document.key, document);
    if (!created && it->second.version < document.version) it->second = document;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::optional<ViewDocument>>> InProcessViews::Get(
    std::span<const std::string> keys) {
  std::vector<std::optional<ViewDocument>> found;
  found.reserve(keys.size());
  const std::lock_guard guard(mutex_);
  for (const std::string& key : keys) {
    const auto it = documents_.find(key);
    found.push_back(it == documents_.end() ? std::nullopt
                                           : std::optional<ViewDocument>(it->second));
  }
  return found;
}

absl::Status InProcessViews::Publish(const runtime::ViewMessage& message) {
  const std::lock_guard guard(listeners_mutex_);
  for (const auto& [id, listener] : listeners_) {
    if (listener.channel == message.channel) listener.on_message(message.body);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<runtime::ViewSubscription>> InProcessViews::Subscribe(
    std::string_view channel, std::function<void(std::string_view body)> on_message) {
  const std::lock_guard guard(listeners_mutex_);
  const int64_t id = next_listener_++;
  listeners_[id] = {std::string(channel), std::move(on_message)};
  return std::make_unique<Subscription>(this, id);
}

absl::StatusOr<std::string> InProcessViews::Generation() {
  const std::lock_guard guard(mutex_);
  return generation_;
}

absl::Status InProcessViews::SetGeneration(std::string_view generation) {
  const std::lock_guard guard(mutex_);
  generation_ = generation;
  return absl::OkStatus();
}

}  // namespace sepakat::embedded
