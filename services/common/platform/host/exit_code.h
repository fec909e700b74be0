// What a program answers to the shell when it ends.
//
//   0   stopped as asked
//   64  the command line or the configuration is wrong
//   66  a file or folder that is needed does not exist
//   69  an address is taken, or something it depends on cannot be used
//   70  it met an error that it could not survive
//   71  there is too little memory for what is kept
//   74  the disk is full or failed
//   77  it may not read or write where it must
// Thread: pure functions.
#pragma once

#include "absl/status/status.h"

namespace sepakat::platform {

int ExitCodeOf(const absl::Status& status);

}  // namespace sepakat::platform
