package io.sessionbridge.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** Reads fields of the responses to {@link BrokerProbe}. Allocates nothing by a length in them. */
final class ApiVersions {

  private ApiVersions() {}

  /** Whether a response to ApiVersions 0 lists this version of this request. */
  static boolean has(ByteBuffer answer, int api, int version) {
    short error = answer.getShort();
    int count = answer.getInt();
    for (int i = 0; error == 0 && i < count; i++) {
      int key = answer.getShort();
      int least = answer.getShort();
      int most = answer.getShort();
      if (key == api) {
        return least <= version && version <= most;
      }
    }
    return false;
  }

  /** Reads a nullable string; null becomes empty. */
  static String text(ByteBuffer answer) {
    int length = Math.max(0, answer.getShort());
    byte[] bytes = new byte[Math.min(length, answer.remaining())];
    answer.get(bytes);
    return new String(bytes, UTF_8);
  }
}
