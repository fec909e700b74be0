// A clerk at the command line, against all five services in one process on one thread.
#pragma once

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "common/embedded/in_process_views.h"
#include "common/embedded/memory_log.h"
#include "gtest/gtest.h"
#include "tests/support/chain/chain.h"

namespace sepakat {

class Clerk : public testing::Test {
 protected:
  void SetUp() override;

  // Runs `sepakat ARGUMENTS` and gives its exit code; what it printed stands in out() and err().
  int Run(std::vector<std::string> arguments);
  std::string out() const { return out_.str(); }
  std::string err() const { return err_.str(); }

  void LoadRegions();
  void LoadRegionsAndReference();
  // A file in a folder of this test alone; its path.
  std::string Write(const std::string& name, const std::string& text) const;
  const std::string& folder() const { return folder_; }
  support::Chain& chain() { return *chain_; }

 private:
  embedded::MemoryLog log_;
  embedded::InProcessViews views_;
  std::unique_ptr<support::Chain> chain_;
  std::string folder_;
  std::ostringstream out_;
  std::ostringstream err_;
};

}  // namespace sepakat
