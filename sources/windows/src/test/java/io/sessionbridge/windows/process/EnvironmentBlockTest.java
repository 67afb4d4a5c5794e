package io.sessionbridge.windows.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Memory;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentBlockTest {

  @Test
  void sortsWithoutRegardToCaseAndEndsWithTwoNuls() {
    assertThat(EnvironmentBlock.write(Map.of("b", "2", "A", "1", "C", "grüß")))
        .isEqualTo("A=1\0b=2\0C=grüß\0\0".toCharArray());
    assertThat(EnvironmentBlock.write(Map.of())).isEqualTo("\0\0".toCharArray());
  }

  @Test
  void refusesWhatWouldBeginAnotherVariable() {
    assertThatThrownBy(() -> EnvironmentBlock.write(Map.of("A", "1\0PATH=C:\\evil")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EnvironmentBlock.write(Map.of("A=B", "1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void replacesAVariableWhateverItsCase() {
    assertThat(EnvironmentBlock.with(Map.of("Path", "a"), Map.of("PATH", "b")).values())
        .containsExactly("b");
  }

  @Test
  void readsWhatItWrites() {
    char[] block = EnvironmentBlock.write(Map.of("=C:", "C:\\x", "Path", "a;b=c", "U", "ü€"));
    try (Memory memory = new Memory(block.length * 2L)) {
      for (int i = 0; i < block.length; i++) {
        memory.setShort(i * 2L, (short) block[i]);
      }
      assertThat(EnvironmentBlock.read(memory))
          .containsExactlyInAnyOrderEntriesOf(Map.of("=C:", "C:\\x", "Path", "a;b=c", "U", "ü€"));
    }
  }
}
