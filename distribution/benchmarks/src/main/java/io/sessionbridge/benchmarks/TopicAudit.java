package io.sessionbridge.benchmarks;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a plain consumer finds of the numbered events in a topic. */
final class TopicAudit {

  private TopicAudit() {}

  static Audit of(Topic topic) {
    Audit audit = new Audit();
    topic.read(Long.MAX_VALUE, record -> take(record, audit));
    return audit;
  }

  private static void take(ConsumerRecord<byte[], byte[]> record, Audit audit) {
    int number = EventLines.number(new String(record.value(), StandardCharsets.UTF_8));
    if (number < 0) {
      return; // an event of the agent itself
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    audit.take(key, number, record.value().length);
  }
}
