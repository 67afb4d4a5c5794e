package io.sessionbridge.sink.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.TestingClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {

  private final TestingClock clock = new TestingClock();
  private final ReplayWindow window = new ReplayWindow(10, Duration.ofMinutes(1), clock);

  private void add(String message) {
    window.add(List.of(message.getBytes(US_ASCII)));
  }

  private List<String> messages() throws IOException {
    return messages(window);
  }

  private static List<String> messages(ReplayWindow of) throws IOException {
    List<String> messages = new ArrayList<>();
    int shown = of.show(message -> messages.add(new String(message, US_ASCII)));
    assertThat(shown).isEqualTo(messages.size());
    return messages;
  }

  @Test
  void keepsTheLastBytes() throws Exception {
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
  void dropsOldMessages() throws Exception {
    add("1");
    clock.advance(Duration.ofSeconds(40));
    add("2");
    clock.advance(Duration.ofSeconds(40));
    assertThat(messages()).containsExactly("2");
    clock.advance(Duration.ofDays(1));
    assertThat(messages()).isEmpty();
  }

  /** A list of messages, trimmed at the front, is the reference. */
  @Test
  void keepsTheLastOfAnyMessages() throws Exception {
    int most = 200_000;
    ReplayWindow large = new ReplayWindow(most, Duration.ofMinutes(1), clock);
    Random random = new Random(11);
    Deque<String> kept = new ArrayDeque<>();
    int bytes = 0;
    for (int i = 0; i < 2_000; i++) {
      String message = Integer.toString(i).repeat(1 + random.nextInt(2_000));
      large.add(List.of(message.getBytes(US_ASCII)));
      kept.addLast(message);
      bytes += message.length();
      while (bytes > most) {
        bytes -= kept.removeFirst().length();
      }
      if (random.nextInt(500) == 0) {
        large.clear();
        kept.clear();
        bytes = 0;
      }
      if (i % 40 == 0) {
        assertThat(messages(large)).containsExactlyElementsOf(kept);
      }
    }
  }

  @Test
  void canBeCleared() throws Exception {
    add("1");
    window.clear();
    assertThat(messages()).isEmpty();
  }

  @Test
  void ofNoBytesKeepsNothing() throws Exception {
    ReplayWindow off = new ReplayWindow(0, Duration.ofMinutes(1), clock);
    off.add(List.of(new byte[] {1}));
    assertThat(messages(off)).isEmpty();
  }
}
