#include "tests/support/servers/kafka_server.h"

#include <librdkafka/rdkafka.h>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "tests/support/paths.h"

namespace sepakat::support {
namespace {

constexpr std::chrono::seconds kPatience(60);
constexpr int kPortAttempts = 3;

// Asks for the cluster's metadata through a client of its own.
class MetadataProbe {
 public:
  explicit MetadataProbe(const std::string& bootstrap) {
    char error[256];
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "bootstrap.servers", bootstrap.c_str(), error, sizeof(error));
    rd_kafka_conf_set(conf, "log_level", "0", error, sizeof(error));
    rd_kafka_conf_set(conf, "reconnect.backoff.ms", "20", error, sizeof(error));
    rd_kafka_conf_set(conf, "reconnect.backoff.max.ms", "100", error, sizeof(error));
    client_.reset(rd_kafka_new(RD_KAFKA_PRODUCER, conf, error, sizeof(error)));
  }

  bool BrokerIsKnown() const {
    const rd_kafka_metadata_t* metadata = nullptr;
    if (rd_kafka_metadata(client_.get(), 0, nullptr, &metadata, 500) !=
        RD_KAFKA_RESP_ERR_NO_ERROR) {
      return false;
    }
    const bool known = metadata->broker_cnt > 0;
    rd_kafka_metadata_destroy(metadata);
    return known;
  }

 private:
  struct Destroy {
    void operator()(rd_kafka_t* client) const { rd_kafka_destroy(client); }
  };
  std::unique_ptr<rd_kafka_t, Destroy> client_;
};

}  // namespace

KafkaServer::KafkaServer(int port, int controller_port)
    : folder_("sepakat-kafka"), bootstrap_(absl::StrCat("127.0.0.1:", port)) {
  process_ = std::make_unique<ServerProcess>(
      std::vector<std::string>{(SourceFolder() / "deploy/scripts/kafka.sh").string(), "run",
                               (folder_.path() / "node").string(), absl::StrCat(port),
                               absl::StrCat(controller_port)},
      folder_.path() / "broker.log");
}

absl::StatusOr<std::unique_ptr<KafkaServer>> KafkaServer::Start() {
  absl::Status status;
  for (int attempt = 0; attempt < kPortAttempts; ++attempt) {
    std::unique_ptr<KafkaServer> server(new KafkaServer(FreePort(), FreePort()));
    status = server->StartAndWait();
    if (status.ok()) return server;
    if (base::ReasonOf(status) != "SERVER_ENDED") break;
  }
  return status;
}

absl::Status KafkaServer::StartAndWait() {
  SEPAKAT_RETURN_IF_ERROR(process_->Start());
  const MetadataProbe probe(bootstrap_);
  return WaitUntilReady(*process_, absl::StrCat("Kafka at ", bootstrap_), kPatience,
                        [&] { return probe.BrokerIsKnown(); });
}

absl::Status KafkaServer::Restart() {
  process_->Stop();
  return StartAndWait();
}

absl::StatusOr<KafkaServer*> SharedKafka() {
  static const absl::StatusOr<std::unique_ptr<KafkaServer>> server = KafkaServer::Start();
  if (!server.ok()) return server.status();
  return server->get();
}

}  // namespace sepakat::support
