// The contract against the server: the same routes, the same messages, and answers that fit.

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "common/embedded/in_process_views.h"
#include "common/runtime/telemetry.h"
#include "gateway/gateway_app.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "tests/contract/openapi/contract_file.h"
#include "tests/contract/openapi/schema_check.h"
#include "tests/support/paths.h"
#include "tests/support/runtime/manual_clock.h"

namespace sepakat::contract {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using nlohmann::json;
using platform::HttpRequest;
using platform::HttpResponse;

// Sets every field of a message, lists to one entry.
void Fill(Message* message) {
  const auto* reflection = message->GetReflection();
  for (int i = 0; i < message->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message->GetDescriptor()->field(i);
    const bool list = field->is_repeated();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        Fill(list ? reflection->AddMessage(message, field)
                  : reflection->MutableMessage(message, field));
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        list ? reflection->AddString(message, field, "text")
             : reflection->SetString(message, field, "text");
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        list ? reflection->AddInt64(message, field, -5) : reflection->SetInt64(message, field, -5);
        break;
      case FieldDescriptor::CPPTYPE_UINT64:
        list ? reflection->AddUInt64(message, field, 5) : reflection->SetUInt64(message, field, 5);
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        list ? reflection->AddInt32(message, field, 5) : reflection->SetInt32(message, field, 5);
        break;
      case FieldDescriptor::CPPTYPE_UINT32:
        list ? reflection->AddUInt32(message, field, 5) : reflection->SetUInt32(message, field, 5);
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        list ? reflection->AddBool(message, field, true)
             : reflection->SetBool(message, field, true);
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        list ? reflection->AddEnumValue(message, field, 1)
             : reflection->SetEnumValue(message, field, 1);
        break;
      default:
        ADD_FAILURE() << field->full_name() << " has a type that no answer should have";
    }
  }
}

// Answers every call with a message that has everything, or with an empty one.
class AnsweringChannel : public platform::RpcChannel {
 public:
  absl::Status Unary(std::string_view, const Message&, Message* response,
                     const platform::CallOptions&) override {
    response->Clear();
    if (full) Fill(response);
    if (auto* boundaries = dynamic_cast<ingestion::v1::GetBoundariesResponse*>(response)) {
      boundaries->set_geojson(!full ? ""
                                    : R"({"type":"FeatureCollection","features":[{"type":"Feature",
          "properties":{"kode":"33.26","nama":"Pekalongan"},"geometry":{"type":"Polygon","coordinates":[]}}]})");
    }
    return absl::OkStatus();
  }
  absl::Status ClientStream(std::string_view method, Message* message,
                            const platform::RpcSend& send, Message* response,
                            const platform::CallOptions& options) override {
    while (true) {
      const absl::StatusOr<bool> more = send(message);
      if (!more.ok()) return more.status();
      if (!*more) return Unary(method, *message, response, options);
    }
  }
  bool full = true;
};

class ContractServerTest : public testing::Test {
 protected:
  ContractServerTest()
      : app_(
            {&channel_, &channel_, &channel_, &channel_, &views_, &clock_, &runtime::NoTelemetry()},
            Options()) {}

  static gateway::GatewayOptions Options() {
    gateway::GatewayOptions options;
    options.openapi_file = support::SourceFolder() / "services/gateway/openapi/sepakat.v1.yaml";
    return options;
  }

  // The operation with its path and body filled in by the contract.
  HttpResponse Ask(const Operation& operation) {
    HttpRequest request;
    request.method = operation.method;
    request.path = std::regex_replace(operation.path, std::regex("\\{[A-Za-z]+\\}"), "x");
    for (const json& parameter : ParametersOf(operation)) {
      const json sample = Sample(parameter["schema"]);
      const std::string value = sample.is_string() ? sample.get<std::string>() : sample.dump();
      const std::string name = parameter["name"].get<std::string>();
      if (parameter["in"] == "query") request.query[name] = value;
      if (name == "Idempotency-Key") request.headers["idempotency-key"] = "key";
    }
    if (operation.definition.contains("requestBody")) {
      const json& content = operation.definition["requestBody"]["content"];
      if (content.contains("application/json")) {
        request.body = Sample(content["application/json"]["schema"]).dump();
      }
    }
    return app_.router().Route(request);
  }

  static bool IsJson(const Operation& operation) {
    const json& content = Resolve(operation.definition["responses"]["200"])["content"];
    return content.begin().key().find("json") != std::string::npos;
  }

  AnsweringChannel channel_;
  embedded::InProcessViews views_;
  support::ManualClock clock_;
  gateway::GatewayApp app_;
};

TEST_F(ContractServerTest, TheServerRoutesWhatIsDescribedAndNothingElse) {
  std::set<std::string> described;
  for (const Operation& operation : Operations()) described.insert(operation.name());
  const std::vector<std::string> routes = app_.router().Routes();
  EXPECT_EQ(std::set<std::string>(routes.begin(), routes.end()), described);
}

TEST_F(ContractServerTest, FullAnswersFitTheirSchemas) {
  for (const Operation& operation : Operations()) {
    if (!IsJson(operation)) continue;
    const HttpResponse response = Ask(operation);
    ASSERT_TRUE(response.status == 200 || response.status == 201)
        << operation.name() << " " << response.status << response.body;
    const std::string content_type =
        Resolve(operation.definition["responses"]["200"])["content"].begin().key();
    EXPECT_EQ(response.content_type, content_type) << operation.name();
    EXPECT_EQ(Misfit(AnswerSchema(operation, "200"), json::parse(response.body)), "")
        << operation.name();
  }
}

TEST_F(ContractServerTest, EmptyAnswersFitTheirSchemasToo) {
  channel_.full = false;
  for (const Operation& operation : Operations()) {
    if (!IsJson(operation)) continue;
    const HttpResponse response = Ask(operation);
    EXPECT_EQ(Misfit(AnswerSchema(operation, "200"), json::parse(response.body)), "")
        << operation.name();
  }
}

TEST_F(ContractServerTest, ProblemsFitTheirSchema) {
  const json schema = {{"$ref", "#/components/schemas/Problem"}};
  HttpRequest request;
  request.method = "POST";
  request.path = "/v1/plans/x/approve";
  EXPECT_EQ(Misfit(schema, json::parse(app_.router().Route(request).body)), "");
  request.path = "/v1/nowhere";
  EXPECT_EQ(Misfit(schema, json::parse(app_.router().Route(request).body)), "");
}

// Messages by simple name: the schemas are named so.
std::map<std::string, const Descriptor*> MessagesByName() {
  std::map<std::string, const Descriptor*> messages;
  std::vector<const google::protobuf::FileDescriptor*> files;
  std::set<std::string> seen;
  for (const char* service :
       {"sepakat.ingestion.v1.IngestionService", "sepakat.targeting.v1.TargetingService",
        "sepakat.budgeting.v1.BudgetingService", "sepakat.monitoring.v1.MonitoringService"}) {
    files.push_back(
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(service)->file());
  }
  while (!files.empty()) {
    const auto* file = files.back();
    files.pop_back();
    if (!seen.insert(file->name()).second) continue;
    for (int i = 0; i < file->dependency_count(); ++i) files.push_back(file->dependency(i));
    for (int i = 0; i < file->message_type_count(); ++i) {
      messages[file->message_type(i)->name()] = file->message_type(i);
    }
  }
  return messages;
}

TEST_F(ContractServerTest, SchemasNamedAsMessagesHaveExactlyTheirFields) {
  const auto messages = MessagesByName();
  int compared = 0;
  for (const auto& [name, schema] : Contract()["components"]["schemas"].items()) {
    const auto message = messages.find(name);
    if (message == messages.end()) continue;
    ++compared;
    std::set<std::string> described;
    for (const auto& [property, unused] : schema["properties"].items()) described.insert(property);
    std::set<std::string> declared;
    std::set<std::string> always;
    for (int i = 0; i < message->second->field_count(); ++i) {
      const FieldDescriptor* field = message->second->field(i);
      declared.insert(field->json_name());
      const bool absent_when_unset = field->has_presence() && !field->is_repeated();
      if (!absent_when_unset) always.insert(field->json_name());
    }
    EXPECT_EQ(described, declared) << name;
    std::set<std::string> required;
    for (const json& member : schema.value("required", json::array())) {
      required.insert(member.get<std::string>());
    }
    EXPECT_EQ(required, always) << name << ": what is always printed is required, nothing else";
  }
  EXPECT_GT(compared, 70);
}

}  // namespace
}  // namespace sepakat::contract
