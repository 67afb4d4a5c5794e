package io.sessionbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.privacy.Privacy;
import io.sessionbridge.testkit.TestingFormats;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventViewTest {

  private Journal journal;

  @BeforeEach
  void open() throws Exception {
    journal =
        Journal.open(JournalConfig.defaults(), Path.of("data"), new ModelStorage(), Clock.system());
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private void append(Kind kind, int count) throws Exception {
    EventData data =
        EventData.builder(kind).put(Field.HOST_ID, "host-1").put(Field.USER_NAME, "kim").build();
    Observation seen = Observation.recorded(Instant.EPOCH, data, null);
    Entry entry = new Entry(0, EventRecord.encode("test", seen));
    journal.awaitDurable(journal.append(Collections.nCopies(count, entry)));
  }

  /** A viewer takes an empty result for the end, so a call must read past unwanted events. */
  @Test
  void readsPastUnwantedEvents() throws Exception {
    try (EventView view =
        new EventView(
            journal,
            Selection.ALL,
            Privacy.PLAIN,
            Set.of(Kind.LOCK),
            TestingFormats.named("json"),
            new TestingHost("host-1", "HOST1"))) {
      for (int i = 0; i < 10; i++) {
        append(Kind.LOGON, 100);
      }
      append(Kind.LOCK, 2);
      assertThat(view.next().events())
          .extracting(event -> event.event().kind())
          .isEqualTo(List.of(Kind.LOCK, Kind.LOCK));
      assertThat(view.next().events()).isEmpty();
    }
  }
}
