package io.sessionbridge.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The observer finds each kind of fault. */
class TopicReaderTest {

  private static final String SOURCE = "/sessionbridge/fleet-0000001";

  private final TopicReader reader = new TopicReader("nobody:9092", 1);
  private long offset;

  private void accept(int... sequences) {
    for (int sequence : sequences) {
      accept(sequence, "fleet");
    }
  }

  private void accept(int sequence, String sourceType) {
    accept(0, sequence, sourceType);
  }

  private void accept(int partition, int sequence, String sourceType) {
    String body = "{\"kind\":\"lock\",\"source_type\":\"" + sourceType + "\"}";
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "events", partition, offset++, "fleet-0000001".getBytes(UTF_8), bytes(body));
    record.headers().add("ce_source", bytes(SOURCE));
    record.headers().add("ce_sequence", bytes(String.format(Locale.ROOT, "%020d", sequence)));
    reader.take(record);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private long lost(long accepted, long filtered, long emitted) {
    return reader.lost(new HostBooks(SOURCE, accepted, filtered, emitted));
  }

  @Test
  void nothingIsMissing() {
    accept(1, 2, 3);
    assertThat(lost(3, 0, 3)).isZero();
    assertThat(reader.disordered()).isZero();
    assertThat(reader.duplicates()).isZero();
    assertThat(reader.kinds()).containsEntry("lock", 3L);
  }

  @Test
  void whatIsNotReceivedIsLost() {
    accept(1, 3);
    assertThat(lost(4, 0, 4)).isEqualTo(2);
    assertThat(reader.lost(new HostBooks("/sessionbridge/another", 5, 0, 4))).isEqualTo(5);
  }

  /** A heartbeat may be left out, but nothing that a user did. */
  @Test
  void whatUsersDidCountsApart() {
    accept(1, 3);
    accept(4, "bridge");
    assertThat(lost(4, 1, 2)).isZero();
    assertThat(lost(4, 1, 3)).isEqualTo(1);
  }

  @Test
  void whatComesAfterTheStopCountsForNothing() {
    accept(1, 2);
    accept(3, "bridge");
    assertThat(lost(2, 0, 2)).isZero();
  }

  @Test
  void theFirstCopyDecidesOnTheOrder() {
    accept(1, 2, 3, 2, 3, 4);
    assertThat(reader.duplicates()).isEqualTo(2);
    assertThat(reader.disordered()).isZero();
    accept(6, 5);
    assertThat(reader.disordered()).isEqualTo(1);
  }

  /** A consumer of one partition would see neither the gap nor the order. */
  @Test
  void aSourceStaysInItsPartition() {
    accept(1, 1, "fleet");
    accept(1, 2, "fleet");
    assertThat(reader.disordered()).isZero();
    accept(0, 3, "fleet");
    assertThat(reader.disordered()).isEqualTo(1);
  }

  @Test
  void theFormatJsonHasNoSourceButItsKey() {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "events",
            0,
            0,
            "fleet-0000001".getBytes(UTF_8),
            bytes("{\"sequence\":\"00000000000000000001\",\"source_type\":\"fleet\"}"));
    reader.take(record);
    assertThat(lost(1, 0, 1)).isZero();
  }

  @Test
  void whatIsNoEventIsCounted() {
    reader.take(new ConsumerRecord<>("events", 0, 0, bytes("key"), bytes("hello")));
    assertThat(reader.unreadable()).isEqualTo(1);
  }
}
