#include "tests/bench/support/bare_consumer.h"

#include <librdkafka/rdkafka.h>

#include "common/platform/kafka/handles.h"
#include "common/platform/kafka/kafka_client.h"
#include "tests/bench/support/meter.h"

namespace sepakat::bench {

double BareConsumerRate(const std::string& bootstrap, const std::string& topic, int32_t partitions,
                        int64_t records) {
  const auto client =
      Must(platform::NewKafkaClient(RD_KAFKA_CONSUMER, {.bootstrap = bootstrap},
                                    {{"group.id", "bare"}, {"enable.auto.commit", "false"}}));
  rd_kafka_poll_set_consumer(client.get());
  const platform::KafkaOwned<rd_kafka_topic_partition_list_t> list(
      rd_kafka_topic_partition_list_new(partitions));
  for (int32_t p = 0; p < partitions; ++p) {
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), p)->offset = 0;
  }
  const Meter meter;
  rd_kafka_assign(client.get(), list.get());
  for (int64_t count = 0; count < records;) {
    const platform::KafkaOwned<rd_kafka_message_t> message(
        rd_kafka_consumer_poll(client.get(), 1000));
    if (message != nullptr && message->err == RD_KAFKA_RESP_ERR_NO_ERROR) ++count;
  }
  return static_cast<double>(records) / meter.Seconds();
}

}  // namespace sepakat::bench
