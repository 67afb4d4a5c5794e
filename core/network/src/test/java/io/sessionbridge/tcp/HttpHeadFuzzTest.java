package io.sessionbridge.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Any bytes as the answer of a proxy or of a web socket's server. */
class HttpHeadFuzzTest {

  private static final byte[] BEHIND = "behind".getBytes(US_ASCII);

  @FuzzTest
  void isReadOrRefused(byte[] bytes) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    HttpHead head;
    try {
      head = HttpHead.read(in);
    } catch (IOException refused) {
      assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(600);
      return;
    }
    assertThat(head.code()).isBetween(0, 999);
    assertThat(head.status()).startsWith("HTTP/1.");
    head.fields().keySet().forEach(name -> assertThat(head.field(name)).isNotNull());
    leavesTheRest(bytes, bytes.length - in.available());
  }

  /** What follows the head belongs to somebody else. */
  private static void leavesTheRest(byte[] bytes, int length) throws IOException {
    byte[] followed = new byte[length + BEHIND.length];
    System.arraycopy(bytes, 0, followed, 0, length);
    System.arraycopy(BEHIND, 0, followed, length, BEHIND.length);
    ByteArrayInputStream in = new ByteArrayInputStream(followed);
    HttpHead unused = HttpHead.read(in);
    assertThat(in.readAllBytes()).isEqualTo(BEHIND);
  }
}
