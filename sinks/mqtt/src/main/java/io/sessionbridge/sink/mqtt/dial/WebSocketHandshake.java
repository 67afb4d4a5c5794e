package io.sessionbridge.sink.mqtt.dial;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.sink.mqtt.settings.ServerAddress;
import io.sessionbridge.tcp.HttpHead;
import java.io.IOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Upgrades a connection to a WebSocket for MQTT (RFC 6455, 4.1; MQTT 3.1.1, 6). */
final class WebSocketHandshake {

  private static final String SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final SecureRandom random;

  WebSocketHandshake(SecureRandom random) {
    this.random = random;
  }

  void perform(Socket socket, ServerAddress server) throws IOException {
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    String key = Base64.getEncoder().encodeToString(nonce);
    String request =
        "GET "
            + server.path()
            + " HTTP/1.1\r\nHost: "
            + server.authority()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
            + "\r\nSec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Key: "
            + key
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(UTF_8));
    HttpHead answer = HttpHead.read(socket.getInputStream());
    if (answer.code() != 101) {
      throw new HttpHead.RefusedException(answer.status());
    }
    if (!answer.field("sec-websocket-accept").equals(accept(key))) {
      throw new HttpHead.RefusedException("its answer has a wrong Sec-WebSocket-Accept");
    }
    if (!answer.field("sec-websocket-protocol").equals("mqtt")) {
      throw new HttpHead.RefusedException("its answer lacks Sec-WebSocket-Protocol: mqtt");
    }
  }

  private static String accept(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + SUFFIX).getBytes(US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
