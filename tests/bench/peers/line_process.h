// A program that answers each line on its input with one line on its output.
//
// It ends with its object. Errors: FailedPrecondition PROGRAM_MISSING, Internal PROGRAM_ENDED.
// Thread: one.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace sepakat::bench {

class LineProcess {
 public:
  // `command[0]` is searched in PATH.
  static absl::StatusOr<std::unique_ptr<LineProcess>> Start(
      const std::vector<std::string>& command);
  LineProcess(const LineProcess&) = delete;
  LineProcess& operator=(const LineProcess&) = delete;
  ~LineProcess();

  absl::StatusOr<std::string> ReadLine();
  absl::StatusOr<std::string> Ask(const std::string& line);
  int pid() const { return pid_; }

 private:
  LineProcess(int pid, std::FILE* to, std::FILE* from) : pid_(pid), to_(to), from_(from) {}

  int pid_;
  std::FILE* to_;
  std::FILE* from_;
};

}  // namespace sepakat::bench
