package io.sessionbridge.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.privacy.Privacy;
import io.sessionbridge.privacy.PrivacyKeys;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.TestingSecrets;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a protected sink receives from the journal, including its dead letters. */
class PrivateStepsTest {

  private static final EventFormat JSON =
      event -> new EncodedEvent(event, event.json(), "application/json", List.of());

  @TempDir private Path folder;
  private Journal journal;
  private Privacy privacy;

  @BeforeEach
  void open() throws Exception {
    Path key = TestingSecrets.write(folder.resolve("key"), "0123456789abcdef0123456789abcdef");
    privacy =
        TestingConfig.read(
            PrivacyKeys.SPEC, "{users: none, hosts: pseudonym, pseudonym_key_file: '" + key + "'}");
    journal =
        Journal.open(JournalConfig.defaults(), Path.of("data"), new ModelStorage(), Clock.system());
    EventData data =
        EventData.builder(Kind.LOGON)
            .put(Field.HOST_ID, "host-1")
            .put(Field.HOST_NAME, "HOST1")
            .put(Field.USER_NAME, "kim")
            .build();
    append(EventRecord.encode("in", Observation.recorded(Instant.EPOCH, data, null)));
  }

  private void append(byte[] payload) throws Exception {
    journal.awaitDurable(journal.append(List.of(new Entry(0, payload))));
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private List<Step> steps(String select, EventFormat format) throws Exception {
    Selection selection = TestingConfig.read(SelectKeys.SPEC, select);
    TestingHost host = new TestingHost("host-1", "HOST1");
    try (StepReader reader =
        new StepReader(journal.reader(0), selection, privacy, format, host, () -> 0)) {
      return reader.read(100, 1 << 20);
    }
  }

  @Test
  void areSelectedByNameAndSentWithoutNames() throws Exception {
    List<Step> steps = steps("users: [kim]", JSON);
    assertThat(steps).singleElement().isInstanceOf(Step.Send.class);
    SessionEvent sent = ((Step.Send) steps.get(0)).event().event();
    assertThat(new String(sent.json(), UTF_8)).doesNotContainIgnoringCase("kim", "host1", "host-1");
    assertThat(sent.source()).doesNotContain("host-1");
    assertThat(steps("users: [lou]", JSON)).singleElement().isInstanceOf(Step.Filtered.class);
  }

  @Test
  void becomeDeadLettersWithoutNames() throws Exception {
    List<Step> steps =
        steps(
            "{}",
            event -> {
              throw new IllegalStateException("too long: " + new String(event.json(), UTF_8));
            });
    Step.Rejected rejected = (Step.Rejected) steps.get(0);
    assertThat(rejected.reason() + new String(rejected.payload(), UTF_8))
        .contains("too long", "logon")
        .doesNotContainIgnoringCase("kim", "host1", "host-1");
  }

  @Test
  void keepNoPayloadIfTheyCannotBeRead() throws Exception {
    append("kim was here".getBytes(UTF_8));
    Step.Rejected rejected = (Step.Rejected) steps("{}", JSON).get(1);
    assertThat(rejected.payload()).isEmpty();
    assertThat(rejected.reason()).isEqualTo("cannot be read");
  }
}
