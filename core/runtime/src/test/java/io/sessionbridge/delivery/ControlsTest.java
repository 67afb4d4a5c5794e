package io.sessionbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which earlier events are kept as controls for a suspect. */
class ControlsTest {

  private Journal journal;
  private StepReader reader;
  private Controls controls;
  private int encoded;

  @BeforeEach
  void open() throws Exception {
    journal =
        Journal.open(
            JournalConfig.defaults(), Path.of("data"), new ModelStorage(), new TestingClock());
    reader =
        new StepReader(
            journal.reader(0),
            Selection.ALL,
            event -> {
              encoded++;
              return new EncodedEvent(event, event.json(), "application/json", List.of());
            },
            new TestingHost("host-1", "HOST1"),
            () -> 0);
    controls = new Controls(after -> reader.over(journal.reader(after)));
  }

  @AfterEach
  void close() throws Exception {
    reader.close();
    journal.close();
  }

  private void append(String host, int events, int bytes) throws Exception {
    for (int i = 0; i < events; i++) {
      EventData data =
          EventData.builder(Kind.LOGON)
              .put(Field.HOST_ID, host)
              .put(Field.USER_NAME, "u".repeat(bytes))
              .build();
      byte[] record = EventRecord.encode("in", Observation.live(Instant.EPOCH, data));
      journal.awaitDurable(journal.append(List.of(new Entry(0, record))));
    }
  }

  private Step.Send suspect() throws Exception {
    try (StepReader last = reader.over(journal.reader(journal.durableSequence() - 1))) {
      return (Step.Send) last.read(1, Long.MAX_VALUE).get(0);
    }
  }

  /** The sequences of all controls for the newest event, in the order of use. */
  private Set<Long> turns() throws Exception {
    Step.Send suspect = suspect();
    Set<Long> turns = new LinkedHashSet<>();
    while (turns.add(controls.of(suspect, 1, List.of()).orElseThrow().upTo())) {
      controls.failed();
    }
    return turns;
  }

  @Test
  void keepsTheNewestOfTheSameHost() throws Exception {
    append("host-1", 20, 10);
    append("host-2", 3, 10);
    append("host-1", 1, 10);
    assertThat(turns()).containsExactly(20L, 19L, 18L, 17L, 16L, 15L, 14L, 13L);
  }

  /** Keeps as many as fit into 256 KiB, and not the oldest of one read. */
  @Test
  void keepsFewerLargeOnes() throws Exception {
    append("host-1", 61, 60_000);
    assertThat(turns()).containsExactly(60L, 59L, 58L, 57L);
  }

  @Test
  void keepsOneOfAnySize() throws Exception {
    append("host-1", 4, 2 << 20);
    assertThat(turns()).containsExactly(3L);
  }

  @Test
  void readsTheJournalOncePerSuspect() throws Exception {
    append("host-1", 40, 10);
    encoded = 0;
    assertThat(turns()).hasSize(8);
    assertThat(encoded).isLessThan(2 * 40);
  }
}
