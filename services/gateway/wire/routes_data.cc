#include <fstream>
#include <utility>

#include "common/base/status.h"
#include "gateway/wire/ask.h"
#include "gateway/wire/routes.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"

namespace sepakat::gateway {
namespace {

using platform::HttpRequest;
using platform::HttpResponse;

constexpr std::string_view kService = "sepakat.ingestion.v1.IngestionService/";
constexpr size_t kChunkBytes = 1 << 20;
constexpr int64_t kFileTimeoutMs = 3'600'000;

std::string Method(std::string_view name) { return std::string(kService) + std::string(name); }

// Sends the uploaded file on in chunks; memory holds one of them.
HttpResponse IngestFile(const Peers& peers, const HttpRequest& http) {
  const std::string_view key = http.Header("idempotency-key");
  if (key.empty() || http.Query("codebook").empty()) {
    return ProblemOf(base::Error(absl::StatusCode::kInvalidArgument, "UPLOAD_INCOMPLETE",
                                 "an upload needs an Idempotency-Key header and ?codebook=ID"));
  }
  std::ifstream file(http.body_file, std::ios::binary);
  ingestion::v1::IngestFileRequest scratch;
  ingestion::v1::IngestFileResponse response;
  bool header_sent = false;
  const auto send = [&](google::protobuf::Message* message) -> absl::StatusOr<bool> {
    auto* part = static_cast<ingestion::v1::IngestFileRequest*>(message);
    part->Clear();
    if (http.cancelled()) {
      return base::Error(absl::StatusCode::kUnavailable, "SERVER_STOPPING",
                         "the server is stopping; send the file again, nothing counts twice");
    }
    if (!header_sent) {
      header_sent = true;
      auto* header = part->mutable_header();
      header->mutable_context()->set_request_id(std::string(key));
      header->mutable_context()->set_actor(std::string(http.Query("actor")));
      header->set_codebook_id(std::string(http.Query("codebook")));
      header->set_source(std::string(http.Query("source")));
      header->set_file_name(std::string(http.Query("fileName")));
      header->set_compression("auto");
      return true;
    }
    std::string* chunk = part->mutable_chunk();
    chunk->resize(kChunkBytes);
    file.read(chunk->data(), static_cast<std::streamsize>(chunk->size()));
    chunk->resize(static_cast<size_t>(file.gcount()));
    return !chunk->empty();
  };
  const absl::Status status = peers.ingestion->ClientStream(
      Method("IngestFile"), &scratch, send, &response, OptionsFor(http, kFileTimeoutMs));
  return status.ok() ? Answer(http, response) : ProblemOf(status);
}

HttpResponse IngestRecord(const Peers& peers, const HttpRequest& http) {
  ingestion::v1::IngestStreamRequest request;
  if (auto status = ReadMutation(http, &request); !status.ok()) return ProblemOf(status);
  bool sent = false;
  const auto send = [&](google::protobuf::Message* message) -> absl::StatusOr<bool> {
    if (std::exchange(sent, true)) return false;
    message->CopyFrom(request);
    return true;
  };
  ingestion::v1::IngestStreamRequest scratch;
  ingestion::v1::IngestStreamResponse response;
  const absl::Status status = peers.ingestion->ClientStream(
      Method("IngestStream"), &scratch, send, &response, OptionsFor(http, kDecisionTimeoutMs));
  if (!status.ok()) return ProblemOf(status);
  if (response.receipts().empty()) return Answer(http, ingestion::v1::RecordReceipt());
  HttpResponse answer = Answer(http, response.receipts(0));
  // As field tools expect: 201 for something new, 200 for a repeat, 422 for what was refused.
  const std::string& outcome = response.receipts(0).outcome();
  if (outcome == "accepted" || outcome == "flagged") answer.status = 201;
  if (outcome == "rejected") answer.status = 422;
  return answer;
}

HttpResponse Replay(const Peers& peers, const HttpRequest& http) {
  // `reason` is why the person does it, `quarantineReason` which records.
  ingestion::v1::ReplayQuarantineRequest request;
  const absl::Status status = ReadMutation(http, &request, {{"quarantineReason", "reason"}});
  if (!status.ok()) return ProblemOf(status);
  return Ask<ingestion::v1::ReplayQuarantineResponse>(peers.ingestion, Method("ReplayQuarantine"),
                                                      http, request, kDecisionTimeoutMs);
}

void AddQuarantineRoutes(const Peers& peers, platform::HttpRouter* router) {
  router->Add("GET", "/v1/quarantine", [peers](const HttpRequest& http) {
    ingestion::v1::ListQuarantineRequest request;
    if (auto status = FillPage(http, 100, &request); !status.ok()) return ProblemOf(status);
    request.set_region(std::string(http.Query("region")));
    request.set_reason(std::string(http.Query("reason")));
    return Ask<ingestion::v1::ListQuarantineResponse>(peers.ingestion, Method("ListQuarantine"),
                                                      http, request);
  });
  router->Add("POST", "/v1/quarantine/replay",
              [peers](const HttpRequest& http) { return Replay(peers, http); });
  router->Add("GET", "/v1/quarantine/{submissionId}", [peers](const HttpRequest& http) {
    ingestion::v1::GetQuarantinedRequest request;
    request.set_submission_id(http.params.at("submissionId"));
    return Ask<ingestion::v1::GetQuarantinedResponse>(peers.ingestion, Method("GetQuarantined"),
                                                      http, request);
  });
  router->Add("POST", "/v1/quarantine/{submissionId}/correct", [peers](const HttpRequest& http) {
    ingestion::v1::CorrectQuarantinedRequest request;
    if (auto status = ReadMutation(http, &request); !status.ok()) return ProblemOf(status);
    request.set_submission_id(http.params.at("submissionId"));
    return Ask<ingestion::v1::CorrectQuarantinedResponse>(
        peers.ingestion, Method("CorrectQuarantined"), http, request, kDecisionTimeoutMs);
  });
}

}  // namespace

void AddDataRoutes(const Peers& peers, platform::HttpRouter* router) {
  router->Add("GET", "/v1/ingests", [peers](const HttpRequest& http) {
    ingestion::v1::ListIngestsRequest request;
    if (auto status = FillPage(http, 50, &request); !status.ok()) return ProblemOf(status);
    return Ask<ingestion::v1::ListIngestsResponse>(peers.ingestion, Method("ListIngests"), http,
                                                   request);
  });
  router->Add("GET", "/v1/ingests/{id}", [peers](const HttpRequest& http) {
    ingestion::v1::GetIngestRequest request;
    request.set_ingest_id(http.params.at("id"));
    return Ask<ingestion::v1::GetIngestResponse>(peers.ingestion, Method("GetIngest"), http,
                                                 request);
  });
  router->AddUpload("POST", "/v1/ingests",
                    [peers](const HttpRequest& http) { return IngestFile(peers, http); });
  router->Add("POST", "/v1/records",
              [peers](const HttpRequest& http) { return IngestRecord(peers, http); });
  router->Add("GET", "/v1/codebooks", [peers](const HttpRequest& http) {
    return Ask<ingestion::v1::ListCodebooksResponse>(peers.ingestion, Method("ListCodebooks"), http,
                                                     ingestion::v1::ListCodebooksRequest());
  });
  AddQuarantineRoutes(peers, router);
}

}  // namespace sepakat::gateway
