// What every StateStore must do, as a suite over the adapters.
//
// An adapter joins by one line: INSTANTIATE_TEST_SUITE_P with a StoreSubject. A durable one
// instantiates DurableStateStoreTest as well.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "common/runtime/state_store.h"

namespace sepakat::runtime {

class StoreHarness {
 public:
  virtual ~StoreHarness() = default;
  virtual StateStore& store() = 0;
  // Closes the store and opens it again on the same data.
  virtual void Reopen() = 0;
};

struct StoreSubject {
  std::string name;
  std::function<std::unique_ptr<StoreHarness>()> make;
};

inline void PrintTo(const StoreSubject& subject, std::ostream* out) { *out << subject.name; }

inline std::string SubjectName(const testing::TestParamInfo<StoreSubject>& info) {
  return info.param.name;
}

class StateStoreTest : public testing::TestWithParam<StoreSubject> {
 protected:
  StateStoreTest() : harness_(GetParam().make()) {}
  StateStore& store() { return harness_->store(); }

  std::unique_ptr<StoreHarness> harness_;
};

class DurableStateStoreTest : public StateStoreTest {};

}  // namespace sepakat::runtime
