package io.sessionbridge.source.sens;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.windows.com.SensEvent;
import io.sessionbridge.windows.com.SensMethod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensTranslatorTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.000001Z");

  private final List<EventData> present = new ArrayList<>();
  private final SessionDirectory directory =
      new SessionDirectory() {
        @Override
        public Optional<EventData> find(EventData event) {
          throw new AssertionError("the core asks this, once for each event");
        }

        @Override
        public List<EventData> all() {
          return present;
        }
      };
  private final SensTranslator translator =
      new SensTranslator(new SensSessions(() -> Optional.of(directory)));

  private void session(long id, String domain, String user, boolean remote) {
    present.add(
        EventData.builder(Kind.SESSION_PRESENT)
            .put(Field.SESSION_ID, id)
            .put(Field.USER_DOMAIN, domain)
            .put(Field.USER_NAME, user)
            .put(Field.REMOTE, remote)
            .build());
  }

  private Observation observation(SensEvent event) {
    return translator.translate(new Stamped<>(event, NOON, OptionalLong.of(5000))).orElseThrow();
  }

  private String observed(SensMethod method, String user) {
    return observation(new SensEvent(method, user, OptionalLong.empty())).data().toString();
  }

  private String observed(SensMethod method, String user, long session) {
    return observation(new SensEvent(method, user, OptionalLong.of(session))).data().toString();
  }

  @ParameterizedTest
  @CsvSource({
    "LOGON, logon, 1",
    "START_SHELL, shell_start, 3",
    "DISPLAY_LOCK, lock, 4",
    "DISPLAY_UNLOCK, unlock, 5",
    "START_SCREEN_SAVER, screensaver_start, 6",
    "STOP_SCREEN_SAVER, screensaver_stop, 7"
  })
  void everyMethodWithoutASessionBecomesAnEvent(SensMethod method, String kind, int code) {
    session(3, "CONTOSO", "kim", false);
    assertThat(observed(method, "CONTOSO\\kim"))
        .isEqualTo(
            ("{\"kind\":\"%s\",\"session_id\":3,\"raw_code\":%d,\"uptime_ms\":5000,"
                    + "\"user_name\":\"kim\",\"user_domain\":\"CONTOSO\"}")
                .formatted(kind, code));
  }

  @ParameterizedTest
  @CsvSource({
    "SESSION_LOGON, logon, 21",
    "SESSION_LOGOFF, logoff, 22",
    "SESSION_DISCONNECT, remote_disconnect, 23",
    "SESSION_RECONNECT, remote_connect, 24",
    "POST_SHELL, shell_start, 25"
  })
  void everyMethodWithASessionBecomesAnEvent(SensMethod method, String kind, int code) {
    assertThat(observed(method, "CONTOSO\\kim", 4_294_967_295L))
        .isEqualTo(
            ("{\"kind\":\"%s\",\"session_id\":4294967295,\"raw_code\":%d,\"uptime_ms\":5000,"
                    + "\"user_name\":\"kim\",\"user_domain\":\"CONTOSO\"}")
                .formatted(kind, code));
  }

  @Test
  void knowsTheConsoleFromTheDirectory() {
    session(1, "CONTOSO", "kim", false);
    session(2, "CONTOSO", "kim", true);
    assertThat(observed(SensMethod.SESSION_DISCONNECT, "kim", 1)).contains("\"remote_disconnect\"");
    assertThat(observed(SensMethod.SESSION_RECONNECT, "kim", 1)).contains("\"console_connect\"");
    assertThat(observed(SensMethod.SESSION_DISCONNECT, "kim", 2)).contains("\"remote_disconnect\"");
    assertThat(observed(SensMethod.SESSION_RECONNECT, "kim", 2)).contains("\"remote_connect\"");
    assertThat(observed(SensMethod.SESSION_RECONNECT, "kim", 3)).contains("\"remote_connect\"");
  }

  @Test
  void doesNotGuessWhichOfSeveralSessions() {
    session(1, "CONTOSO", "kim", false);
    session(2, "contoso", "KIM", true);
    session(4, "FABRIKAM", "kim", true);
    assertThat(observed(SensMethod.DISPLAY_LOCK, "CONTOSO\\kim"))
        .isEqualTo(
            "{\"kind\":\"lock\",\"raw_code\":4,\"ambiguous\":true,\"uptime_ms\":5000,"
                + "\"user_name\":\"kim\",\"user_domain\":\"CONTOSO\"}");
    assertThat(observed(SensMethod.DISPLAY_LOCK, "FABRIKAM\\Kim")).contains("\"session_id\":4");
    assertThat(observed(SensMethod.DISPLAY_LOCK, "kim")).contains("\"ambiguous\":true");
    assertThat(observed(SensMethod.DISPLAY_LOCK, "eve")).contains("\"ambiguous\":true");
    assertThat(observed(SensMethod.DISPLAY_LOCK, "")).contains("\"ambiguous\":true");
  }

  @Test
  void doesNotAssignARemainingSessionToALogoff() {
    session(3, "CONTOSO", "kim", false);
    assertThat(observed(SensMethod.LOGOFF, "CONTOSO\\kim"))
        .isEqualTo(
            "{\"kind\":\"logoff\",\"raw_code\":2,\"ambiguous\":true,\"uptime_ms\":5000,"
                + "\"user_name\":\"kim\",\"user_domain\":\"CONTOSO\"}");
  }

  @Test
  void findsTheSessionOfABareName() {
    session(1, "CONTOSO", "kim", false);
    session(2, "", "", true);
    assertThat(observed(SensMethod.START_SCREEN_SAVER, "kim")).contains("\"session_id\":1");
    assertThat(observed(SensMethod.START_SCREEN_SAVER, "")).contains("\"ambiguous\":true");
  }

  @ParameterizedTest
  @CsvSource({"CONTOSO\\kim,CONTOSO,kim", "A\\B\\kim,A\\B,kim", "kim,,kim", "CONTOSO\\,CONTOSO,"})
  void splitsAtTheLastBackslash(String text, String domain, String name) {
    UserName user = UserName.of(text);
    assertThat(user.domain()).isEqualTo(domain == null ? "" : domain);
    assertThat(user.name()).isEqualTo(name == null ? "" : name);
  }

  @Test
  void usesTheTimeOfTheNotification() {
    Observation lock =
        observation(new SensEvent(SensMethod.DISPLAY_LOCK, "", OptionalLong.empty()));
    assertThat(lock.time()).isEqualTo(NOON);
    assertThat(lock.live()).isTrue();
    assertThat(lock.data().toString())
        .isEqualTo("{\"kind\":\"lock\",\"raw_code\":4,\"ambiguous\":true,\"uptime_ms\":5000}");
  }
}
