package io.sessionbridge.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GuidTest {

  private static final String TEXT = "{D597BAB3-5B9F-11D1-8DD2-00AA004ABD5E}";
  private static final byte[] BYTES = HexFormat.of().parseHex("b3ba97d59f5bd1118dd200aa004abd5e");

  @Test
  void isReadFromTheBytesOfWindows() {
    Memory memory = new Memory(BYTES.length);
    memory.write(0, BYTES, 0, BYTES.length);
    assertThat(Guid.read(memory)).isEqualTo(Guid.of(TEXT)).hasToString(TEXT);
  }

  @Test
  void isWrittenAsTheBytesOfWindows() {
    assertThat(Guid.of(TEXT).toMemory().getByteArray(0, BYTES.length)).isEqualTo(BYTES);
  }

  @Test
  void isReadWhereABufferStands() {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(1).put(BYTES).putInt(2).position(4);
    assertThat(Guid.read(buffer)).isEqualTo(Guid.of(TEXT));
    assertThat(buffer.getInt()).isEqualTo(2);
  }
}
