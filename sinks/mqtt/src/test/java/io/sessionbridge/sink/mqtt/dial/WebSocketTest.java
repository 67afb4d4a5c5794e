package io.sessionbridge.sink.mqtt.dial;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** Frames, byte by byte (RFC 6455, 5.2 and 5.7). */
final class WebSocketTest {

  private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
  private final WebSocketOutput out = new WebSocketOutput(wire, new SecureRandom());

  private WebSocketInput reading(int... bytes) {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      all[i] = (byte) bytes[i];
    }
    return new WebSocketInput(new ByteArrayInputStream(all), out);
  }

  private static byte[] unmasked(byte[] frame, int header) {
    byte[] payload = new byte[frame.length - header - 4];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) (frame[header + 4 + i] ^ frame[header + i % 4]);
    }
    return payload;
  }

  @Test
  void aFlushMakesAMaskedFrame() throws IOException {
    out.write("Hel".getBytes(US_ASCII));
    out.write('l');
    out.write('o');
    assertThat(wire.size()).isZero();
    out.flush();
    out.flush();
    byte[] frame = wire.toByteArray();
    assertThat(frame).hasSize(11).startsWith(0x82, 0x85);
    assertThat(unmasked(frame, 2)).isEqualTo("Hello".getBytes(US_ASCII));
  }

  @Test
  void longFramesHaveLongLengths() throws IOException {
    out.write(new byte[126]);
    out.flush();
    assertThat(wire.toByteArray()).hasSize(134).startsWith(0x82, 0xFE, 0, 126);
    wire.reset();
    out.write(new byte[70_000]);
    out.flush();
    assertThat(wire.toByteArray())
        .hasSize(70_014)
        .startsWith(0x82, 0xFF, 0, 0, 0, 0, 0, 1, 0x11, 0x70);
  }

  @Test
  void payloadsFollowEachOtherWithoutAGap() throws IOException {
    WebSocketInput in = reading(0x02, 0x02, 'a', 'b', 0x80, 0x01, 'c', 0x82, 0x00, 0x82, 1, 'd');
    assertThat(in.readAllBytes()).isEqualTo("abcd".getBytes(US_ASCII));
  }

  @Test
  void pingsAreAnsweredAndPongsForgotten() throws IOException {
    WebSocketInput in =
        reading(0x82, 0x01, 'a', 0x89, 0x02, 'h', 'i', 0x8A, 0x01, 'x', 0x82, 0x01, 'b');
    assertThat(in.readAllBytes()).isEqualTo("ab".getBytes(US_ASCII));
    byte[] pong = wire.toByteArray();
    assertThat(pong).hasSize(8).startsWith(0x8A, 0x82);
    assertThat(unmasked(pong, 2)).isEqualTo("hi".getBytes(US_ASCII));
  }

  @Test
  void closeIsTheEnd() throws IOException {
    WebSocketInput in = reading(0x82, 0x01, 'a', 0x88, 0x00, 0x82, 0x01, 'b');
    assertThat(in.readAllBytes()).isEqualTo("a".getBytes(US_ASCII));
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void tornFrameIsNoEnd() {
    assertThatThrownBy(() -> reading(0x82, 0x7E, 0x01).read()).isInstanceOf(EOFException.class);
  }

  @Test
  void framesThatNoServerMaySend() {
    assertThatThrownBy(() -> reading(0x82, 0x81, 1, 2, 3, 4, 5).read())
        .isInstanceOf(ProtocolException.class)
        .hasMessage("a masked WebSocket frame from a server");
    assertThatThrownBy(() -> reading(0x81, 0x01, 'a').read())
        .isInstanceOf(ProtocolException.class)
        .hasMessage("a WebSocket frame of type 1");
    assertThatThrownBy(() -> reading(0x89, 0x7E, 1, 0).read())
        .isInstanceOf(ProtocolException.class)
        .hasMessage("a WebSocket control frame of 256 bytes");
  }
}
