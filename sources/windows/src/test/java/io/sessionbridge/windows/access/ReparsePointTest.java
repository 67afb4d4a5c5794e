package io.sessionbridge.windows.access;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REPARSE_DATA_BUFFER as MS-FSCC 2.1.2 draws it. */
class ReparsePointTest {

  private static final int SYMLINK = 0xA000_000C;
  private static final int MOUNT_POINT = 0xA000_0003;

  /** With the name to show before the name to follow, as the order is free. */
  private static byte[] buffer(int tag, String substitute) {
    byte[] shown = "shown".getBytes(UTF_16LE);
    byte[] name = substitute.getBytes(UTF_16LE);
    int names = tag == SYMLINK ? 20 : 16;
    ByteBuffer data = ByteBuffer.allocate(names + shown.length + name.length);
    data.order(ByteOrder.LITTLE_ENDIAN)
        .putInt(tag)
        .putShort((short) (data.capacity() - 8))
        .putShort((short) 0)
        .putShort((short) shown.length)
        .putShort((short) name.length)
        .putShort((short) 0)
        .putShort((short) shown.length)
        .position(names);
    return data.put(shown).put(name).array();
  }

  @ParameterizedTest
  @CsvSource({
    "\\??\\C:\\jdk-17,C:\\jdk-17",
    "\\??\\UNC\\files\\it\\jdk,\\\\files\\it\\jdk",
    "..\\jdk-größer,..\\jdk-größer",
    "\\jdk,\\jdk"
  })
  void namesWhatALinkLeadsTo(String written, String path) {
    assertThat(ReparsePoint.parse(buffer(SYMLINK, written))).contains(new ReparsePoint(path));
    assertThat(ReparsePoint.parse(buffer(MOUNT_POINT, written))).contains(new ReparsePoint(path));
  }

  @Test
  void aVolumeWithoutALetterHasNoPath() {
    String volume = "\\??\\Volume{8c9e2a7e-0000-0000-0000-100000000000}\\";
    assertThat(ReparsePoint.parse(buffer(MOUNT_POINT, volume))).isEmpty();
  }

  /** Such as the placeholder of a file in a cloud. */
  @Test
  void otherReparsePointsAreNoLinks() {
    assertThat(ReparsePoint.parse(buffer(0x9000_001A, "anything"))).isEmpty();
  }

  /** Junction C:\j to C:\t, byte for byte. */
  @Test
  void readsTheBytesOfAJunction() {
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                "030000a0240000000000100012000800"
                    + "5c003f003f005c0043003a005c0074000000"
                    + "43003a005c0074000000");
    assertThat(ReparsePoint.parse(bytes)).contains(new ReparsePoint("C:\\t"));
  }

  @Test
  void refusesLengthsThatLeadOut() {
    byte[] whole = buffer(SYMLINK, "\\??\\C:\\jdk-17");
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ReparsePoint.parse(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
