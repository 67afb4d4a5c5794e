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
    return ReplayTranslator.translate(line);
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
    Observation seen = translate(new String(event.body(), StandardCharsets.UTF_8));
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
    Observation seen = translate(new String(event.body(), StandardCharsets.UTF_8));
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
          {"time":"2026-11-20T08:00:00","kind":"lock"} | time "2026-11-20T08:00:00" has no zone: append Z or an offset such as +01:00
          {"time":"2026-11-20T08:00","kind":"lock"}  | time "2026-11-20T08:00" has no zone: append Z or an offset such as +01:00
          {"time":"2026-11-20T08:00:60Z","kind":"lock"} | time must be a time like 2026-11-20T08:00:00.000000Z, was 2026-11-20T08:00:60Z
          {"time":"T","kind":"lock","session_id":99999999999999999999} | session_id must be between -9223372036854775808 and 9223372036854775807
          {"time":"T","kind":"lock","session_id":-1} | session_id must be between 0 and 4294967293, was -1
          {"time":"T","kind":"lock","session_id":4294967295} | session_id must be between 0 and 4294967293, was 4294967295
          [1]                                        | expected a JSON object
          {"time":"T","kind":"lock"} {}              | expected one JSON object, found more after it
          {"specversion":"1.0","type":"com.example"} | type com.example is not a type of SessionBridge
          {"specversion":"1.0","type":"io.sessionbridge.session.lock.v1"} | data is missing
          {"specversion":"1.0","type":"io.sessionbridge.session.lock.v1","time":"T","data":{"kind":"lock"}} | id is missing
          {"specversion":"1.0","type":"io.sessionbridge.session.lock.v1","time":"T","data":{"kind":"lock","session_id":4294967295}} | session_id must be between 0 and 4294967293, was 4294967295
          {"specversion":"1.0","type":"io.sessionbridge.session.lock.v1","time":"T","data":{"kind":"lok"}} | kind 'lok' is unknown, did you mean lock?
          """)
  void reportsWhatIsWrong(String line, String message) {
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
          {"time":"2026-11-20T08:00:00Z","kind":"lock","kind":"lock"} | not JSON: kind is given twice, at column 52
          {"time":"2026-11-20T08:00                                   | not JSON: the line ends before the object does, at column 26
          logon kim                                                   | not JSON: 'logon' is not a value, text needs double quotes, at column 1
          {kind:1}                                                    | not JSON: a name in double quotes is missing, at column 2
          {"a" 1}                                                     | not JSON: a colon is missing, at column 6
          {"a":1 "b":2}                                               | not JSON: a comma or a closing bracket is missing, at column 8
          {"raw_code":01}                                             | not JSON: a number is not valid in JSON, at column 14
          {"raw_code":NaN}                                            | not JSON: a number is not valid in JSON, at column 16
          {"a":'b'}                                                   | not JSON: it cannot be read, at column 6
          {"a":"\\q"}                                                 | not JSON: an escape is not valid in JSON, at column 8
          {"a":[1}                                                    | not JSON: a closing bracket does not match, at column 8
          """)
  void reportsWhereItIsNotJson(String line, String beginning) {
    assertThatThrownBy(() -> translate(line))
        .isInstanceOf(EventFormatException.class)
        .hasMessage(beginning);
  }

  @Test
  void takesALeapSecondAsTheLastMicrosecondBeforeIt() throws Exception {
    Observation seen = translate("{\"time\":\"2016-12-31T15:59:60.5-08:00\",\"kind\":\"lock\"}");
    assertThat(seen.time()).isEqualTo(Instant.parse("2016-12-31T23:59:59.999999Z"));
  }

  @Test
  void hidesTheParsersAdviceToProgrammers() {
    assertThatThrownBy(() -> translate("{\"a\":" + "[".repeat(2000)))
        .hasMessage("not JSON: objects or lists are nested deeper than 1000");
    assertThatThrownBy(() -> translate("{\"a\":" + "1".repeat(2000) + "}"))
        .hasMessageStartingWith("not JSON: a number has more than 1000 characters");
    assertThatThrownBy(() -> translate("{\"a\tb\":1}"))
        .hasMessage("not JSON: a control character must be written as an escape, at column 4");
  }

  @Test
  void refusesAnIdentityThatIsTooLong() {
    assertThatThrownBy(() -> translate("{\"id\":\"" + "x".repeat(1025) + "\"}"))
        .hasMessage("id is longer than 1024 characters");
  }
}
