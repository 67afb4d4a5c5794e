package io.sessionbridge.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.windows.SessionCode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionAbsenceTest {

  private static final Duration LONG_AGO = Duration.ofHours(5);
  private static final Duration JUST_NOW = Duration.ZERO;

  private long now = -Duration.ofDays(1).toNanos(); // as System.nanoTime may be
  private SessionAbsence session = new SessionAbsence(false, false, now);

  private void pass(int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  private void changed(SessionCode code) {
    session.changed(Optional.of(code), now);
  }

  private long absent(Duration inputAgo) {
    return session.absentFor(inputAgo, now).toSeconds();
  }

  @Test
  void anOpenSessionIsAbsentSinceItsLastInput() {
    pass(10);
    assertThat(absent(Duration.ofSeconds(7))).isEqualTo(7);
    assertThat(absent(JUST_NOW)).isZero();
    assertThat(absent(LONG_AGO)).isEqualTo(LONG_AGO.toSeconds());
  }

  /** Also during input at the lock screen. */
  @Test
  void aLockedSessionIsAbsentSinceItsLock() {
    changed(SessionCode.SESSION_LOCK);
    pass(30);
    assertThat(absent(JUST_NOW)).isEqualTo(30);
    changed(SessionCode.SESSION_LOCK);
    assertThat(absent(JUST_NOW)).isEqualTo(30);
  }

  @Test
  void whoUnlocksIsThereEvenWithoutInput() {
    changed(SessionCode.SESSION_LOCK);
    pass(30);
    changed(SessionCode.SESSION_UNLOCK);
    assertThat(absent(LONG_AGO)).isZero();
    pass(5);
    assertThat(absent(LONG_AGO)).isEqualTo(5);
  }

  @Test
  void aDisconnectedSessionIsAbsentUntilItIsConnectedAndUnlocked() {
    changed(SessionCode.REMOTE_DISCONNECT);
    pass(10);
    changed(SessionCode.SESSION_LOCK);
    pass(10);
    changed(SessionCode.CONSOLE_CONNECT);
    assertThat(absent(JUST_NOW)).isEqualTo(20);
    changed(SessionCode.SESSION_UNLOCK);
    assertThat(absent(LONG_AGO)).isZero();
  }

  @Test
  void aSessionThatIsFoundLockedIsAbsentSinceThen() {
    session = new SessionAbsence(true, false, now);
    pass(3);
    assertThat(absent(JUST_NOW)).isEqualTo(3);
  }

  @Test
  void otherCodesChangeNothing() {
    changed(SessionCode.SESSION_LOCK);
    pass(4);
    changed(SessionCode.SESSION_REMOTE_CONTROL);
    session.changed(Optional.empty(), now);
    assertThat(absent(JUST_NOW)).isEqualTo(4);
  }
}
