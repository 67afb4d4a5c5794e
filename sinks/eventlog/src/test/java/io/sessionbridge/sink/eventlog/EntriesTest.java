package io.sessionbridge.sink.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.windows.eventlog.LogEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntriesTest {

  private static final String SID = "S-1-5-21-1-2-3-1001";

  private final TestingEvents sentences = new TestingEvents("sentence");
  private final TestingEvents jsons = new TestingEvents("json");

  private LogEntry entry(EventData data) {
    return Entries.of(sentences.next(data)).orElseThrow();
  }

  @Test
  void hasItsStringsInFixedPositions() {
    LogEntry entry =
        entry(
            TestingEvents.data(Kind.REMOTE_CONNECT)
                .put(Field.USER_SID, SID)
                .put(Field.CLIENT_NAME, "PC4")
                .put(Field.CLIENT_ADDRESS, "10.0.0.7")
                .build());
    assertThat(entry.type()).isEqualTo(LogEntry.Type.INFORMATION);
    assertThat(entry.category()).isEqualTo(1);
    assertThat(entry.id()).isEqualTo(107);
    assertThat(entry.userSid()).contains(SID);
    assertThat(entry.strings().subList(0, 11))
        .containsExactly(
            "CONTOSO\\kim connected to session 2 on WS-TEST from PC4 (10.0.0.7)",
            "remote_connect",
            "2",
            "kim",
            "CONTOSO",
            SID,
            "PC4",
            "10.0.0.7",
            "WS-TEST",
            "2026-11-20T08:00:01.000000Z",
            TestingEvents.id(1));
    assertThat(entry.strings()).hasSize(12);
    assertThat(entry.strings().get(11))
        .startsWith("{\"kind\":\"remote_connect\",")
        .endsWith("}")
        .contains("\"user_sid\":\"" + SID + "\"");
  }

  @Test
  void unknownValuesAreEmpty() {
    LogEntry entry = entry(EventData.builder(Kind.HOST_IDLE).build());
    assertThat(entry.id()).isEqualTo(201);
    assertThat(entry.category()).isEqualTo(2);
    assertThat(entry.userSid()).isEmpty();
    assertThat(entry.strings().subList(2, 8)).containsOnly("");
  }

  @Test
  void onlyAGapIsAWarning() {
    for (Kind kind : Kind.values()) {
      LogEntry.Type type = entry(EventData.builder(kind).build()).type();
      assertThat(type)
          .as(kind.wireName())
          .isEqualTo(kind == Kind.GAP ? LogEntry.Type.WARNING : LogEntry.Type.INFORMATION);
    }
  }

  /** The viewer would replace {@code %1} with other strings, and {@code %%1} with messages. */
  @Test
  void hasNoPerCentSignWhereTheViewerReplacesIt() {
    LogEntry entry =
        entry(TestingEvents.data(Kind.LOCK).put(Field.USER_NAME, "%1 %%1833 %PATH%").build());
    assertThat(entry.strings().get(0)).contains("\uFF051 \uFF05\uFF051833 \uFF05PATH\uFF05");
    assertThat(entry.strings().get(3)).isEqualTo("%1 %%1833 %PATH%");
    assertThat(entry.strings().get(11)).contains("\"%1 %%1833 %PATH%\"");
  }

  @Test
  void isSafeForTheReader() {
    String name = "a\0b\r\nc\u001B[2Jd\u202Ee\u0085f";
    EventData data = TestingEvents.data(Kind.LOCK).put(Field.USER_NAME, name).build();
    for (TestingEvents events : List.of(sentences, jsons)) {
      for (String text : Entries.of(events.next(data)).orElseThrow().strings()) {
        assertThat(text).doesNotContainPattern("[\\x00-\\x1F\\x7F-\\x9F\\u202E]");
      }
    }
  }

  @Test
  void truncatesASentenceToTheLimit() {
    EncodedEvent short1 = sentences.next(TestingEvents.data(Kind.LOCK).build());
    byte[] longBody = "x".repeat(40_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    EncodedEvent longer = new EncodedEvent(short1.event(), longBody, "text/plain", List.of(), true);
    LogEntry entry = Entries.of(longer).orElseThrow();
    assertThat(entry.strings().get(0)).endsWith("x [cut] [data left out]");
    assertThat(entry.strings().get(11)).isEmpty();
    assertThat(entry.strings().stream().mapToInt(String::length).sum()).isEqualTo(30_000);
  }

  @Test
  void omitsDataThatDoesNotFit() {
    LogEntry entry =
        entry(TestingEvents.data(Kind.LOCK).put(Field.REASON, "x".repeat(30_000)).build());
    assertThat(entry.strings().get(0))
        .isEqualTo("CONTOSO\\kim locked session 2 on WS-TEST [data left out]");
    assertThat(entry.strings().get(11)).isEmpty();
  }

  @Test
  void hasDataThatJustFits() {
    LogEntry entry =
        entry(TestingEvents.data(Kind.LOCK).put(Field.REASON, "x".repeat(29_000)).build());
    assertThat(entry.strings().get(11)).hasSizeGreaterThan(29_000);
    assertThat(entry.strings().stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(30_000);
  }

  /** Both the JSON of the format and that of the fields do not fit: the first stays whole. */
  @Test
  void keepsTextThatMustNotBeTruncated() {
    EncodedEvent event =
        jsons.next(TestingEvents.data(Kind.LOCK).put(Field.REASON, "x".repeat(16_000)).build());
    LogEntry entry = Entries.of(event).orElseThrow();
    assertThat(entry.strings().get(0))
        .isEqualTo(new String(event.body(), java.nio.charset.StandardCharsets.UTF_8));
    assertThat(entry.strings().get(11)).isEmpty();
  }

  @Test
  void doesNotTruncateJson() {
    EventData data = TestingEvents.data(Kind.LOCK).put(Field.REASON, "x".repeat(40_000)).build();
    assertThat(Entries.of(jsons.next(data))).isEmpty();
  }
}
