package io.sessionbridge.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.text.UntrustedText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SentenceFormatTest {

  private static EventData.Builder data(Kind kind) {
    return EventData.builder(kind)
        .put(Field.HOST_NAME, "HOST7")
        .put(Field.SESSION_ID, 2L)
        .put(Field.USER_NAME, "kim")
        .put(Field.USER_DOMAIN, "CONTOSO");
  }

  private static String sentence(EventData.Builder data) {
    EventData built = data.build();
    return SentenceFormat.sentence(built);
  }

  @Test
  void whoDidWhatWhere() {
    assertThat(sentence(data(Kind.LOCK))).isEqualTo("CONTOSO\\kim locked session 2 on HOST7");
    assertThat(sentence(data(Kind.LOGOFF)))
        .isEqualTo("CONTOSO\\kim logged off from session 2 on HOST7");
    assertThat(sentence(data(Kind.SCREENSAVER_START)))
        .isEqualTo("the screen saver started in session 2 on HOST7, user CONTOSO\\kim");
    assertThat(sentence(data(Kind.SESSION_TERMINATE)))
        .isEqualTo("session 2 on HOST7 ended, user CONTOSO\\kim");
  }

  @Test
  void howLongItWas() {
    assertThat(sentence(data(Kind.UNLOCK).put(Field.LAST_LOCKED_SECONDS, 2_459L)))
        .isEqualTo("CONTOSO\\kim unlocked session 2 on HOST7 after 40 min");
    assertThat(
            sentence(
                data(Kind.LOGOFF)
                    .put(Field.LAST_ACTIVE_SECONDS, 60L)
                    .put(Field.SESSION_SECONDS, 8 * 3600L)))
        .isEqualTo("CONTOSO\\kim logged off from session 2 on HOST7 after 8 h");
    assertThat(sentence(data(Kind.LOCK).put(Field.LAST_ACTIVE_SECONDS, 45L)))
        .isEqualTo("CONTOSO\\kim locked session 2 on HOST7 after 45 s");
    assertThat(
            sentence(
                data(Kind.REMOTE_CONNECT)
                    .put(Field.CLIENT_NAME, "LAPTOP")
                    .put(Field.LAST_DISCONNECTED_SECONDS, 3 * 86_400L + 4 * 3600L + 59)))
        .isEqualTo("CONTOSO\\kim connected to session 2 on HOST7 from LAPTOP after 3 d 4 h");
    assertThat(sentence(data(Kind.SCREENSAVER_STOP).put(Field.LAST_SCREENSAVER_SECONDS, 7_500L)))
        .isEqualTo(
            "the screen saver stopped in session 2 on HOST7 after 2 h 5 min, user CONTOSO\\kim");
    assertThat(sentence(data(Kind.UNLOCK).put(Field.LAST_LOCKED_SECONDS, -1L)))
        .isEqualTo("CONTOSO\\kim unlocked session 2 on HOST7");
    assertThat(sentence(data(Kind.UNLOCK).put(Field.LAST_ACTIVE_SECONDS, 60L)))
        .isEqualTo("CONTOSO\\kim unlocked session 2 on HOST7");
  }

  @Test
  void whetherTheHostIsUsed() {
    assertThat(sentence(data(Kind.HOST_IDLE).put(Field.LAST_HOST_ACTIVE_SECONDS, 3_600L)))
        .isEqualTo("HOST7 is idle, was in use for 1 h");
    assertThat(sentence(data(Kind.HOST_ACTIVE).put(Field.LAST_HOST_IDLE_SECONDS, 120L)))
        .isEqualTo("HOST7 is in use, was idle for 2 min");
    assertThat(
            sentence(
                data(Kind.HOST_ACTIVE)
                    .put(Field.REASON, "unknown")
                    .put(Field.LAST_HOST_ACTIVE_SECONDS, 120L)))
        .isEqualTo("nothing tells whether HOST7 is in use, was in use for 2 min");
  }

  @Test
  void whatNobodyReported() {
    assertThat(
            sentence(
                data(Kind.LOGOFF)
                    .put(Field.SESSION_SECONDS, 60L)
                    .put(Field.INFERRED, true)
                    .put(Field.EVIDENCE, "winlogon_7002")))
        .isEqualTo(
            "CONTOSO\\kim logged off from session 2 on HOST7 after 1 min,"
                + " inferred from winlogon_7002");
  }

  @Test
  void fromWhere() {
    EventData.Builder connect = data(Kind.REMOTE_CONNECT);
    assertThat(sentence(connect)).isEqualTo("CONTOSO\\kim connected to session 2 on HOST7");
    assertThat(sentence(connect.put(Field.CLIENT_ADDRESS, "10.0.0.7")))
        .isEqualTo("CONTOSO\\kim connected to session 2 on HOST7 from 10.0.0.7");
    assertThat(sentence(connect.put(Field.CLIENT_NAME, "LAPTOP")))
        .isEqualTo("CONTOSO\\kim connected to session 2 on HOST7 from LAPTOP (10.0.0.7)");
  }

  @Test
  void whatIsNotKnown() {
    assertThat(sentence(EventData.builder(Kind.UNLOCK)))
        .isEqualTo("somebody unlocked a session on an unknown host");
    assertThat(sentence(EventData.builder(Kind.LOGON).put(Field.USER_NAME, "kim")))
        .isEqualTo("kim logged on to a session on an unknown host");
  }

  @Test
  void ofTheAgent() {
    assertThat(
            sentence(
                data(Kind.GAP)
                    .put(Field.FIRST_SEQUENCE, 3L)
                    .put(Field.LAST_SEQUENCE, 7L)
                    .put(Field.LOST_COUNT, 5L)
                    .put(Field.REASON, "max_bytes")))
        .isEqualTo("5 events are missing, sequences 3 to 7 (max_bytes) on HOST7");
    assertThat(sentence(data(Kind.GAP).put(Field.LOST_COUNT, 900L).put(Field.REASON, "flood")))
        .isEqualTo("900 events of session 2 are left out (flood) on HOST7");
    assertThat(sentence(data(Kind.BRIDGE_HEARTBEAT).put(Field.HEALTH, "up")))
        .isEqualTo("SessionBridge on HOST7 is up");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindNamesTheHost(Kind kind) {
    assertThat(sentence(data(kind))).contains("HOST7").doesNotContain("null, ");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void namesForgeNoLineAndSteerNoTerminal(Kind kind) {
    String bad = "kim\n2026-11-20 ERROR x\u001B[2J\u009B2J\u2028\u202E" + "x".repeat(256 * 1024);
    EventData.Builder data = EventData.builder(kind).put(Field.SESSION_ID, 2L);
    for (Field<String> field :
        List.of(
            Field.HOST_NAME,
            Field.HOST_ID,
            Field.USER_NAME,
            Field.USER_DOMAIN,
            Field.CLIENT_NAME,
            Field.CLIENT_ADDRESS,
            Field.HEALTH,
            Field.HEALTH_DETAIL,
            Field.EVIDENCE,
            Field.REASON)) {
      data.put(field, bad);
    }
    data.put(Field.INFERRED, true);
    String sentence = sentence(data);
    assertThat(sentence.codePoints().noneMatch(UntrustedText::isUnsafe)).isTrue();
    assertThat(sentence).hasSizeLessThan(3_600);
  }
}
