package io.sessionbridge.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ControlsTest {

  @Test
  void replacesEachControlCharacterAtEachPlace() {
    for (int place = 0; place < 20; place++) {
      for (int value = 0; value < 256; value++) {
        byte[] text = new byte[20];
        Arrays.fill(text, (byte) 'x');
        text[place] = (byte) value;
        byte[] expected = text.clone();
        expected[place] = isReplaced(value) ? (byte) ' ' : (byte) value;
        assertThat(copy(text)).as("%d at %d", value, place).isEqualTo(expected);
      }
    }
  }

  @Test
  void replacesAllInAnyBytes() {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(100)];
      random.nextBytes(bytes);
      byte[] expected = bytes.clone();
      for (int at = 0; at < expected.length; at++) {
        int value = expected[at] & 0xFF;
        expected[at] = isReplaced(value) ? (byte) ' ' : (byte) value;
      }
      assertThat(copy(bytes)).isEqualTo(expected);
    }
  }

  private static boolean isReplaced(int value) {
    return value < 32 && value != '\t' || value == 127;
  }

  private static byte[] copy(byte[] from) {
    byte[] to = new byte[from.length + 6];
    Controls.copyWithout(from, from.length, to, 3);
    assertThat(to).startsWith(0, 0, 0).endsWith(0, 0, 0);
    return Arrays.copyOfRange(to, 3, 3 + from.length);
  }
}
