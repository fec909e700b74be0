// What every Views must do, as a suite over the adapters.
//
// An adapter joins by one line: INSTANTIATE_TEST_SUITE_P with a ViewsSubject.
#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "common/runtime/views.h"

namespace sepakat::runtime {

// An adapter with what it stands on; fresh and empty.
class ViewsHarness {
 public:
  virtual ~ViewsHarness() = default;
  virtual Views& views() = 0;
};

struct ViewsSubject {
  std::string name;
  std::function<std::unique_ptr<ViewsHarness>()> make;
};

inline void PrintTo(const ViewsSubject& subject, std::ostream* out) { *out << subject.name; }

class ViewsTest : public testing::TestWithParam<ViewsSubject> {
 protected:
  ViewsTest() : harness_(GetParam().make()) {}

  Views& views() { return harness_->views(); }
  void Put(const std::string& key, int64_t version, const std::string& body);
  std::optional<ViewDocument> Get(const std::string& key);

  std::unique_ptr<ViewsHarness> harness_;
};

// Collects what a subscription brings.
class Mailbox {
 public:
  std::function<void(std::string_view)> Receiver();
  // All but the probes, once `last` is among them, or what came within 20 s.
  std::vector<std::string> WaitFor(const std::string& last);
  size_t size();

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::string> messages_;
};

// Publishes probes until the subscription has heard one: a subscriber of a cache joins a moment
// later.
void WaitUntilListening(Views& views, const std::string& channel, Mailbox& mailbox);

}  // namespace sepakat::runtime
