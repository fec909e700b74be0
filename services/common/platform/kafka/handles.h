// Owners of librdkafka's C handles: each is released by its own function, once.
//
// A handle that leaks makes shutdown hang, so none is ever held raw.
// Thread: as librdkafka says of the handle.
#pragma once

#include <memory>

#include "librdkafka/rdkafka.h"

namespace sepakat::platform {

template <auto kRelease>
struct Releaser {
  template <typename T>
  void operator()(T* handle) const {
    kRelease(handle);
  }
};

inline void DestroyClient(rd_kafka_t* client) {
  rd_kafka_destroy_flags(client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}
inline void DestroyMetadata(const struct rd_kafka_metadata* metadata) {
  rd_kafka_metadata_destroy(metadata);
}

using KafkaClient = std::unique_ptr<rd_kafka_t, Releaser<DestroyClient>>;
using KafkaConf = std::unique_ptr<rd_kafka_conf_t, Releaser<rd_kafka_conf_destroy>>;
using KafkaTopic = std::unique_ptr<rd_kafka_topic_t, Releaser<rd_kafka_topic_destroy>>;
using KafkaPlaces = std::unique_ptr<rd_kafka_topic_partition_list_t,
                                    Releaser<rd_kafka_topic_partition_list_destroy>>;
using KafkaQueue = std::unique_ptr<rd_kafka_queue_t, Releaser<rd_kafka_queue_destroy>>;
using KafkaEvent = std::unique_ptr<rd_kafka_event_t, Releaser<rd_kafka_event_destroy>>;
using KafkaMessage = std::unique_ptr<rd_kafka_message_t, Releaser<rd_kafka_message_destroy>>;
using KafkaHeaders = std::unique_ptr<rd_kafka_headers_t, Releaser<rd_kafka_headers_destroy>>;
using KafkaNewTopic = std::unique_ptr<rd_kafka_NewTopic_t, Releaser<rd_kafka_NewTopic_destroy>>;
using KafkaAdminOptions =
    std::unique_ptr<rd_kafka_AdminOptions_t, Releaser<rd_kafka_AdminOptions_destroy>>;
using KafkaMetadata = std::unique_ptr<const struct rd_kafka_metadata, Releaser<DestroyMetadata>>;

}  // namespace sepakat::platform
