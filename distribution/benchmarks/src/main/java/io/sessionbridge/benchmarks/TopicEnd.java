package io.sessionbridge.benchmarks;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Looks how many records a topic with one partition has. */
final class TopicEnd implements AutoCloseable {

  private final Admin admin;
  private final TopicPartition partition;

  TopicEnd(Topic topic) {
    this.admin = Admin.create(Map.of("bootstrap.servers", topic.broker()));
    this.partition = new TopicPartition(topic.name(), 0);
  }

  long offset() throws ExecutionException, InterruptedException {
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()))
        .partitionResult(partition)
        .get()
        .offset();
  }

  @Override
  public void close() {
    admin.close();
  }
}
