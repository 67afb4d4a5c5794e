package io.sessionbridge.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.spi.EncodedEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.ProduceRequest;

/**
 * The requests of an agent's probe and of its Kafka client, with the settings of the Kafka sink.
 */
final class WireRequests {

  /** The last version that names topics and not their ids. */
  private static final short PRODUCE_VERSION = 12;

  private static final short METADATA_VERSION = 12;
  private static final short INIT_VERSION = 4;
  private static final short PROBE_METADATA_VERSION = 1;
  private static final int REQUEST_TIMEOUT_MILLIS = 15_000;

  private WireRequests() {}

  static AbstractRequest probe() {
    return new ApiVersionsRequest.Builder().build((short) 0);
  }

  static AbstractRequest probeBrokers() {
    return new MetadataRequest.Builder(List.of(), true).build(PROBE_METADATA_VERSION);
  }

  static AbstractRequest versions() {
    return new ApiVersionsRequest.Builder().build((short) 4);
  }

  static AbstractRequest metadata() {
    return new MetadataRequest.Builder(List.of(FleetOptions.TOPIC), false).build(METADATA_VERSION);
  }

  static AbstractRequest producerId() {
    return new InitProducerIdRequest.Builder(
            new InitProducerIdRequestData()
                .setTransactionalId(null)
                .setTransactionTimeoutMs(Integer.MAX_VALUE))
        .build(INIT_VERSION);
  }

  static int partition(String hostId, int partitions) {
    return BuiltInPartitioner.partitionForKey(hostId.getBytes(UTF_8), partitions);
  }

  /**
   * A batch of an idempotent producer, acknowledged by all replicas in sync.
   *
   * @param sequence of the first record
   */
  static AbstractRequest produce(
      List<EncodedEvent> events,
      Compression compression,
      int partition,
      long producerId,
      short epoch,
      int sequence,
      long nowMillis) {
    SimpleRecord[] records =
        events.stream().map(event -> record(event, nowMillis)).toArray(SimpleRecord[]::new);
    ProduceRequestData data =
        new ProduceRequestData().setAcks((short) -1).setTimeoutMs(REQUEST_TIMEOUT_MILLIS);
    ProduceRequestData.TopicProduceData topic =
        new ProduceRequestData.TopicProduceData().setName(FleetOptions.TOPIC);
    topic
        .partitionData()
        .add(
            new ProduceRequestData.PartitionProduceData()
                .setIndex(partition)
                .setRecords(
                    MemoryRecords.withIdempotentRecords(
                        compression, producerId, epoch, sequence, records)));
    data.topicData().add(topic);
    return new ProduceRequest(data, PRODUCE_VERSION);
  }

  private static SimpleRecord record(EncodedEvent event, long nowMillis) {
    List<Header> headers = new ArrayList<>();
    headers.add(new RecordHeader("content-type", event.contentType().getBytes(UTF_8)));
    event
        .attributes()
        .forEach(
            one -> headers.add(new RecordHeader("ce_" + one.name(), one.value().getBytes(UTF_8))));
    byte[] key = event.event().partitionKey().getBytes(UTF_8);
    return new SimpleRecord(nowMillis, key, event.body(), headers.toArray(Header[]::new));
  }
}
