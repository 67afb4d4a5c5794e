package io.sessionbridge.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;

/** Any bytes as a record of the journal are read, or refused with a message. */
class EventRecordFuzzTest {

  @FuzzTest
  void isReadOrRefused(byte[] bytes) {
    EventRecord record;
    try {
      record = EventRecord.decode(bytes);
    } catch (EventFormatException refused) {
      assertThat(refused).message().isNotBlank();
      return;
    }
    assertThat(record.sourceId()).isNotNull();
    assertThat(record.position()).isNotNull();
    try {
      SessionEvent event = record.toEvent("/agent", "0123456789abcdef", 7, Instant.EPOCH);
      assertThat(event.source()).isNotNull();
      assertThat(event.id()).isNotNull();
    } catch (EventFormatException refused) {
      assertThat(refused).message().isNotBlank();
    }
  }

  @FuzzTest
  void itsJsonIsReadOrRefused(byte[] json) {
    EventData data;
    try {
      data = EventJson.read(json);
    } catch (EventFormatException refused) {
      assertThat(refused).message().isNotBlank();
      return;
    }
    assertThat(data.kind()).isNotNull();
  }
}
