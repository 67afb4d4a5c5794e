package io.sessionbridge.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventTest {

  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00.000001Z");
  private static final Instant TAKEN = Instant.parse("2026-11-20T08:00:01Z");

  @Test
  void canonicalJsonHasTheRoutingFieldsFirstAndNothingUnknown() {
    EventData data =
        EventData.builder(Kind.LOGON)
            .put(Field.USER_NAME, "Jörg \"J\"")
            .put(Field.SESSION_ID, 2L)
            .put(Field.LOGON_TIME, TIME.plusNanos(999))
            .put(Field.REMOTE, false)
            .put(Field.HOST_ID, "h1")
            .put(Field.USER_DOMAIN, "")
            .put(Field.STATION, null)
            .build();
    assertThat(data)
        .hasToString(
            "{\"kind\":\"logon\",\"host_id\":\"h1\",\"session_id\":2,\"remote\":false,"
                + "\"logon_time\":\"2026-11-20T08:00:00.000001Z\",\"user_name\":\"Jörg \\\"J\\\"\"}");
  }

  @Test
  void halvesOfSurrogatePairsAreReplaced() throws Exception {
    EventData data =
        EventData.builder(Kind.LOGON)
            .put(Field.HOST_ID, "h1")
            .put(Field.USER_NAME, "a\uD83Db\uDE00c\uD83D\uDE00")
            .build();
    assertThat(data.get(Field.USER_NAME)).isEqualTo("a\uFFFDb\uFFFDc\uD83D\uDE00");
    assertThat(EventJson.read(EventJson.write(data))).isEqualTo(data);
  }

  @Test
  void controlCharactersAreReplacedInValuesInNamesAndInAnOrigin() throws Exception {
    EventData data =
        EventData.builder(Kind.LOGON)
            .put(Field.HOST_ID, "h1")
            .put(Field.USER_NAME, "a\u0000b\tc\r\nd\u001be\u007ff\u0085g\u009bh\u00a0\u202ei")
            .build();
    String clean = "a\uFFFDb c  d\uFFFDe\uFFFDf g\uFFFDh\u00a0\u202ei";
    assertThat(data.get(Field.USER_NAME)).isEqualTo(clean);
    String json = "{\"kind\":\"lock\",\"host_id\":\"h\\u0000\",\"later\\u0000\":\"x\\u0000\"}";
    assertThat(EventJson.read(json.getBytes(StandardCharsets.UTF_8)))
        .hasToString("{\"kind\":\"lock\",\"host_id\":\"h\uFFFD\",\"later\uFFFD\":\"x\uFFFD\"}");
    Origin origin = new Origin("i\n1", "/s\u0000", Optional.of("7\u001b"), Optional.empty());
    assertThat(origin)
        .isEqualTo(new Origin("i 1", "/s\uFFFD", Optional.of("7\uFFFD"), Optional.empty()));
  }

  @Test
  void fieldsOfLaterVersionsArePassedOn() throws Exception {
    String json =
        "{\"kind\":\"lock\",\"host_id\":\"h1\",\"later_flag\":true,\"later_number\":7,"
            + "\"later_text\":\"x\"}";
    EventData data = EventJson.read(json.getBytes(StandardCharsets.UTF_8));
    assertThat(data).hasToString(json);
  }

  @Test
  void wrongTypesAndKindsAreNamed() {
    assertThatThrownBy(() -> read("{\"kind\":\"logn\"}")).hasMessage("kind 'logn' is unknown");
    assertThatThrownBy(() -> read("{\"kind\":\"lock\",\"session_id\":\"2\"}"))
        .hasMessage("session_id must be a whole number, was \"2\"");
    assertThatThrownBy(() -> read("{\"kind\":\"lock\",\"session_id\":{}}"))
        .hasMessage("session_id must be a whole number, was an object");
    assertThatThrownBy(() -> read("{\"kind\":\"lock\",\"user_name\":4711}"))
        .hasMessage("user_name must be text, was a number or word");
    assertThatThrownBy(() -> read("{\"kind\":\"lock\",\"remote\":1}"))
        .hasMessage("remote must be true or false, was 1");
    assertThatThrownBy(() -> read("{\"kind\":\"lock\",\"logon_time\":\"noon\"}"))
        .hasMessage("logon_time must be a time like 2026-11-20T08:00:00.000000Z, was noon");
    assertThatThrownBy(() -> read("{\"user_name\":\"kim\"}")).hasMessage("kind is missing");
    assertThatThrownBy(() -> read("[]")).hasMessage("expected a JSON object, found START_ARRAY");
  }

  private static EventData read(String json) throws EventFormatException {
    return EventJson.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aRecordRestoresTheObservation() throws Exception {
    EventData data = data();
    byte[] bytes =
        EventRecord.encode("replay", Observation.recorded(TIME, data, new byte[] {1, 2, 3}));
    EventRecord record = EventRecord.decode(bytes);
    assertThat(record.sourceId()).contains("replay");
    assertThat(record.position()).contains(new byte[] {1, 2, 3});
    SessionEvent event = record.toEvent("/sessionbridge/h1", "00000000000000ab", 17, TAKEN);
    assertThat(event.id()).isEqualTo("00000000000000ab-17");
    assertThat(event.source()).isEqualTo("/sessionbridge/h1");
    assertThat(event.type()).isEqualTo("io.sessionbridge.session.unlock.v1");
    assertThat(event.subject()).contains("session/4");
    assertThat(event.time()).isEqualTo(TIME);
    assertThat(event.recordedTime()).isEqualTo(TAKEN);
    assertThat(event.sequence()).isEqualTo("00000000000000000017");
    assertThat(event.partitionKey()).isEqualTo("h1");
    assertThat(event.data()).isEqualTo(data);
    assertThat(event.imported()).isFalse();
    assertThat(event.live()).isFalse();
  }

  @Test
  void storesWhetherAnEventIsLive() throws Exception {
    byte[] bytes = EventRecord.encode("wts", Observation.live(TIME, data()));
    SessionEvent event = EventRecord.decode(bytes).toEvent("/sessionbridge/h1", "ab", 17, TAKEN);
    assertThat(event.live()).isTrue();
    assertThat(event.with("x-1", "/s", event.sequence(), event.data()).live()).isTrue();
    assertThat(SessionEvent.of("x-1", "/s", TIME, TIME, 1, data()).live()).isTrue();
  }

  @Test
  void anImportedEventKeepsItsIdentity() throws Exception {
    Origin origin =
        new Origin(
            "e-9", "/sessionbridge/h0", Optional.of("00000000000000000009"), Optional.of(TIME));
    byte[] bytes = EventRecord.encode("in", Observation.imported(TIME, data(), null, origin));
    SessionEvent event = EventRecord.decode(bytes).toEvent("/sessionbridge/h1", "ab", 17, TAKEN);
    assertThat(event.id()).isEqualTo("e-9");
    assertThat(event.source()).isEqualTo("/sessionbridge/h0");
    assertThat(event.sequence()).isEqualTo("00000000000000000009");
    assertThat(event.recordedTime()).isEqualTo(TIME);
    assertThat(event.journalSequence()).isEqualTo(17);
    assertThat(event.imported()).isTrue();
    assertThat(event.live()).isFalse();
  }

  @Test
  void aRecordOfALaterVersionIsNamed() {
    byte[] bytes = EventRecord.encode("in", Observation.recorded(TIME, data(), null));
    bytes[0] = 2;
    assertThatThrownBy(() -> EventRecord.decode(bytes))
        .hasMessage("expected a record of version 1, found version 2");
  }

  @Test
  void everyCutOfARecordIsNoticedOrHarmless() {
    byte[] bytes = EventRecord.encode("in", Observation.recorded(TIME, data(), new byte[9]));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      assertThatThrownBy(
              () -> EventRecord.decode(cut).toEvent("/sessionbridge/h1", "ab", 1, TAKEN).data())
          .isInstanceOfAny(EventFormatException.class, IllegalStateException.class);
    }
  }

  @Test
  void anIdHasAtMostFortyCharacters() {
    assertThat(EventId.ofGap("ffffffffffffffff", Long.MAX_VALUE)).hasSizeLessThanOrEqualTo(40);
  }

  @Test
  void aTimeIsReadAsJavaReadsIt() {
    List<String> texts =
        List.of(
            "2026-11-20T08:00:00Z",
            "2026-11-20T08:00:00.1Z",
            "2026-11-20T08:00:00.123456Z",
            "2026-11-20T08:00:00.123456789Z",
            "2026-11-20T08:00:00.000000001Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "2024-02-29T23:59:59Z",
            "2026-11-20T08:00Z",
            "2026-11-20T08:00:00.5+05:30");
    for (String text : texts) {
      assertThat(Rfc3339.parse(text))
          .as(text)
          .isEqualTo(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS));
    }
  }

  @Test
  void invalidTimesAreRefused() {
    List<String> texts =
        List.of(
            "",
            "2026-11-20",
            "2026-11-20 08:00:00Z",
            "2026-02-29T08:00:00Z",
            "2026-13-20T08:00:00Z",
            "2026-11-20T24:00:00Z",
            "2026-11-20T08:60:00Z",
            "2026-11-20T08:00:60Z",
            "2026-11-20T08:00:0\u0660Z",
            "2026-11-20T08:00:00.1234567890Z",
            "2026-11-20T08:00:00-Z",
            "+026-11-20T08:00:00Z");
    for (String text : texts) {
      assertThatThrownBy(() -> Rfc3339.parse(text)).as(text).isInstanceOf(DateTimeException.class);
    }
  }

  @Test
  void timesAreRfc3339InUtcWithMicroseconds() {
    assertThat(Rfc3339.format(Rfc3339.parse("2026-11-20T09:00:00.123456789+01:00")))
        .isEqualTo("2026-11-20T08:00:00.123456Z");
    assertThat(Rfc3339.ofMicros(Rfc3339.toMicros(Instant.parse("1969-12-31T23:59:59.999999Z"))))
        .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
  }

  @Test
  void aTimeIsWrittenAsJavaWritesIt() {
    DateTimeFormatter java =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    Random random = new Random(5);
    long first = Rfc3339.toMicros(Instant.parse("0000-01-01T00:00:00Z"));
    long end = Rfc3339.toMicros(Instant.parse("+10000-01-01T00:00:00Z"));
    for (int i = 0; i < 20_000; i++) {
      Instant time = Rfc3339.ofMicros(random.nextLong(first, end));
      assertThat(Rfc3339.format(time)).isEqualTo(java.format(time));
    }
  }

  private static EventData data() {
    return EventData.builder(Kind.UNLOCK)
        .put(Field.HOST_ID, "h1")
        .put(Field.SESSION_ID, 4L)
        .put(Field.USER_NAME, "kim")
        .build();
  }
}
