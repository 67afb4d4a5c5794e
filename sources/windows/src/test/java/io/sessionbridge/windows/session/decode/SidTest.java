package io.sessionbridge.windows.session.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S-1-5-18",
        "S-1-5-21-3623811015-3361044348-30300820-1013",
        "S-1-12-1-4294967295-0-1-2",
        "S-1-281474976710655-1",
        "S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15"
      })
  void readsWhatItWrote(String text) {
    byte[] bytes = Sid.bytes(text).orElseThrow();
    try (Memory memory = new Memory(bytes.length)) {
      memory.write(0, bytes, 0, bytes.length);
      assertThat(Sid.text(memory)).isEqualTo(text);
    }
  }

  @Test
  void isAsInWindows() {
    assertThat(Sid.bytes("S-1-5-32-544").orElseThrow())
        .isEqualTo(new byte[] {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0});
  }

  /** A pseudonym stands where a SID stood, and a replayed line may have anything. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kim",
        "p:3f2a9c",
        "S-1",
        "S-2-5-18",
        "S-1-5-",
        "S-1-5--18",
        "S-1-5-4294967296",
        "S-1-281474976710656",
        "S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16",
        "S-1-5-18\n"
      })
  void isNotMadeOfAnythingElse(String text) {
    assertThat(Sid.bytes(text)).isEmpty();
  }
}
