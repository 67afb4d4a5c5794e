package io.sessionbridge.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The independent count: what a plain consumer finds of the numbered events in a topic. */
final class TopicAudit {

  private final BitSet seen = new BitSet();
  private final Map<String, Integer> lastOfKey = new HashMap<>();
  private int duplicates;
  private int outOfOrder;
  private long bytes;

  private TopicAudit() {}

  static TopicAudit of(Topic topic) {
    TopicAudit audit = new TopicAudit();
    topic.read(Long.MAX_VALUE, audit::take);
    return audit;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    int number = EventLines.number(new String(record.value(), StandardCharsets.UTF_8));
    if (number < 0) {
      return; // what the agent tells of itself
    }
    bytes += record.value().length;
    if (seen.get(number)) {
      duplicates++;
      return;
    }
    seen.set(number);
    String key = new String(record.key(), StandardCharsets.UTF_8);
    Integer before = lastOfKey.put(key, number);
    outOfOrder += before != null && before > number ? 1 : 0;
  }

  /**
   * In words.
   *
   * @param sent the events with the numbers from 0 up to but not including this were sent
   */
  String text(int sent) {
    int found = seen.get(0, sent).cardinality();
    return String.format(
        "sent %d, found %d, lost %d, duplicates %d, out of order %d, keys %d, value bytes %d",
        sent,
        found,
        sent - found,
        duplicates,
        outOfOrder,
        lastOfKey.size(),
        bytes / Math.max(1, found + duplicates));
  }
}
