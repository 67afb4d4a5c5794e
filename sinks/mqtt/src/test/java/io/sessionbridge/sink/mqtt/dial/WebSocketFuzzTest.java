package io.sessionbridge.sink.mqtt.dial;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;

/** Any bytes as frames of a server result in payloads or a refusal, however they are read. */
class WebSocketFuzzTest {

  private static final SecureRandom MASKS = new SecureRandom();

  /** The payloads, the answers, and whether the end was a refusal. */
  private record Read(byte[] payload, int answered, boolean refused) {}

  @FuzzTest
  void areReadOrRefused(byte[] bytes) {
    Read whole = read(bytes, bytes.length + 1);
    Read single = read(bytes, 1);
    assertThat(single.payload).isEqualTo(whole.payload);
    assertThat(single.answered).isEqualTo(whole.answered);
    assertThat(single.refused).isEqualTo(whole.refused);
    assertThat(whole.payload.length).isLessThanOrEqualTo(bytes.length);
    assertThat(whole.answered)
        .as("a pong has a mask and no more than its ping")
        .isLessThanOrEqualTo(3 * bytes.length);
  }

  private static Read read(byte[] bytes, int atOnce) {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    ByteArrayInputStream wire = new ByteArrayInputStream(bytes);
    InputStream in = new WebSocketInput(wire, new WebSocketOutput(answers, MASKS));
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    boolean refused = false;
    byte[] some = new byte[atOnce];
    try {
      for (int count = in.read(some); count >= 0; count = in.read(some)) {
        assertThat(count).isPositive();
        payload.write(some, 0, count);
        assertThat(in.available()).isBetween(0, wire.available());
      }
    } catch (IOException e) {
      refused = true;
    }
    return new Read(payload.toByteArray(), answers.size(), refused);
  }
}
