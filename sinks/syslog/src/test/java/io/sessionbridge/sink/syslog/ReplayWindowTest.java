package io.sessionbridge.sink.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.TestingClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {

  private final TestingClock clock = new TestingClock();
  private final ReplayWindow window = new ReplayWindow(10, Duration.ofMinutes(1), clock);

  private void add(String message) {
    window.add(message.getBytes(US_ASCII));
  }

  private List<String> messages() {
    return window.messages().stream().map(message -> new String(message, US_ASCII)).toList();
  }

  @Test
  void keepsTheLastBytes() {
    add("1234");
    add("5678");
    assertThat(messages()).containsExactly("1234", "5678");
    add("90");
    assertThat(messages()).containsExactly("1234", "5678", "90");
    add("a");
    assertThat(messages()).containsExactly("5678", "90", "a");
    add("longer than all");
    assertThat(messages()).isEmpty();
  }

  @Test
  void forgetsWhatIsOld() {
    add("1");
    clock.advance(Duration.ofSeconds(40));
    add("2");
    clock.advance(Duration.ofSeconds(40));
    assertThat(messages()).containsExactly("2");
    clock.advance(Duration.ofDays(1));
    assertThat(messages()).isEmpty();
  }

  @Test
  void canBeCleared() {
    add("1");
    window.clear();
    assertThat(messages()).isEmpty();
  }

  @Test
  void ofNoBytesKeepsNothing() {
    ReplayWindow off = new ReplayWindow(0, Duration.ofMinutes(1), clock);
    off.add(new byte[] {1});
    assertThat(off.messages()).isEmpty();
  }
}
