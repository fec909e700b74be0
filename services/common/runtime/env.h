// Everything a service needs from outside, handed over once when its App is built.
//
// Embedded and distributed mode differ in this object alone.
// Ownership: main (or the test driver) owns every part and outlives the App.
#pragma once

#include "common/runtime/clock.h"
#include "common/runtime/event_log.h"
#include "common/runtime/state_folder.h"
#include "common/runtime/state_store.h"
#include "common/runtime/telemetry.h"
#include "common/runtime/views.h"

namespace sepakat::runtime {

struct Env {
  EventLog* log = nullptr;
  // The service's own store; nobody else opens it.
  StateStore* store = nullptr;
  Views* views = nullptr;
  const Clock* clock = nullptr;
  Telemetry* telemetry = nullptr;
  // Where the service keeps files of its own; nullptr when it keeps none.
  StateFolder* files = nullptr;
};

}  // namespace sepakat::runtime
