// Re-surveys sent to a running SEPAKAT at a steady rate, each timed until a dashboard has its
// figure.
//
// Several senders post records over HTTP; one reader follows the event stream as the page does and,
// when a notice names the village of a record under way, asks for the village's figures. The record
// is seen when those figures hold a record accepted after it was sent. Records under way are of
// different villages, so nobody else's record is taken for it.
// Thread: one; it starts and ends its own.
#pragma once

#include <cstdint>
#include <vector>

#include "sepakat/generate/plan.h"

namespace sepakat::bench {

struct UpdateOptions {
  int http_port = 0;
  int updates = 1000;
  int per_second = 100;
  // Records at the beginning that are sent and not counted.
  int warm_up = 100;
};

struct UpdateTimes {
  // Milliseconds from sending, one per record that counts.
  std::vector<double> accepted_ms;
  std::vector<double> seen_ms;
  double per_second = 0;
  // Records that were refused, or not seen within ten seconds.
  int lost = 0;
};

UpdateTimes SendUpdates(const generate::Plan& plan, const UpdateOptions& options);

}  // namespace sepakat::bench
