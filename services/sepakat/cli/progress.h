// Progress of long work on stderr: share done, rate, time left.
//
// Thread: one.
#pragma once

#include <cstdint>
#include <string>

#include "sepakat/cli/command.h"

namespace sepakat::cli {

// `42 %  83.1 MB of 198.0 MB  34.2 MB/s  3 s left`. Without a total: amount and rate.
std::string ProgressText(int64_t done, int64_t total, int64_t elapsed_ms,
                         base::Language language = base::Language::kEnglish);

// Draws on one line of a terminal twice a second, else writes a line every ten seconds.
class Progress {
 public:
  Progress(Environment& environment, std::string what, int64_t total);

  void Advance(int64_t done);
  // Ends the line on a terminal.
  void Finish();
  int64_t elapsed_ms() const;

 private:
  Environment& environment_;
  std::string what_;
  int64_t total_;
  int64_t started_ms_;
  int64_t drawn_ms_;
  bool drawn_ = false;
};

}  // namespace sepakat::cli
