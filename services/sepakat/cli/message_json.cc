#include "sepakat/cli/message_json.h"

#include <string>

#include "google/protobuf/util/json_util.h"

namespace sepakat::cli {

void PrintMessage(const google::protobuf::Message& message, std::ostream& out) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.always_print_primitive_fields = true;
  std::string json;
  if (google::protobuf::util::MessageToJsonString(message, &json, options).ok()) out << json;
}

}  // namespace sepakat::cli
