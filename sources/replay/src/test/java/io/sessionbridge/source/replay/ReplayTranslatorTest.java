package io.sessionbridge.source.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.Origin;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingEvents;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplayTranslatorTest {

  private static Observation translate(String line) throws EventFormatException {
    return ReplayTranslator.translate(line.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsFlatFields() throws Exception {
    Observation seen =
        translate(
            "{\"time\":\"2026-11-20T09:00:00+01:00\",\"kind\":\"logon\",\"session_id\":2,"
                + "\"user_name\":\"kim\",\"remote\":false,\"user_sid\":null}");
    assertThat(seen.live()).isFalse();
    assertThat(seen.origin()).isEmpty();
    assertThat(seen.time()).isEqualTo(Instant.parse("2026-11-20T08:00:00Z"));
    assertThat(seen.data())
        .hasToString(
            "{\"kind\":\"logon\",\"session_id\":2,\"remote\":false,\"user_name\":\"kim\"}");
  }

  @Test
  void readsItsOwnCloudEventsWithTheirIdentity() throws Exception {
    EncodedEvent event = new TestingEvents("cloudevents").next(1).get(0);
    Observation seen = ReplayTranslator.translate(event.body());
    assertThat(seen.origin())
        .contains(
            new Origin(
                event.event().id(),
                event.event().source(),
                Optional.of(event.event().sequence()),
                Optional.of(event.event().recordedTime())));
    assertThat(seen.time()).isEqualTo(event.event().time());
    assertThat(seen.data()).isEqualTo(event.event().data());
  }

  @Test
  void givesTheFlatFormatANewIdentity() throws Exception {
    EncodedEvent event = new TestingEvents("json").next(1).get(0);
    Observation seen = ReplayTranslator.translate(event.body());
    assertThat(seen.origin()).isEmpty();
    assertThat(seen.data()).isEqualTo(event.event().data());
  }

  @Test
  void keepsTheIdentityOfAFlatLineThatNamesItsSource() throws Exception {
    Observation seen =
        translate(
            "{\"id\":\"e-1\",\"source\":\"/sessionbridge/h\",\"time\":\"2026-11-20T08:00:00Z\","
                + "\"kind\":\"lock\"}");
    assertThat(seen.origin())
        .contains(new Origin("e-1", "/sessionbridge/h", Optional.empty(), Optional.empty()));
  }

  @Test
  void keepsWhatANewerVersionAddedToACloudEvent() throws Exception {
    Observation seen =
        translate(
            "{\"specversion\":\"1.0\",\"type\":\"io.sessionbridge.session.lock.v1\",\"id\":\"e-1\","
                + "\"source\":\"/sessionbridge/h\",\"time\":\"2026-11-20T08:00:00Z\","
                + "\"tracestate\":\"x\",\"data\":{\"kind\":\"lock\",\"mood\":\"good\"}}");
    assertThat(seen.data().others()).isEqualTo(Map.of("mood", "good"));
  }

  @Test
  void replacesHalfASurrogatePair() throws Exception {
    Observation seen =
        translate(
            "{\"time\":\"2026-11-20T08:00:00Z\",\"kind\":\"lock\",\"user_name\":\"a\\ud800b\"}");
    assertThat(seen.data().get(Field.USER_NAME)).isEqualTo("a\uFFFDb");
    assertThat(seen.data().kind()).isEqualTo(Kind.LOCK);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          {"time":"T","kind":"logn"}                 | kind 'logn' is unknown, did you mean logon?
          {"time":"T","kind":"xyzzy"}                | kind 'xyzzy' is unknown
          {"time":"T","kind":"lock","usr_name":"k"}  | unknown field usr_name, did you mean user_name?
          {"time":"T","kind":"lock","zzzzzzzz":1}    | unknown field zzzzzzzz
          {"time":"T","kind":"lock","user":{"a":1}}  | unknown field user, did you mean user_sid?
          {"time":"T","kind":"lock","data":{"kind":"lock"}} | unknown field data
          {"time":"T"}                               | kind is missing
          {"kind":"lock"}                            | time is missing
          {"time":null,"kind":"lock"}                | time is missing
          {"time":"noon","kind":"lock"}              | time must be a time like 2026-11-20T08:00:00.000000Z, was noon
          {"time":"T","kind":"lock","session_id":"2"} | session_id must be a whole number, was "2"
          {"time":"T","kind":"lock","remote":1}      | remote must be true or false, was 1
          [1]                                        | expected a JSON object
          {"time":"T","kind":"lock"} {}              | expected one JSON object, found more behind it
          {"specversion":"1.0","type":"com.example"} | type com.example is none of SessionBridge's
          {"specversion":"1.0","type":"io.sessionbridge.session.lock.v1"} | data is missing
          {"specversion":"1.0","type":"io.sessionbridge.session.lock.v1","time":"T","data":{"kind":"lock"}} | id is missing
          {"specversion":"1.0","type":"io.sessionbridge.session.lock.v1","time":"T","data":{"kind":"lok"}} | kind 'lok' is unknown, did you mean lock?
          """)
  void saysWhatIsWrong(String line, String message) {
    assertThatThrownBy(() -> translate(line.replace("\"T\"", "\"2026-11-20T08:00:00Z\"")))
        .isInstanceOf(EventFormatException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          {"time":"2026-11-20T08:00:00Z","kind":"lock","kind":"lock"} | not JSON: Duplicate field 'kind'
          {"time":"2026-11-20T08:00                                   | not JSON: Unexpected end-of-input
          logon kim                                                   | not JSON: Unrecognized token 'logon'
          """)
  void saysWhereItIsNotJson(String line, String beginning) {
    assertThatThrownBy(() -> translate(line))
        .isInstanceOf(EventFormatException.class)
        .hasMessageStartingWith(beginning)
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] overlong =
        "{\"time\":\"2026-11-20T08:00:00Z\",\"kind\":\"lock\",\"user_name\":\"ab\"}"
            .getBytes(StandardCharsets.ISO_8859_1);
    overlong[overlong.length - 4] = (byte) 0xC0;
    overlong[overlong.length - 3] = (byte) 0x80;
    assertThatThrownBy(() -> ReplayTranslator.translate(overlong)).hasMessage("not UTF-8");
  }

  @Test
  void refusesAnIdentityThatIsTooLong() {
    assertThatThrownBy(() -> translate("{\"id\":\"" + "x".repeat(1025) + "\"}"))
        .hasMessage("id is longer than 1024 characters");
  }
}
