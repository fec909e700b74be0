// A message as JSON for programs, as the HTTP surface writes it.
#pragma once

#include <ostream>

#include "google/protobuf/message.h"

namespace sepakat::cli {

void PrintMessage(const google::protobuf::Message& message, std::ostream& out);

}  // namespace sepakat::cli
