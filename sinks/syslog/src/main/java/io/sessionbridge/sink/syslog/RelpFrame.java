package io.sessionbridge.sink.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * A frame of RELP: {@code TXNR SP COMMAND SP LENGTH [SP DATA] LF}.
 *
 * @param transaction 0 for a hint, which the receiver sends unprompted
 */
record RelpFrame(int transaction, String command, byte[] data) {

  static void append(int transaction, String command, byte[] data, ByteArrayOutputStream to) {
    to.writeBytes((transaction + " " + command + " " + data.length).getBytes(US_ASCII));
    if (data.length > 0) {
      to.write(' ');
      to.writeBytes(data);
    }
    to.write('\n');
  }

  /** The data as text; for an answer, the code and the message of the receiver. */
  String text() {
    return new String(data, UTF_8);
  }

  /** Whether it is the answer {@code 200}. */
  boolean isOk() {
    String text = text();
    return text.equals("200") || text.startsWith("200 ") || text.startsWith("200\n");
  }
}
