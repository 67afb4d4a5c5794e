package io.sessionbridge.sink.mqtt.dial;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sessionbridge.clock.Clock;
import io.sessionbridge.tcp.Deadline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/** Any bytes from a broker: Paho gets only short packets, and each packet has an end. */
class PacketGuardFuzzTest {

  @FuzzTest
  void passesWholePacketsThatAreShort(FuzzedDataProvider data) {
    int atOnce = data.consumeInt(1, 70);
    byte[] bytes = data.consumeRemainingAsBytes();
    AtomicBoolean limited = new AtomicBoolean();
    PacketGuard guard =
        new PacketGuard(
            new ByteArrayInputStream(bytes),
            deadline -> limited.set(deadline != null),
            () -> new Deadline(Clock.system(), Duration.ofSeconds(1)));
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    boolean refused = false;
    try {
      byte[] some = new byte[atOnce];
      for (int count = guard.read(some); count >= 0; count = guard.read(some)) {
        assertThat(count).isPositive();
        passed.write(some, 0, count);
        assertThat(limited.get())
            .as("inside a packet")
            .isEqualTo(endOfPackets(passed.toByteArray()) != passed.size());
      }
    } catch (IOException e) {
      refused = true;
      assertThat(e).message().contains("is it MQTT?");
    }
    assertThat(passed.toByteArray()).isEqualTo(Arrays.copyOf(bytes, passed.size()));
    assertThat(refused).isEqualTo(endOfPackets(bytes) < 0);
    assertThat(refused || passed.size() == bytes.length).isTrue();
  }

  /** The end of the last complete packet; -1 if one is too long or its length is endless. */
  private static int endOfPackets(byte[] bytes) {
    int at = 0;
    while (true) {
      long length = 0;
      int digit = 0;
      int next = at + 1;
      boolean more = true;
      for (; more && next < bytes.length; next++, digit++) {
        if (digit == 4) {
          return -1;
        }
        length += (bytes[next] & 127L) << 7 * digit;
        more = bytes[next] < 0;
      }
      if (!more && length > PacketGuard.LONGEST) {
        return -1;
      }
      if (more || next + length > bytes.length) {
        return at;
      }
      at = Math.toIntExact(next + length);
    }
  }
}
